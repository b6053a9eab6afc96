import { nameFromPackedId, PACKED_ID_BYTES, packIdOf } from '../domain/event-file-name.ts';
import type { DirectoryEntryType } from '../domain/slot.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import type { Names } from '../storage/listing.ts';
import { EntryTable, ROW_BYTES } from './entry-table.ts';
import { type Head, isConsistent, parseHead } from './index-shape.ts';

/*
 * The format of a kept index. Numbers are little-endian, as on every machine that runs Node today.
 *
 *   8 bytes   CVSINDEX
 *   u32       version
 *   u32 u32   bytes of the head, number of rows
 *   4 bytes   zero
 *   32 bytes  HMAC-SHA-256 of all that precedes and all that follows, with the key of the cache
 *   head      JSON, see Head; padded with spaces to a multiple of 8 bytes
 *   table     the columns of EntryTable; padded to a multiple of 8 bytes
 *   ids       16 bytes a row
 *   indices   u32 a row
 */
const MAGIC = 'CVSINDEX';
const VERSION = 4;
const CHECKSUM_AT = 24;
const CHECKSUM_BYTES = 32;
/** Bytes before the head. */
export const HEADER_BYTES = CHECKSUM_AT + CHECKSUM_BYTES;

/** What is kept of a conversation between runs. */
export interface StoredIndex {
  /** Real path of the events folder. */
  readonly path: string;
  /** Undefined if the folder had just changed, so that its stamp could not show another change. */
  readonly stamp: FolderStamp | undefined;
  readonly names: Names;
  readonly table: EntryTable;
}

/**
 * Writes an index as bytes. Undefined if an event's index does not fit into 32 bits.
 *
 * @param key the key of the cache
 */
export function encodeIndex(stored: StoredIndex, key: Buffer): Buffer | undefined {
  const { path, stamp, names, table } = stored;
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
  const total = HEADER_BYTES + headBytes + tableBytes + ids.length + indices.byteLength;
  const bytes = Buffer.alloc(total, ' ');
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt32LE(VERSION, 8);
  bytes.writeUInt32LE(headBytes, 12);
  bytes.writeUInt32LE(length, 16);
  bytes.fill(0, 20, HEADER_BYTES);
  let at = HEADER_BYTES;
  json.copy(bytes, at);
  at += headBytes;
  bytes.set(table.bytes, at);
  at += tableBytes;
  bytes.set(ids, at);
  at += ids.length;
  bytes.set(Buffer.from(indices.buffer), at);
  checksumOf(bytes, key).copy(bytes, CHECKSUM_AT);
  return bytes;
}

/** Whether a file that begins with these bytes is an index, of this version or of another one. */
export function hasMagic(header: Buffer): boolean {
  return header.toString('latin1', 0, MAGIC.length) === MAGIC;
}

/** How many bytes an index has, according to its header; undefined for another version. */
export function sizeInHeader(header: Buffer): number | undefined {
  if (header.length < HEADER_BYTES || header.readUInt32LE(8) !== VERSION) return undefined;
  const rows = header.readUInt32LE(16);
  return (
    HEADER_BYTES + header.readUInt32LE(12) + padded(rows * ROW_BYTES) + rows * (PACKED_ID_BYTES + 4)
  );
}

/** Contains the path of the conversation, so the index of one does not pass as that of another. */
function checksumOf(bytes: Buffer, key: Buffer): Buffer {
  // Loaded only where an index is read or written: most commands need neither.
  const { createHmac } = process.getBuiltinModule('node:crypto');
  const hmac = createHmac('sha256', key);
  return hmac.update(bytes.subarray(0, CHECKSUM_AT)).update(bytes.subarray(HEADER_BYTES)).digest();
}

/**
 * Reads an index from bytes; undefined if they contain none, or one of another version or with another key, or are
 * damaged.
 *
 * @param key the key of the cache
 * @param bytes aligned to 8 bytes. The index uses them from now on, so they must not change.
 */
export function decodeIndex(bytes: Buffer, key: Buffer): StoredIndex | undefined {
  if (!hasMagic(bytes) || sizeInHeader(bytes) !== bytes.length) return undefined;
  if (!checksumOf(bytes, key).equals(bytes.subarray(CHECKSUM_AT, HEADER_BYTES))) return undefined;
  const headBytes = bytes.readUInt32LE(12);
  const rows = bytes.readUInt32LE(16);
  const tableAt = HEADER_BYTES + headBytes;
  const idsAt = tableAt + padded(rows * ROW_BYTES);
  const indicesAt = idsAt + rows * PACKED_ID_BYTES;
  // The checksum shows that this cache wrote the bytes. What follows guards against a writer that was wrong.
  if (tableAt % 8 !== 0) return undefined;
  const head = parseHead(bytes.subarray(HEADER_BYTES, tableAt), rows);
  if (!head) return undefined;
  const table = new EntryTable(
    rows,
    head.words,
    bytes.subarray(tableAt, tableAt + rows * ROW_BYTES),
  );
  const names = new StoredNames(bytes, { rows, idsAt, indicesAt }, head);
  if (!isConsistent(head, table, names)) return undefined;
  return { path: head.path, stamp: head.stamp, names, table };
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
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
