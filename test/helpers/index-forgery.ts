import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';

/** Where the checksum of an index is. */
const CHECKSUM = { from: 24, to: 56 };

/** The files of the indices in a cache. */
export function indicesIn(cache: string): string[] {
  return readdirSync(cache)
    .filter((name) => name.endsWith('.index'))
    .sort()
    .map((name) => join(cache, name));
}

/** The key of a cache, which a forger does not have. */
export function keyOf(cache: string): Buffer {
  return readFileSync(join(cache, 'cache.key')).subarray(8);
}

/** Makes the checksum of an index right again, for one key. */
export function signIndex(bytes: Buffer, key: Buffer): void {
  const hmac = createHmac('sha256', key).update(bytes.subarray(0, CHECKSUM.from));
  hmac.update(bytes.subarray(CHECKSUM.to)).digest().copy(bytes, CHECKSUM.from);
}

const contentOf = (bytes: Buffer) =>
  Buffer.concat([bytes.subarray(0, CHECKSUM.from), bytes.subarray(CHECKSUM.to)]);

/** Ways to make a checksum without the key of the cache. */
export const FORGERIES: Record<string, (bytes: Buffer) => void> = {
  'the earlier checksum': () => {},
  'no checksum': (bytes) => bytes.fill(0, CHECKSUM.from, CHECKSUM.to),
  'a hash without a key': (bytes) =>
    createHash('sha256').update(contentOf(bytes)).digest().copy(bytes, CHECKSUM.from),
  'an empty key': (bytes) => signIndex(bytes, Buffer.alloc(0)),
  'a key of zeros': (bytes) => signIndex(bytes, Buffer.alloc(32)),
  'a random key': (bytes) => signIndex(bytes, randomBytes(32)),
  'a CRC-32, as in earlier versions': (bytes) => {
    bytes.writeUInt32LE(3, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(16)), 12);
  },
};

/** A few bytes of an index to be changed. @param from the first that may be */
export function changesFrom(from: number, length: number) {
  const change = fc.record({ at: fc.integer({ min: from, max: length - 1 }), byte: fc.nat(255) });
  return fc.array(change, { minLength: 1, maxLength: 4 });
}

/** A copy of an index with some bytes changed. */
export function changed(
  whole: Buffer,
  changes: readonly { readonly at: number; readonly byte: number }[],
): Buffer {
  const bytes = Buffer.from(whole);
  for (const { at, byte } of changes) bytes[at] = byte;
  return bytes;
}
