import {
  fsyncSync,
  linkSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withOwnFile, writeBeside } from './own-file.ts';

/*
 * The key of a cache. Indices carry a checksum that is made with it, so an index is believed only if this cache wrote
 * it: one that was edited, forged or copied from another cache has a wrong checksum. Without its key, every index is
 * made again.
 *
 *   8 bytes   CVSCACHE
 *   32 bytes  random
 */
const MAGIC = 'CVSCACHE';
const KEY_BYTES = 32;
const FILE_BYTES = MAGIC.length + KEY_BYTES;
/** The file of the key. */
export const KEY_NAME = 'cache.key';

/** Permission bits of everybody but the owner. */
const OTHERS_MAY = 0o077;

/** The key of a cache, or why it has none: there is none yet, or something else is in its place. */
export type KeyState = Buffer | 'missing' | 'unusable';

/** Reads the key of a cache. */
export function readKey(folder: string): KeyState {
  const file = join(folder, KEY_NAME);
  if (!isThere(file)) return 'missing';
  return readKeyFile(file, true) ?? 'unusable';
}

/**
 * Makes the key of a cache, unless another process does so first. The file is whole whenever it is there.
 *
 * @returns the key that the cache has now
 * @throws an error of the system
 */
export async function makeKey(folder: string): Promise<KeyState> {
  const file = join(folder, KEY_NAME);
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const write = (fd: number) => {
    writeFileSync(fd, Buffer.concat([Buffer.from(MAGIC), randomBytes(KEY_BYTES)]));
    // A key that a crash of the machine left incomplete would stay unusable.
    fsyncSync(fd);
  };
  await writeBeside(file, write, (temporary) => moveIfFree(temporary, file));
  return readKey(folder);
}

/** Removes a file, if it is the key of a cache that belongs to this user. */
export function removeKeyFile(file: string): void {
  if (readKeyFile(file, false)) withOwnFile(file, () => rmSync(file));
}

/** Moves a file to a path at which nothing is. Something that is there already stays. */
function moveIfFree(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // Some file systems have no hard links. There, of two processes at once, the second one's key stays.
    if (code !== 'EEXIST' && !isThere(to)) renameSync(from, to);
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** The key in a file; undefined if it is not the file of a key. @param mustBePrivate only this user may read it */
function readKeyFile(file: string, mustBePrivate: boolean): Buffer | undefined {
  return withOwnFile(file, (fd, { size, mode }) => {
    // Windows has no such permissions.
    const isShared = process.getuid !== undefined && (mode & OTHERS_MAY) !== 0;
    if (size !== FILE_BYTES || (mustBePrivate && isShared)) return undefined;
    const bytes = Buffer.alloc(FILE_BYTES);
    const isWhole = readSync(fd, bytes, 0, FILE_BYTES, 0) === FILE_BYTES;
    const isKey = isWhole && bytes.toString('latin1', 0, MAGIC.length) === MAGIC;
    return isKey ? bytes.subarray(MAGIC.length) : undefined;
  });
}
