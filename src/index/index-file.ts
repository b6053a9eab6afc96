import { crc32 } from 'node:zlib';
import { nameFromPackedId, PACKED_ID_BYTES, packIdOf } from '../domain/event-file-name.ts';
import type { DirectoryEntryType } from '../domain/slot.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import type { Names } from '../storage/listing.ts';
import { EntryTable, ROW_BYTES } from './entry-table.ts';

/*
 * The format of a kept index. Numbers are little-endian, as on every machine that runs Node today.
 *
 *   8 bytes   CVSINDEX
 *   u32       version
 *   u32       CRC-32 of all that follows
 *   u32 u32   bytes of the head, number of rows
 *   head      JSON, see Head; padded with spaces to a multiple of 8 bytes
 *   table     the columns of EntryTable; padded to a multiple of 8 bytes
 *   ids       16 bytes a row
 *   indices   u32 a row
 */
const MAGIC = 'CVSINDEX';
const VERSION = 2;
const HEAD_OFFSET = 24;

/** What is kept of a conversation between runs. */
export interface StoredIndex {
  /** Real path of the events folder. */
  readonly path: string;
  /** Undefined if the folder had just changed, so that its stamp could not show another change. */
  readonly stamp: FolderStamp | undefined;
  readonly names: Names;
  readonly table: EntryTable;
}

interface Head {
  readonly path: string;
  readonly stamp?: FolderStamp;
  readonly words: string[];
  /** Names, by position, that can't be made from index and id. */
  readonly odd: [number, string][];
  /** Types, by position, of entries that are not regular files. */
  readonly types: [number, DirectoryEntryType][];
}

/** Writes an index as bytes. Undefined if an event's index does not fit into 32 bits. */
export function encodeIndex({ path, stamp, names, table }: StoredIndex): Buffer | undefined {
  const { length } = names;
  const odd: [number, string][] = [];
  const types: [number, DirectoryEntryType][] = [];
  const ids = Buffer.alloc(length * PACKED_ID_BYTES);
  const indices = new Uint32Array(length);
  for (let position = 0; position < length; position++) {
    const index = names.index(position);
    if (index > 0xffffffff) return undefined;
    indices[position] = index;
    const name = names.name(position);
    if (!packIdOf(name, index, ids, position * PACKED_ID_BYTES)) odd.push([position, name]);
    const type = names.type(position);
    if (type !== 'file') types.push([position, type]);
  }
  const head: Head = { path, ...(stamp && { stamp }), words: table.words, odd, types };
  const json = Buffer.from(JSON.stringify(head));
  const headBytes = padded(json.length);
  const tableBytes = padded(table.bytes.length);
  const total = HEAD_OFFSET + headBytes + tableBytes + ids.length + indices.byteLength;
  const bytes = Buffer.alloc(total, ' ');
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeUInt32LE(headBytes, 16);
  bytes.writeUInt32LE(length, 20);
  let at = HEAD_OFFSET;
  json.copy(bytes, at);
  at += headBytes;
  bytes.set(table.bytes, at);
  at += tableBytes;
  bytes.set(ids, at);
  at += ids.length;
  bytes.set(Buffer.from(indices.buffer), at);
  bytes.writeUInt32LE(crc32(bytes.subarray(16)), 12);
  return bytes;
}

/**
 * Reads an index from bytes; undefined if they contain none, or one of another version, or are damaged.
 *
 * @param bytes aligned to 8 bytes. The index uses them from now on, so they must not change.
 */
export function decodeIndex(bytes: Buffer): StoredIndex | undefined {
  if (bytes.length < HEAD_OFFSET || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(8) !== VERSION) return undefined;
  if (bytes.readUInt32LE(12) !== crc32(bytes.subarray(16))) return undefined;
  const headBytes = bytes.readUInt32LE(16);
  const rows = bytes.readUInt32LE(20);
  const tableAt = HEAD_OFFSET + headBytes;
  const idsAt = tableAt + padded(rows * ROW_BYTES);
  const indicesAt = idsAt + rows * PACKED_ID_BYTES;
  // The checksum proves that the bytes are as they were written. This guards against a writer that was wrong.
  if (indicesAt + rows * 4 !== bytes.length) return undefined;
  const head = headOf(bytes.toString('utf8', HEAD_OFFSET, tableAt));
  if (!head) return undefined;
  const table = new EntryTable(
    rows,
    head.words,
    bytes.subarray(tableAt, tableAt + rows * ROW_BYTES),
  );
  const names = new StoredNames(bytes, { rows, idsAt, indicesAt }, head);
  return { path: head.path, stamp: head.stamp, names, table };
}

function headOf(json: string): Head | undefined {
  try {
    return JSON.parse(json) as Head;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

/** Names that are made from index and id when they are read. */
class StoredNames implements Names {
  readonly #bytes: Buffer;
  readonly #idsAt: number;
  readonly #indices: Uint32Array;
  readonly #odd: ReadonlyMap<number, string>;
  readonly #types: ReadonlyMap<number, DirectoryEntryType>;

  constructor(bytes: Buffer, at: { rows: number; idsAt: number; indicesAt: number }, head: Head) {
    this.#bytes = bytes;
    this.#idsAt = at.idsAt;
    this.#indices = new Uint32Array(bytes.buffer, bytes.byteOffset + at.indicesAt, at.rows);
    this.#odd = new Map(head.odd);
    this.#types = new Map(head.types);
  }
  get length(): number {
    return this.#indices.length;
  }
  index(position: number): number {
    return this.#indices[position] as number;
  }
  type(position: number): DirectoryEntryType {
    return this.#types.get(position) ?? 'file';
  }
  name(position: number): string {
    const odd = this.#odd.get(position);
    if (odd !== undefined) return odd;
    return nameFromPackedId(
      this.index(position),
      this.#bytes,
      this.#idsAt + position * PACKED_ID_BYTES,
    );
  }
}
