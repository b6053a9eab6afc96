import { type JsonValue, own } from '../../text/json-value.ts';
import type { FieldsNode, SchemaNode } from './schema-node.ts';
import { type Check, isObject, nameOfType, type Walk } from './walk.ts';

interface Field {
  readonly name: string;
  /** The names under which the data can have the field, the preferred one first. */
  readonly keys: readonly string[];
  readonly isRequired: boolean;
  readonly check: Check;
}

/** A check for an object with the given fields. Every field is checked, so that all problems are found. */
export function modelCheck<References>(
  node: FieldsNode,
  compile: (node: SchemaNode, references: References) => Check,
  references: References,
): Check {
  const fields = Object.entries(node.f).map(([key, schema]): Field => {
    const isRequired = key.endsWith('!');
    const name = isRequired ? key.slice(0, -1) : key;
    const alias = node.a?.[name];
    const keys = alias === undefined ? [name] : node.n ? [alias, name] : [alias];
    return { name, keys, isRequired, check: compile(schema, references) };
  });
  const known = new Set(fields.flatMap(({ keys }) => keys));
  const isClosed = node.x === 'forbid';
  return (value, walk) => {
    if (!isObject(value)) return walk.refuse(`expected an object, found ${nameOfType(value)}`);
    let isValid = true;
    for (const field of fields) if (!checkField(field, value, walk)) isValid = false;
    if (!isClosed) return isValid;
    for (const key of Object.keys(value)) {
      if (!known.has(key) && !(key === 'kind' && node.k))
        isValid = walk.refuse(`unknown field ${key}`);
    }
    return isValid;
  };
}

function checkField(field: Field, value: JsonValue, walk: Walk): boolean {
  for (const key of field.keys) {
    const member = own(value, key);
    if (member !== undefined) return walk.enter(key, member, field.check);
  }
  return !field.isRequired || walk.refuse(`field ${field.name} is missing`);
}
