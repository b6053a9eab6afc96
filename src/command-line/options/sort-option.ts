import { type Command, Option } from 'commander';
import { suggestion } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';

/**
 * What a list can be sorted by, in every command that sorts, and what is first if the word says nothing about it: the
 * largest, latest or longest (`desc`), or the smallest, earliest or first in the alphabet (`asc`).
 */
const KEYS = {
  time: 'asc',
  index: 'asc',
  duration: 'desc',
  activity: 'desc',
  started: 'desc',
  events: 'desc',
  size: 'desc',
  cost: 'desc',
  errors: 'desc',
  tokens: 'desc',
  latency: 'desc',
  waited: 'desc',
  title: 'asc',
  id: 'asc',
} as const;

export type SortKey = keyof typeof KEYS;

/** Other words for `time`, as the agent-server has them. Every command that sorts by time knows them. */
const ALIASES: Record<string, string> = {
  timestamp: 'time',
  timestamp_desc: 'time_desc',
  asc: 'time',
  desc: 'time_desc',
};

/**
 * What is meant by words that a command does not sort by, or that no command knows: the words that it may know instead.
 * `created_at` and `updated_at` are those of the agent-server.
 */
const RELATED = new Map<string, readonly string[]>([
  ['time', ['activity', 'started', 'index', 'latency']],
  ['activity', ['time_desc', 'index_desc']],
  ['started', ['time', 'index']],
  ['duration', ['latency', 'waited']],
  ['latency', ['duration']],
  ['waited', ['duration']],
  ['date', ['activity', 'started', 'time']],
  ['created', ['started', 'time']],
  ['created_at', ['started', 'time']],
  ['updated', ['activity', 'time_desc']],
  ['updated_at', ['activity', 'time_desc']],
  ['latest', ['activity', 'time_desc', 'index_desc']],
  ['newest', ['activity', 'time_desc', 'index_desc']],
  ['recent', ['activity', 'time_desc', 'index_desc']],
  ['oldest', ['activity_asc', 'time', 'index']],
  ['slowest', ['duration', 'latency']],
  ['longest', ['duration', 'latency']],
  ['length', ['duration', 'size']],
  ['price', ['cost']],
  ['name', ['title']],
]);

/** An order of a list. */
export interface SortOrder<K extends SortKey = SortKey> {
  readonly key: K;
  readonly descending: boolean;
  /** It is the other way round than the key alone says. */
  readonly isReversed: boolean;
}

/** `--sort`, with the words that complete it. */
export class SortOption extends Option {
  constructor(
    readonly keys: readonly SortKey[],
    about: string,
    isDefault: boolean,
  ) {
    super('--sort <order>', `${about}: ${keys.join(', ')}; _desc or _asc turns it round`);
    if (isDefault) this.default(keys[0]);
  }

  get words(): string[] {
    return wordsFor(this.keys);
  }
}

/** Adds `--sort`. @param isDefault whether the list is sorted by the first of the keys if the option is not given */
export function addSortOption(
  command: Command,
  keys: readonly SortKey[],
  about = 'sort by',
  isDefault = true,
): void {
  command.addOption(new SortOption(keys, about, isDefault));
}

/** Reads a word of `--sort`, in any case. @throws UsageError that lists the words that are valid here */
export function resolveSort<K extends SortKey>(word: string, keys: readonly K[]): SortOrder<K> {
  const typed = word.toLowerCase();
  const plain = ALIASES[typed] ?? typed;
  const [, name = plain, suffix] = /^(.+)_(asc|desc)$/.exec(plain) ?? [];
  const key = keys.find((one) => one === name);
  if (key) {
    const direction = suffix ?? KEYS[key];
    return { key, descending: direction === 'desc', isReversed: direction !== KEYS[key] };
  }
  const aliases = keys.some((one) => one === 'time')
    ? ', or TIMESTAMP, TIMESTAMP_DESC, asc, desc'
    : '';
  throw new UsageError(
    `--sort ${word}: not one of ${keys.join(', ')}, each also with _desc or _asc${aliases}${meant(name, typed, keys)}`,
  );
}

/**
 * ` (did you mean activity?)`, if a word of this command may be meant.
 *
 * @param name what was typed, without `_desc` or `_asc` and as the words of the agent-server are read
 */
function meant(name: string, typed: string, keys: readonly SortKey[]): string {
  const known = wordsFor(keys);
  const related = (RELATED.get(name) ?? []).filter((word) => known.includes(word));
  if (related.length > 0) return ` (did you mean ${related.join(' or ')}?)`;
  return suggestion(typed, known);
}

/** Every word that is valid for these keys, except for the two that repeat what a key alone says. */
function wordsFor(keys: readonly SortKey[]): string[] {
  const reversed = (key: SortKey) => `${key}_${KEYS[key] === 'desc' ? 'asc' : 'desc'}`;
  const aliases = keys.includes('time') ? ['asc', 'desc'] : [];
  return [...keys.flatMap((key) => [key, reversed(key)]), ...aliases];
}
