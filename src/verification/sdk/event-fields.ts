import type { FieldsNode, SchemaNode } from './schema-node.ts';
import { type SdkSchemas, schemasOfAllVersions } from './sdk-schemas.ts';

/** Whether events of any kind and any released SDK version can have a field. @param path such as `action.command` */
export function isEventField(path: string, schemas: SdkSchemas = schemasOfAllVersions()): boolean {
  let nodes: readonly SchemaNode[] = ['@Event'];
  for (const key of path.split('.')) {
    if (/^\d+$/.test(key)) continue; // selects an element of a list
    nodes = fieldsOf(nodes, schemas).get(key) ?? [];
    if (nodes.length === 0) return false;
  }
  return true;
}

/** The paths of all fields of events, of at most two keys. */
export function eventFieldNames(schemas: SdkSchemas = schemasOfAllVersions()): string[] {
  return [...fieldsOf(['@Event'], schemas)].flatMap(([key, nodes]) => [
    key,
    ...[...fieldsOf(nodes, schemas).keys()].map((inner) => `${key}.${inner}`),
  ]);
}

/** The fields that values of these schemas can have: name → the schemas of the field. Lists have those of their elements. */
function fieldsOf(
  nodes: readonly SchemaNode[],
  schemas: SdkSchemas,
): ReadonlyMap<string, readonly SchemaNode[]> {
  const fields = new Map<string, SchemaNode[]>();
  const add = (name: string, node: SchemaNode) => {
    const known = fields.get(name);
    if (known) known.push(node);
    else fields.set(name, [node]);
  };
  const seen = new Set<SchemaNode>();
  let todo: unknown[] = [...nodes];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (typeof node === 'string') {
      if (seen.has(node)) continue;
      seen.add(node);
      const name = node.slice(1);
      if (node.startsWith('#')) todo = todo.concat(schemas.formsOf(name));
      if (node.startsWith('@')) {
        add('kind', 'str');
        for (const model of schemas.everNamed(name)) todo.push(`#${model}`);
      }
    } else if (Array.isArray(node)) {
      const [operation, ...rest] = node as [string, ...unknown[]];
      if (operation === 'lit' || operation === 'dict') continue;
      if (operation === 'model') addModel(rest[0] as FieldsNode, add);
      else if (operation === 'tag') todo = todo.concat(Object.values(rest[1] as object));
      else todo = [...todo, ...rest];
    }
  }
  return fields;
}

function addModel({ f, a = {} }: FieldsNode, add: (name: string, node: SchemaNode) => void): void {
  for (const [written, node] of Object.entries(f)) {
    const name = written.replace(/!$/, '');
    add(name, node);
    // A field can have one other name, or a list of paths of one name each.
    for (const other of [a[name] ?? []].flat(2)) add(other, node);
  }
}
