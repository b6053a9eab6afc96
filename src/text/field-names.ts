import { members } from './json-scanner.ts';

/** Deeper fields are not named. */
const MAX_DEPTH = 8;
/** No more fields are named: a hostile object can have any number of keys. */
const MAX_NAMES = 2_000;

/**
 * Adds the paths of all fields of an object, such as `a` and `b.c`. The fields of a list are those of its elements.
 * Keys that a path can't contain are left out.
 *
 * @param json the text of an object
 */
export function addFieldNames(json: string, names: Set<string>): void {
  addBelow(json, '', MAX_DEPTH, names);
}

function addBelow(json: string, prefix: string, depth: number, names: Set<string>): void {
  const isList = json.trimStart().startsWith('[');
  for (const { key, raw } of members(json)) {
    if (isList) {
      // Lists in lists have no fields.
      if (raw.startsWith('{')) addBelow(raw, prefix, depth, names);
      continue;
    }
    if (!isNameable(key)) continue;
    if (names.size >= MAX_NAMES) return;
    names.add(prefix + key);
    const isNested = raw.startsWith('{') || raw.startsWith('[');
    if (isNested && depth > 1) addBelow(raw, `${prefix}${key}.`, depth - 1, names);
  }
}

/** Whether a path can contain the key, and a line can show it. */
function isNameable(key: string): boolean {
  return key !== '' && key === key.trim() && !/[.,\p{Cc}\p{Zl}\p{Zp}]/u.test(key);
}
