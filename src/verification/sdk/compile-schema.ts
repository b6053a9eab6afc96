import { type JsonValue, own } from '../../text/json-value.ts';
import { AFTER, BEFORE } from './custom-validators.ts';
import { modelCheck } from './model-check.ts';
import {
  checkBoolean,
  checkDateTime,
  checkUuid,
  floatCheck,
  integerCheck,
  type Limits,
  literalCheck,
  stringCheck,
} from './scalar-checks.ts';
import type { FieldsNode, SchemaNode } from './schema-node.ts';
import { type Check, isObject, nameOfType, type Walk } from './walk.ts';

/** Looks up what a schema refers to. */
export interface References {
  /** The check of a model. */
  model(name: string): Check;
  /** The check of a base class: one of its subclasses, which the `kind` of the value names. */
  base(name: string): Check;
  /** Refuses a value that is no object where a class with a kind must be. @throws PythonError */
  refuseOther(value: JsonValue, walk: Walk): false;
  /** Whether a base class has a subclass of the name. */
  hasKind(base: string, kind: string): boolean;
}

const accept: Check = () => true;

const PLAIN: Readonly<Record<string, Check>> = {
  any: accept,
  never: (value, walk) => walk.refuse(`no value is accepted here, found ${nameOfType(value)}`),
  none: (value, walk) => value === null || walk.refuse(`expected null, found ${nameOfType(value)}`),
  str: stringCheck(),
  int: integerCheck(),
  float: floatCheck(),
  bool: checkBoolean,
  uuid: checkUuid,
  datetime: checkDateTime,
  url: (value, walk) =>
    (typeof value === 'string' && URL.canParse(value)) || walk.refuse('expected a URL'),
};

/** Makes the check of a schema. @throws Error for a schema that this version of convoscope does not know */
export function compileSchema(node: SchemaNode, references: References): Check {
  if (typeof node === 'string') return compileWord(node, references);
  const [operation, ...rest] = node;
  const compile = COMPILERS[operation];
  if (!compile) throw new Error(`unknown schema: ${operation}`);
  return compile(rest, references);
}

function compileWord(word: string, references: References): Check {
  const name = word.slice(1);
  if (word.startsWith('#')) return references.model(name);
  if (word.startsWith('@')) return references.base(name);
  const check = PLAIN[word];
  if (!check) throw new Error(`unknown schema: ${word}`);
  return check;
}

type Compiler = (rest: readonly unknown[], references: References) => Check;

const COMPILERS: Readonly<Record<string, Compiler>> = {
  str: ([limits]) => stringCheck(limits as Limits),
  int: ([limits]) => integerCheck(limits as Limits),
  float: ([limits]) => floatCheck(limits as Limits),
  lit: (values) => literalCheck(values as string[]),
  opt: ([inner], references) => {
    const check = compileSchema(inner as SchemaNode, references);
    return (value, walk) => value === null || check(value, walk);
  },
  list: ([element, limits], references) =>
    listCheck(compileSchema(element as SchemaNode, references), limits as Limits),
  tuple: ([, ...elements], references) => tupleCheck(elements as SchemaNode[], references),
  dict: ([keys, values], references) =>
    dictCheck(
      compileSchema(keys as SchemaNode, references),
      compileSchema(values as SchemaNode, references),
    ),
  or: (choices, references) => unionCheck(compileAll(choices, references)),
  all: (steps, references) => {
    const checks = compileAll(steps, references);
    return (value, walk) => checks.every((check) => check(value, walk));
  },
  tag: ([key, choices], references) => taggedCheck(key as string, choices, references),
  kinded: ([name, inner], references) => {
    const check = compileSchema(inner as SchemaNode, references);
    return (value, walk) => {
      if (!isObject(value)) return references.refuseOther(value, walk);
      const kind = own(value, 'kind') ?? null;
      if (kind !== null && kind !== name) return walk.refuseMember('kind', `expected ${name}`);
      return check(value, walk);
    };
  },
  kindname: ([base], references) => kindNameCheck((base as string).slice(1), references),
  model: ([fields], references) => modelCheck(fields as FieldsNode, compileSchema, references),
  before: ([name, inner, about], references) => {
    const convert = BEFORE[name as string];
    if (!convert) throw new Error(`unknown validator: ${name}`);
    const check = compileSchema(inner as SchemaNode, references);
    return (value, walk) => {
      const converted = convert(value, walk, about);
      return converted !== undefined && check(converted, walk);
    };
  },
  after: ([name, inner, about], references) => {
    const accepts = AFTER[name as string];
    if (!accepts) throw new Error(`unknown validator: ${name}`);
    const check = compileSchema(inner as SchemaNode, references);
    return (value, walk) => {
      if (!check(value, walk)) return false;
      const problem = accepts(value, about);
      return problem === undefined || walk.refuse(problem);
    };
  },
};

