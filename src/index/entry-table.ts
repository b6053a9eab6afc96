import type { Entry } from '../domain/entry.ts';
import type { Slot } from '../domain/slot.ts';
import type { FileStamp } from '../storage/read-file.ts';
import type { Timestamp } from '../time/timestamp.ts';
import { ENTRY_TRUST } from './entry-trust.ts';

const FLAG = { stamped: 1, naive: 2, failed: 4, literal: 8, escaped: 16 } as const;

/** Stamp of a file that was not looked at: it equals no other. */
const NO_STAMP: FileStamp = { size: 0, mtimeMs: Number.NaN };

/** Longer strings are not kept: no real kind, source or tool is this long. In UTF-16 units. */
const MAX_WORD_CHARS = 200;
const MAX_WORDS = 0xffff;

/** Bytes of a row in each column. Wide columns come first, so that all are aligned. */
const COLUMN_BYTES = {
  time: 8,
  mtime: 8,
  size: 4,
  kind: 2,
  source: 2,
  tool: 2,
  flags: 1,
  trust: 1,
} as const;
export const ROW_BYTES = Object.values(COLUMN_BYTES).reduce((sum, width) => sum + width, 0);

/**
 * Entries of a conversation's events by position, in columns. A million of them take 28 MB, and are loaded by
 * reading a file into memory.
 */
export class EntryTable {
  readonly time: Float64Array;
  /** Of the file, in ms since the epoch. */
  readonly mtime: Float64Array;
  /** Of the file, in bytes. */
  readonly size: Uint32Array;
  readonly kind: Uint16Array;
  readonly source: Uint16Array;
  /** 0 for no tool. */
  readonly tool: Uint16Array;
  readonly flags: Uint8Array;
  readonly trust: Uint8Array;
  readonly #codes = new Map<string, number>();

  /**
   * @param rows how many entries there is room for
   * @param words kinds, sources and tools by their codes; code 0 means none
   * @param bytes the columns, if they exist already: aligned to 8 bytes
   */
  constructor(
    readonly rows: number,
    readonly words: string[] = [''],
    readonly bytes: Uint8Array = new Uint8Array(rows * ROW_BYTES),
  ) {
    let at = bytes.byteOffset;
    const { buffer } = bytes;
    const next = (width: number) => {
      const start = at;
      at += rows * width;
      return start;
    };
    this.time = new Float64Array(buffer, next(8), rows);
    this.mtime = new Float64Array(buffer, next(8), rows);
    this.size = new Uint32Array(buffer, next(4), rows);
    this.kind = new Uint16Array(buffer, next(2), rows);
    this.source = new Uint16Array(buffer, next(2), rows);
    this.tool = new Uint16Array(buffer, next(2), rows);
    this.flags = new Uint8Array(buffer, next(1), rows);
    this.trust = new Uint8Array(buffer, next(1), rows);
    for (const [code, word] of words.entries()) if (code > 0) this.#codes.set(word, code);
  }

  /** Stores an entry, unless one of its strings is too long to be kept. */
  put(position: number, entry: Omit<Entry, 'slot'>, file: FileStamp = NO_STAMP): void {
    const kind = this.#codeOf(entry.kind);
    const source = this.#codeOf(entry.source);
    const tool = entry.tool === undefined ? 0 : this.#codeOf(entry.tool);
    if (kind === undefined || source === undefined || tool === undefined) return;
    const { stamp } = entry;
    this.time[position] = stamp?.us ?? 0;
    this.mtime[position] = file.mtimeMs;
    this.size[position] = file.size;
    this.kind[position] = kind;
    this.source[position] = source;
    this.tool[position] = tool;
    this.flags[position] =
      (stamp ? FLAG.stamped : 0) |
      (stamp?.naive ? FLAG.naive : 0) |
      (entry.failed ? FLAG.failed : 0);
    this.trust[position] = ENTRY_TRUST.checked;
  }

  /**
   * Copies rows of another table, their trust included.
   *
   * @returns a function that copies one row, and returns whether its strings could be kept
   */
  copierOf(other: EntryTable): (position: number, row: number) => boolean {
    const NO_CODE = 0xffffffff;
    const codes = Uint32Array.from(other.words, (word, code) =>
      code === 0 ? 0 : (this.#codeOf(word) ?? NO_CODE),
    );
    return (position, row) => {
      const kind = codes[other.kind[row] as number] ?? NO_CODE;
      const source = codes[other.source[row] as number] ?? NO_CODE;
      const tool = codes[other.tool[row] as number] ?? NO_CODE;
      if (kind === NO_CODE || source === NO_CODE || tool === NO_CODE) return false;
      this.kind[position] = kind;
      this.source[position] = source;
      this.tool[position] = tool;
      this.time[position] = other.time[row] as number;
      this.mtime[position] = other.mtime[row] as number;
      this.size[position] = other.size[row] as number;
      this.flags[position] = other.flags[row] as number;
      this.trust[position] = other.trust[row] as number;
      return true;
    };
  }

  /** Whether the file can show ASCII text that its bytes do not contain; undefined if that is not known. Prefilters need it. */
  escapesOf(position: number): boolean | undefined {
    const flags = this.flags[position] as number;
    if (flags & FLAG.literal) return false;
    return flags & FLAG.escaped ? true : undefined;
  }

  /** @returns whether that was not known before */
  noteEscapes(position: number, escapes: boolean): boolean {
    if (this.escapesOf(position) === escapes) return false;
    this.flags[position] =
      (this.flags[position] as number) | (escapes ? FLAG.escaped : FLAG.literal);
    return true;
  }

  forget(position: number): void {
    this.trust[position] = ENTRY_TRUST.unknown;
  }

  /** Whether a file still has the size and time that it had when its entry was made. */
  hasStamp(position: number, { size, mtimeMs }: FileStamp): boolean {
    return this.size[position] === size && this.mtime[position] === mtimeMs;
  }

  entry(position: number, slots: { at(position: number): Slot | undefined }): Entry {
    return new RowEntry(this, position, slots);
  }

  #codeOf(word: string): number | undefined {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    if (word.length > MAX_WORD_CHARS || this.words.length > MAX_WORDS) return undefined;
    this.#codes.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

/** An entry that looks up its values in the table when they are read. */
class RowEntry implements Entry {
  constructor(
    private readonly table: EntryTable,
    private readonly position: number,
    private readonly slots: { at(position: number): Slot | undefined },
  ) {}
  get slot(): Slot {
    return this.slots.at(this.position) as Slot;
  }
  get kind(): string {
    return this.table.words[this.table.kind[this.position] as number] as string;
  }
  get source(): string {
    return this.table.words[this.table.source[this.position] as number] as string;
  }
  get tool(): string | undefined {
    const code = this.table.tool[this.position] as number;
    return code === 0 ? undefined : this.table.words[code];
  }
  get stamp(): Timestamp | undefined {
    const flags = this.table.flags[this.position] as number;
    if (!(flags & FLAG.stamped)) return undefined;
    return { us: this.table.time[this.position] as number, naive: (flags & FLAG.naive) !== 0 };
  }
  get failed(): boolean {
    return ((this.table.flags[this.position] as number) & FLAG.failed) !== 0;
  }
}
