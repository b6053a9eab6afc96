import { closeSync, constants, fstatSync, open, openSync, read, readSync, statSync } from 'node:fs';

/** What identifies a file's content: a file with another stamp was changed or replaced. */
export interface FileStamp {
  /** In bytes. */
  readonly size: number;
  readonly ino: number;
  /** In ms since the epoch. Any program can set this time. */
  readonly mtimeMs: number;
  /** Time of the last status change, in ms since the epoch. Only the system sets this time, to its own clock. */
  readonly ctimeMs: number;
}

/** The content of a file. `bytes` may be a view of a shared buffer: use it before the next read. */
export interface FileContent {
  readonly kind: 'content';
  readonly bytes: Buffer;
  /** Undefined if it was not asked for, or if the file grew while it was read. */
  readonly stamp?: FileStamp;
}

/** A file that was not read to its end, because it should be read alone. */
export interface LargeFile {
  readonly kind: 'large';
}

export type FileRead =
  | FileContent
  | { readonly kind: 'oversized'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

// Listings say what is a regular file. If a file has been replaced by a FIFO or a link since then, these flags
// keep the open from blocking, and from following the link.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const FIRST_BLOCKING_BUFFER_BYTES = 256 * 1024;
const FIRST_ASYNC_BUFFER_BYTES = 64 * 1024;
/** Larger files are not read at the same time as others. In bytes. */
const MAX_ASYNC_BYTES = 256 * 1024;
let sharedBuffer = Buffer.allocUnsafeSlow(FIRST_BLOCKING_BUFFER_BYTES);

/**
 * Reads a whole file with as few system calls as possible: on a warm cache nothing is faster.
 *
 * @param maxBytes larger files are not read
 */
export function readFileBlocking(path: string, wantsStamp: boolean, maxBytes: number): FileRead {
  let fd: number;
  try {
    fd = openSync(path, FLAGS);
  } catch (error) {
    return unreadable(error);
  }
  try {
    const stat = wantsStamp ? fstatSync(fd) : undefined;
    let length = 0;
    for (;;) {
      const count = readSync(fd, sharedBuffer, length, sharedBuffer.length - length, null);
      length += count;
      if (length > maxBytes) return { kind: 'oversized', size: sizeOf(path, length) };
      if (count === 0 || length < sharedBuffer.length) return contentOf(sharedBuffer, length, stat);
      sharedBuffer = grown(sharedBuffer, maxBytes);
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    closeSync(fd);
  }
}

/**
 * Reads a whole file without blocking the thread, for storage that is slow to answer. It uses callbacks, which
 * cost a third of what promises do here.
 *
 * @param maxBytes larger files are not read
 */
export function readFileAsync(
  path: string,
  wantsStamp: boolean,
  maxBytes: number,
): Promise<FileRead | LargeFile> {
  return new Promise((resolve) => {
    open(path, FLAGS, (openError, fd) => {
      if (openError) return resolve(unreadable(openError));
      const end = (answer: FileRead | LargeFile) => {
        closeSync(fd); // closing a file that was only read does not wait, over a network either
        resolve(answer);
      };
      let stat: FileStamp | undefined;
      try {
        // The size and times of an open file are already known, over a network too.
        if (wantsStamp) stat = fstatSync(fd);
      } catch (error) {
        return end(unreadable(error));
      }
      let buffer = Buffer.allocUnsafeSlow(FIRST_ASYNC_BUFFER_BYTES);
      let length = 0;
      const readMore = () => {
        read(fd, buffer, length, buffer.length - length, null, (error, count) => {
          if (error) return end(unreadable(error));
          length += count;
          if (length > maxBytes) return end({ kind: 'oversized', size: sizeOf(path, length) });
          if (count === 0 || length < buffer.length) return end(contentOf(buffer, length, stat));
          if (length >= MAX_ASYNC_BYTES) return end({ kind: 'large' });
          buffer = grown(buffer, MAX_ASYNC_BYTES);
          readMore();
        });
      };
      readMore();
    });
  });
}

function contentOf(buffer: Buffer, length: number, stat: FileStamp | undefined): FileContent {
  const bytes = buffer.subarray(0, length);
  if (stat?.size !== length) return { kind: 'content', bytes };
  const { ino, mtimeMs, ctimeMs } = stat;
  return { kind: 'content', bytes, stamp: { size: length, ino, mtimeMs, ctimeMs } };
}

/** @param maxBytes the buffer has room for one byte more, which shows that a file is larger */
function grown(buffer: Buffer, maxBytes: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 4, maxBytes + 1));
  buffer.copy(larger);
  return larger;
}

function sizeOf(path: string, atLeast: number): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? atLeast;
}

function unreadable(error: unknown): FileRead {
  const { code, message } = error as NodeJS.ErrnoException;
  return { kind: 'unreadable', reason: code ?? message };
}
