import { close, closeSync, constants, open, openSync, read, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';

/** Files above this are not loaded: an event is a few hundred KB at most. In bytes. */
export const LARGEST = 64 * 1024 * 1024;

/** What reading a file gave. `bytes` may be a view of a shared buffer: use it before the next read. */
export type FileRead =
  | { readonly bytes: Buffer }
  | { readonly failure: 'oversized'; readonly size: number }
  | { readonly failure: 'unreadable'; readonly reason: string };

// Listings tell what is a regular file; these flags keep one that was swapped since for a FIFO or a
// link from blocking us or leading us away.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const openAsync = promisify(open);
const readAsync = promisify(read);
const closeAsync = promisify(close);

let shared = Buffer.allocUnsafe(256 * 1024);

/** Reads a whole file with as few system calls as can be: on a warm cache nothing is faster. */
export function readFileNow(path: string): FileRead {
  let fd: number;
  try {
    fd = openSync(path, FLAGS);
  } catch (error) {
    return unreadable(error);
  }
  try {
    let length = 0;
    for (;;) {
      const count = readSync(fd, shared, length, shared.length - length, null);
      length += count;
      if (count === 0 || length < shared.length) return { bytes: shared.subarray(0, length) };
      if (length > LARGEST) return { failure: 'oversized', size: sizeOf(path, length) };
      shared = grown(shared);
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    closeSync(fd);
  }
}

/** The same without holding up the thread, for storage that is slow to answer. */
export async function readFileLater(path: string): Promise<FileRead> {
  let fd: number;
  try {
    fd = await openAsync(path, FLAGS);
  } catch (error) {
    return unreadable(error);
  }
  try {
    let buffer = Buffer.allocUnsafe(64 * 1024);
    let length = 0;
    for (;;) {
      const { bytesRead } = await readAsync(fd, buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length < buffer.length) return { bytes: buffer.subarray(0, length) };
      if (length > LARGEST) return { failure: 'oversized', size: sizeOf(path, length) };
      buffer = grown(buffer);
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    await closeAsync(fd);
  }
}

function grown(buffer: Buffer): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.min(buffer.length * 4, LARGEST + 1));
  buffer.copy(larger);
  return larger;
}

function sizeOf(path: string, atLeast: number): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? atLeast;
}

function unreadable(error: unknown): FileRead {
  const { code, message } = error as NodeJS.ErrnoException;
  return { failure: 'unreadable', reason: code ?? message };
}
