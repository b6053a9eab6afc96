import { members, oneLine } from './json-scanner.ts';

/**
 * The exact text of the value at a path; undefined if there is no such value. A key that is applied to an array
 * selects that field of each element, and the result is an array. If a key is repeated, the last one counts, as in
 * `JSON.parse`.
 *
 * @param text valid JSON
 * @param path keys and array indices
 */
export function pick(text: string, path: readonly string[]): string | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return text.trim();
  const all = members(text);
  if (text.trimStart().startsWith('[') && !/^\d+$/.test(key)) {
    // Lists in lists are skipped: they have no fields, and they could be nested without end.
    const picked = all.flatMap(({ raw }) => (raw.startsWith('[') ? [] : (pick(raw, path) ?? [])));
    return picked.length > 0 ? `[${picked.join(',')}]` : undefined;
  }
  const member = all.findLast((candidate) => candidate.key === key);
  return member && pick(member.raw, rest);
}

/** The fields to keep. A key maps to the fields to keep inside its value, or to `whole`. */
interface Fields extends Map<string, Fields | 'whole'> {}

/** Parses paths such as `a` and `b.c` for `project`. If a field is wanted whole, paths to its parts add nothing. */
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
 * An object with only the wanted fields. They keep their nesting, their order and their exact text. Within a list, a
 * key selects that field of each element, and a number selects one element.
 *
 * @param text a valid JSON object
 */
export function project(text: string, fields: Fields): string {
  return projectPart(text, fields) ?? '{}';
}

/** Undefined if no part of the value is wanted. */
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
    // An object without wanted fields stays as `{}`, so that the elements still line up.
    if (isList) return value ?? (isObject && !named ? '{}' : []);
    return value === undefined ? [] : `${JSON.stringify(key)}:${value}`;
  });
  if (!isWanted) return undefined;
  return isList ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}
