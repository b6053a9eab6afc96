import { safeLine } from '../../report/text/terminal-safe.ts';
import { addFieldNames } from '../../text/field-names.ts';
import { pick } from '../../text/json-fields.ts';
import { editsBetween, nearNames } from '../nearest.ts';
import type { Session } from '../session.ts';
import type { FieldKnowledge, ReadItems } from './field-knowledge.ts';

/**
 * Finds a field that no item of the answer has, and that none is known to have. Items are read only until all fields
 * that are not known were found. An answer without items has no fields, so then there is no problem.
 *
 * @returns what is wrong, in one line; undefined if nothing is
 */
export async function unknownFieldProblem(
  fields: readonly string[],
  knowledge: FieldKnowledge,
  read: ReadItems,
): Promise<string | undefined> {
  const unknown = new Set(fields.filter((path) => !knowledge.isKnown(path)));
  if (unknown.size === 0) return undefined;
  const names = new Set<string>();
  let count = 0;
  for await (const json of read()) {
    count++;
    for (const path of unknown) if (has(json, path)) unknown.delete(path);
    if (unknown.size === 0) return undefined;
    if (count <= MAX_ITEMS_FOR_NAMES) addFieldNames(json, names);
  }
  const [path] = unknown;
  if (count === 0 || path === undefined) return undefined;
  const near = nearFields(path, new Set([...names, ...knowledge.names()]));
  const advice =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : '--fields without a value lists what there is';
  return `--fields ${path}: no ${knowledge.item} here has this field; ${advice}`;
}

/** Similar names are looked for in the fields of so many items. */
export const MAX_ITEMS_FOR_NAMES = 100;
const MAX_NEAR_FIELDS = 3;

/** The fields that are most like a mistyped one: first those that end in it, then those that differ in few letters. */
export function nearFields(asked: string, names: Iterable<string>): string[] {
  const last = lastKey(asked);
  const edits = (name: string) => {
    if (name.endsWith(`.${asked}`) || name === last) return 0;
    const whole = editsBetween(asked, name);
    const isSameDepth = name.split('.').length === asked.split('.').length;
    if (isSameDepth) return whole;
    return Math.min(whole, 1 + editsBetween(last, lastKey(name)));
  };
  const shortFirst = [...names].sort((a, b) => a.length - b.length);
  const near = nearNames(asked, shortFirst, { edits, maxEdits: last.length / 3 });
  return near.slice(0, MAX_NEAR_FIELDS);
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function has(json: string, path: string): boolean {
  return pick(json, path.split('.')) !== undefined;
}

/** Watches which of the fields the printed items have. */
export class SeenFields {
  readonly #missing: Set<string>;
  readonly #names = new Set<string>();
  #count = 0;

  constructor(fields: readonly string[]) {
    this.#missing = new Set(fields);
  }

  see(json: string): void {
    this.#count++;
    for (const path of this.#missing) if (has(json, path)) this.#missing.delete(path);
    const isUseful = this.#missing.size > 0 && this.#count <= MAX_ITEMS_FOR_NAMES;
    if (isUseful) addFieldNames(json, this.#names);
  }

  /** Names the fields that none of the items has, if there were items. */
  note({ terminal }: Pick<Session, 'terminal'>, item: string): void {
    if (this.#count === 0 || this.#missing.size === 0) return;
    const named = [...this.#missing].map((path) => {
      const near = nearFields(path, this.#names);
      return near.length > 0 ? `${path} (did you mean ${near.join(', ')}?)` : path;
    });
    terminal.note(`no ${item} here has the field ${named.join(', ')}`);
  }
}

/** Prints the fields that the items have, one per line, in the order of their names. */
export async function listFields(
  { terminal }: Pick<Session, 'terminal'>,
  read: ReadItems,
): Promise<void> {
  const names = new Set<string>();
  for await (const json of read()) addFieldNames(json, names);
  const shown = (name: string) => (terminal.style.isTerminal ? safeLine(name) : name);
  await terminal.write([...names].sort().map((name) => `${shown(name)}\n`));
}
