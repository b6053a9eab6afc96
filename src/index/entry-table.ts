import type { Entry } from '../domain/entry.ts';
import type { Slot } from '../domain/slot.ts';
import type { Timestamp } from '../time/timestamp.ts';
import type { FileStamp } from '../storage/read-file.ts';

/** How much an entry of the table is worth. */
export const STATE = {
  /** There is none. */
  unknown: 0,
  /** From an earlier run; it counts if the file's size and time of change are still the same. */
  doubtful: 1,
  /** From an earlier run, whose folder has not changed since. */
  trusted: 2,
  /** The file was looked at in this run. */
  checked: 3,
} as const;

const FLAG = { stamped: 1, naive: 2, failed: 4, literal: 8, escaped: 16 } as const;

/** The stamp under which nothing is known of a file: it equals none. */
const NO_STAMP: FileStamp = { size: 0, mtimeMs: Number.NaN };

/** Strings longer than this are no kind, source or tool that is worth keeping. In UTF-16 units. */
const LONGEST = 200;
const MOST_WORDS = 0xffff;

/** Columns of the table, by the bytes that a row takes in each; wide ones first, so that all are aligned. */
const WIDTHS = {
  time: 8,
  mtime: 8,
  size: 4,
  kind: 2,
  source: 2,
  tool: 2,
  flags: 1,
  state: 1,
} as const;
export const ROW_BYTES = Object.values(WIDTHS).reduce((sum, width) => sum + width, 0);

/**
 * The index: entries of a conversation's events by place, in columns. A million of them take 28 MB, and
 * are loaded by reading them.
 */
export class EntryTable {
  readonly time: Float64Array;
  /** Of the file, in ms since the epoch. */
  readonly mtime: Float64Array;
  /** Of the file, in bytes. */
  readonly size: Uint32Array;
  readonly kind: Uint16Array;
  readonly source: Uint16Array;
  /** 0 for none. */
  readonly tool: Uint16Array;
  readonly flags: Uint8Array;
  readonly state: Uint8Array;
  readonly #codes = new Map<string, number>();

  /**
   * @param rows how many
   * @param words kinds, sources and tools by their codes; that of 0 is none
   * @param bytes the columns, if there are any already: aligned to 8
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
    this.state = new Uint8Array(buffer, next(1), rows);
    for (const [code, word] of words.entries()) if (code > 0) this.#codes.set(word, code);
  }

  /** Puts an entry down, unless it is too odd to be kept. */
  put(place: number, entry: Omit<Entry, 'slot'>, file: FileStamp = NO_STAMP): void {
    const kind = this.#codeOf(entry.kind);
    const source = this.#codeOf(entry.source);
    const tool = entry.tool === undefined ? 0 : this.#codeOf(entry.tool);
    if (kind === undefined || source === undefined || tool === undefined) return;
    const { stamp } = entry;
    this.time[place] = stamp?.us ?? 0;
    this.mtime[place] = file.mtimeMs;
    this.size[place] = file.size;
    this.kind[place] = kind;
    this.source[place] = source;
    this.tool[place] = tool;
    this.flags[place] =
      (stamp ? FLAG.stamped : 0) |
      (stamp?.naive ? FLAG.naive : 0) |
      (entry.failed ? FLAG.failed : 0);
    this.state[place] = STATE.checked;
  }

  /** Takes rows over from another table, their states too; not those with words that have no room. @returns whether one was */
  copierOf(other: EntryTable): (place: number, row: number) => boolean {
    const none = 0xffffffff;
    const codes = Uint32Array.from(other.words, (word, code) =>
      code === 0 ? 0 : (this.#codeOf(word) ?? none),
    );
    return (place, row) => {
      const kind = codes[other.kind[row] as number] ?? none;
      const source = codes[other.source[row] as number] ?? none;
      const tool = codes[other.tool[row] as number] ?? none;
      if (kind === none || source === none || tool === none) return false;
      this.kind[place] = kind;
      this.source[place] = source;
      this.tool[place] = tool;
      this.time[place] = other.time[row] as number;
      this.mtime[place] = other.mtime[row] as number;
      this.size[place] = other.size[row] as number;
      this.flags[place] = other.flags[row] as number;
      this.state[place] = other.state[row] as number;
      return true;
    };
  }

  /** Whether the file writes printable ASCII as escapes, if that is known: a sieve asks. */
  escapesOf(place: number): boolean | undefined {
    const flags = this.flags[place] as number;
    if (flags & FLAG.literal) return false;
    return flags & FLAG.escaped ? true : undefined;
  }

  /** @returns whether that is news */
  noteEscapes(place: number, escapes: boolean): boolean {
    if (this.escapesOf(place) === escapes) return false;
    this.flags[place] = (this.flags[place] as number) | (escapes ? FLAG.escaped : FLAG.literal);
    return true;
  }

  forget(place: number): void {
    this.state[place] = STATE.unknown;
  }

  /** Whether a file is the one that the entry was made of. */
  isOf(place: number, { size, mtimeMs }: FileStamp): boolean {
    return this.size[place] === size && this.mtime[place] === mtimeMs;
  }

  entry(place: number, slots: { at(place: number): Slot | undefined }): Entry {
    return new RowEntry(this, place, slots);
  }

  #codeOf(word: string): number | undefined {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    if (word.length > LONGEST || this.words.length > MOST_WORDS) return undefined;
    this.#codes.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

/** An entry that looks its answers up when it is asked. */
class RowEntry implements Entry {
  constructor(
    private readonly table: EntryTable,
    private readonly place: number,
    private readonly slots: { at(place: number): Slot | undefined },
  ) {}
  get slot(): Slot {
    return this.slots.at(this.place) as Slot;
  }
  get kind(): string {
    return this.table.words[this.table.kind[this.place] as number] as string;
  }
  get source(): string {
    return this.table.words[this.table.source[this.place] as number] as string;
  }
  get tool(): string | undefined {
    const code = this.table.tool[this.place] as number;
    return code === 0 ? undefined : this.table.words[code];
  }
  get stamp(): Timestamp | undefined {
    const flags = this.table.flags[this.place] as number;
    if (!(flags & FLAG.stamped)) return undefined;
    return { us: this.table.time[this.place] as number, naive: (flags & FLAG.naive) !== 0 };
  }
  get failed(): boolean {
    return ((this.table.flags[this.place] as number) & FLAG.failed) !== 0;
  }
}
