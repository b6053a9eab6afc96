import { indexInEventFileName } from '../domain/event-file-name.ts';
import type { DirectoryEntryType } from '../domain/slot.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import type { Names } from '../storage/listing.ts';
import { heapCostOf } from '../text/json-cost.ts';
import type { EntryTable } from './entry-table.ts';
import { ENTRY_TRUST } from './entry-trust.ts';

/*
 * What an index must look like to be used. The checksum shows that it was written with the key of this cache, but not
 * that the program which wrote it made no mistake. An index of another shape counts as missing.
 */

/** The part of an index that is JSON. */
export interface Head {
  /** Real path of the events folder. */
  readonly path: string;
  readonly stamp?: FolderStamp;
  /** Kinds, sources and tools by their codes. */
  readonly words: string[];
  /** Names, by position, that can't be made from index and id. */
  readonly odd: [number, string][];
  /** Types, by position, of entries that are not regular files. */
  readonly types: [number, DirectoryEntryType][];
}

/** Memory that the head may take once it is parsed, for each event and in all. In bytes. */
const MAX_HEAD_BYTES_PER_EVENT = 4096;
const MIN_HEAD_BYTES = 16 * 1024 * 1024;

/** Years 1 to 9999, in µs since the epoch: no timestamp is outside. */
const MIN_TIME_US = -62_135_683_200_000_000;
const MAX_TIME_US = 253_402_387_200_000_000;

const OTHER_TYPES: ReadonlySet<unknown> = new Set<DirectoryEntryType>([
  'link',
  'folder',
  'fifo',
  'socket',
  'device',
  'unknown',
]);

/** Reads the head of an index; undefined if it is not one. @param rows how many events the index has */
export function parseHead(bytes: Buffer, rows: number): Head | undefined {
  const maxBytes = MIN_HEAD_BYTES + rows * MAX_HEAD_BYTES_PER_EVENT;
  if (heapCostOf(bytes, maxBytes) > maxBytes) return undefined;
  let value: Partial<Record<keyof Head, unknown>> | null;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, stamp, words, odd, types } = value;
  const isHead =
    typeof path === 'string' &&
    (stamp === undefined || isStamp(stamp)) &&
    isListOf(words, (word) => typeof word === 'string') &&
    isListOf(odd, (pair) => isAt(pair, rows, (name) => typeof name === 'string')) &&
    isListOf(types, (pair) => isAt(pair, rows, (type) => OTHER_TYPES.has(type)));
  return isHead ? (value as unknown as Head) : undefined;
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(holds);
}

function isAt(pair: unknown, rows: number, holds: (value: unknown) => boolean): boolean {
  if (!Array.isArray(pair) || pair.length !== 2) return false;
  const [position, value] = pair as [unknown, unknown];
  return (
    Number.isInteger(position) &&
    (position as number) >= 0 &&
    (position as number) < rows &&
    holds(value)
  );
}

function isStamp(value: unknown): value is FolderStamp {
  if (typeof value !== 'object' || value === null) return false;
  const { dev, ino, mtimeMs, ctimeMs } = value as Partial<Record<keyof FolderStamp, unknown>>;
  return [dev, ino, mtimeMs, ctimeMs].every(Number.isFinite);
}

/** Whether the parts of an index agree: all codes have a word, all names are of event files, in index order. */
export function isConsistent({ words, odd }: Head, table: EntryTable, names: Names): boolean {
  for (const [position, name] of odd) {
    if (indexInEventFileName(name) !== names.index(position)) return false;
  }
  const codes = words.length;
  for (let position = 0; position < table.rows; position++) {
    if (position > 0 && names.index(position) < names.index(position - 1)) return false;
    if ((table.trust[position] as number) > ENTRY_TRUST.checked) return false;
    if ((table.kind[position] as number) >= codes) return false;
    if ((table.source[position] as number) >= codes) return false;
    if ((table.tool[position] as number) >= codes) return false;
    const time = table.time[position] as number;
    if (!(time >= MIN_TIME_US && time <= MAX_TIME_US)) return false;
  }
  return true;
}
