import { members, oneLine } from './json-scanner.ts';
/**
 * Exact text of the value at a path of keys and array indices, or undefined. A key on an array is
 * looked up in each of its elements and gives an array; of repeated keys the last counts, as in
 * `JSON.parse`.
 */
export function pick(text: string, path: readonly string[]): string | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return text.trim();
  const all = members(text);
  if (text.trimStart().startsWith('[') && !/^\d+$/.test(key)) {
    // Not into lists of lists: they hold no fields, and their nesting is hostile.
    const picked = all.flatMap(({ raw }) => (raw.startsWith('[') ? [] : (pick(raw, path) ?? [])));
    return picked.length > 0 ? `[${picked.join(',')}]` : undefined;
  }
  const member = all.findLast((candidate) => candidate.key === key);
  return member && pick(member.raw, rest);
}

/** Fields to keep: keys of an object, each whole or with fields of its own. */
interface Fields extends Map<string, Fields | 'whole'> {}

/** Reads `a`, `b.c` … into what `project` takes. A field that is wanted whole includes its parts. */
export function fieldTree(paths: readonly string[]): Fields {
  const tree: Fields = new Map();
  for (const path of paths) {
    const keys = path.split('.');
    const leaf = keys.pop() as string;
    let node: Fields | undefined = tree;
    for (const key of keys) {
      const next: Fields | 'whole' = node.get(key) ?? new Map();
      if (next === 'whole') {
        node = undefined;
        break;
      }
      node.set(key, next);
      node = next;
    }
    node?.set(leaf, 'whole');
  }
  return tree;
}

/**
 * The object that a sound text holds, with only the wanted fields: the same places, order and exact
 * text. In a list, a key means that field of each element, and a number that element.
 */
export function project(text: string, fields: Fields): string {
  return projectPart(text, fields) ?? '{}';
}

/** Undefined where nothing of it is wanted. */
function projectPart(text: string, fields: Fields): string | undefined {
  const isList = text.trimStart().startsWith('[');
  let isWanted = false;
  const parts = members(text).flatMap(({ key, raw }) => {
    const named = fields.get(key);
    const isObject = raw.startsWith('{');
    let value: string | undefined;
    if (named === 'whole') value = oneLine(raw);
    else if (named) value = isObject || raw.startsWith('[') ? projectPart(raw, named) : undefined;
    else if (isList && isObject) value = projectPart(raw, fields);
    isWanted ||= value !== undefined;
    // Elements keep their places next to each other.
    if (isList) return value ?? (isObject && !named ? '{}' : []);
    return value === undefined ? [] : `${JSON.stringify(key)}:${value}`;
  });
  if (!isWanted) return undefined;
  return isList ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}