function compileAll(nodes: readonly unknown[], references: References): Check[] {
  return nodes.map((node) => compileSchema(node as SchemaNode, references));
}

function listCheck(
  element: Check,
  { min_length: min = 0, max_length: max = Infinity }: Limits = {},
): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) return walk.refuse(`expected a list, found ${nameOfType(value)}`);
    if (value.length < min) return walk.refuse(`expected a list of at least ${min}`);
    if (value.length > max) return walk.refuse(`expected a list of at most ${max}`);
    let isValid = true;
    for (let at = 0; at < value.length; at++) {
      if (!walk.enter(at, value[at] ?? null, element)) isValid = false;
    }
    return isValid;
  };
}

function tupleCheck(elements: readonly SchemaNode[], references: References): Check {
  const checks = compileAll(elements, references);
  return (value, walk) => {
    if (!Array.isArray(value) || value.length !== checks.length) {
      return walk.refuse(`expected a list of ${checks.length}`);
    }
    return checks.every((check, at) => walk.enter(at, value[at] ?? null, check));
  };
}

function dictCheck(keys: Check, values: Check): Check {
  return (value, walk) => {
    if (!isObject(value)) return walk.refuse(`expected an object, found ${nameOfType(value)}`);
    let isValid = true;
    for (const key of Object.keys(value)) {
      if (keys !== PLAIN.str && keys !== accept && !walk.enter(key, key, keys)) isValid = false;
      if (values !== accept && !walk.enter(key, value[key] ?? null, values)) isValid = false;
    }
    return isValid;
  };
}

/** Accepts what one of the choices accepts. If none does, the choice that found the fewest problems explains it. */
function unionCheck(choices: readonly Check[]): Check {
  return (value, walk) => {
    const before = walk.problems;
    let best: typeof before | undefined;
    for (const choice of choices) {
      walk.problems = [];
      const isValid = choice(value, walk);
      const { problems } = walk;
      walk.problems = before;
      if (isValid) return true;
      if (!best || problems.length < best.length) best = problems;
    }
    walk.problems = [...before, ...(best ?? [])];
    return false;
  };
}

function taggedCheck(key: string, nodes: unknown, references: References): Check {
  const choices = new Map(
    Object.entries(nodes as Record<string, SchemaNode>).map(
      ([tag, node]) => [tag, compileSchema(node, references)] as const,
    ),
  );
  return (value, walk) => {
    if (!isObject(value)) return walk.refuse(`expected an object, found ${nameOfType(value)}`);
    const tag = own(value, key);
    const choice = typeof tag === 'string' ? choices.get(tag) : undefined;
    return choice
      ? choice(value, walk)
      : walk.refuseMember(key, `expected one of ${[...choices.keys()].join(', ')}`);
  };
}

function kindNameCheck(base: string, references: References): Check {
  return (value, walk) =>
    (typeof value === 'string' && references.hasKind(base, value)) ||
    walk.refuse(`expected the name of a class of ${base}s`);
}
