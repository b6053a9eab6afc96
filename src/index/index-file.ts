import { crc32 } from 'node:zlib';
import type { DirectoryEntryType } from '../domain/slot.ts';
import type { Names } from '../storage/listing.ts';
import { EntryTable, ROW_BYTES } from './entry-table.ts';

/*
 * The form in which an index is kept: little-endian, as every machine of today that runs Node is.
 *
 *   8 bytes   CVSINDEX
 *   u32       version
 *   u32       CRC-32 of all that follows
 *   u32 u32   bytes of the head, number of rows
 *   head      JSON: see Head, filled up with spaces to a multiple of 8
 *   table     the columns of EntryTable, filled up to a multiple of 8
 *   ids       16 bytes a row
 *   indices   u32 a row
 */
const MAGIC = 'CVSINDEX';
const VERSION = 1;
const HEAD_OFFSET = 24;
const ID_BYTES = 16;

/** What a folder was when it was listed: the listing holds as long as it is the same. */
export interface FolderStamp {
  readonly ino: number;
  /** In ms since the epoch. */
  readonly mtimeMs: number;
}

/** What is kept of a conversation between runs. */
export interface StoredIndex {
  /** Real path of the events folder. */
  readonly path: string;
  /** None where the folder was too young to be told from itself a moment later. */
  readonly stamp: FolderStamp | undefined;
  readonly names: Names;
  readonly table: EntryTable;
}

interface Head {
  readonly path: string;
  readonly stamp?: FolderStamp;
  readonly words: string[];
  /** Names by place that are not what index and id make. */
  readonly odd: [number, string][];
  /** Types by place of what is no regular file. */
  readonly types: [number, DirectoryEntryType][];
}

/** An index as bytes. Undefined for one whose indices are beyond all reason. */
export function encodeIndex({ path, stamp, names, table }: StoredIndex): Buffer | undefined {
  const { length } = names;
  const odd: [number, string][] = [];
  const types: [number, DirectoryEntryType][] = [];
  const ids = Buffer.alloc(length * ID_BYTES);
  const indices = new Uint32Array(length);
  for (let position = 0; position < length; position++) {
    const index = names.index(position);
    if (index > 0xffffffff) return undefined;
    indices[position] = index;
    const name = names.name(position);
    if (!packName(name, index, ids, position * ID_BYTES)) odd.push([position, name]);
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
 * The index that bytes hold; undefined where they hold none, or one of another version, or are damaged.
 *
 * @param bytes aligned to 8, and the index's own from now on
 */
export function decodeIndex(bytes: Buffer): StoredIndex | undefined {
  if (bytes.length < HEAD_OFFSET || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(8) !== VERSION) return undefined;
  if (bytes.readUInt32LE(12) !== crc32(bytes.subarray(16))) return undefined;
  const headBytes = bytes.readUInt32LE(16);
  const rows = bytes.readUInt32LE(20);
  const tableAt = HEAD_OFFSET + headBytes;
  const idsAt = tableAt + padded(rows * ROW_BYTES);
  const indicesAt = idsAt + rows * ID_BYTES;
  // What the checksum covers was written so; this keeps a wrong writer from being believed.
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

/** Names made of index and id when they are asked for. */
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
    const start = this.#idsAt + position * ID_BYTES;
    const hex = this.#bytes.toString('hex', start, start + ID_BYTES);
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    return `event-${String(this.index(position)).padStart(5, '0')}-${id}.json`;
  }
}

/** Digits and lower-case letters of a hexadecimal number; 255 for all else. */
const HEX = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? 255 : digit;
});
const UUID_LENGTH = 36;
const DASHES = new Set([8, 13, 18, 23]);

/** Packs the id of a name that index and id make, `event-00042-<uuid>.json`. @returns whether it is one */
function packName(name: string, index: number, into: Uint8Array, at: number): boolean {
  const digits = String(index).padStart(5, '0');
  const start = 'event-'.length + digits.length + 1;
  if (name.length !== start + UUID_LENGTH + '.json'.length) return false;
  if (!name.startsWith(digits, 'event-'.length)) return false;
  let byte = at;
  for (let offset = 0; offset < UUID_LENGTH; ) {
    if (DASHES.has(offset)) {
      if (name.charCodeAt(start + offset++) !== 0x2d) return false;
      continue;
    }
    const high = HEX[name.charCodeAt(start + offset++)] ?? 255;
    const low = HEX[name.charCodeAt(start + offset++)] ?? 255;
    if ((high | low) > 15) return false;
    into[byte++] = (high << 4) | low;
  }
  return true;
}
