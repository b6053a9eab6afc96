import { closeSync, constants, fstatSync, open, openSync, read, readSync, statSync } from 'node:fs';

/** Files above this are not loaded: an event is a few hundred KB at most. In bytes. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What a file was when it was read: what differs later is another file, or was changed. */
export interface FileStamp {
  /** In bytes. */
  readonly size: number;
  /** In ms since the epoch. */
  readonly mtimeMs: number;
}

/** What reading a file gave. `bytes` may be a view of a shared buffer: use it before the next read. */
export type FileRead =
  /** Without a stamp, if none was asked for or the file grew meanwhile. */
  | { readonly bytes: Buffer; readonly stamp?: FileStamp }
  | { readonly failure: 'oversized'; readonly size: number }
  | { readonly failure: 'unreadable'; readonly reason: string };

// Listings tell what is a regular file; these flags keep one that was swapped since for a FIFO or a
// link from blocking us or leading us away.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

let shared = Buffer.allocUnsafeSlow(256 * 1024);

/** Reads a whole file with as few system calls as can be: on a warm cache nothing is faster. */
export function readFileBlocking(path: string, wantsStamp = false): FileRead {
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
      const count = readSync(fd, shared, length, shared.length - length, null);
      length += count;
      if (count === 0 || length < shared.length) return whole(shared, length, stat);
      if (length > MAX_FILE_BYTES) return { failure: 'oversized', size: sizeOf(path, length) };
      shared = grown(shared);
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    closeSync(fd);
  }
}

/**
 * The same without holding up the thread, for storage that is slow to answer. Callbacks, which cost a
 * third of promises here.
 */
export function readFileAsync(path: string, wantsStamp = false): Promise<FileRead> {
  return new Promise((resolve) => {
    open(path, FLAGS, (openError, fd) => {
      if (openError) return resolve(unreadable(openError));
      const end = (answer: FileRead) => {
        closeSync(fd); // what was only read is closed at once, over a network too
        resolve(answer);
      };
      let stat: FileStamp | undefined;
      try {
        // What is open has its size and times at hand, over a network too.
        if (wantsStamp) stat = fstatSync(fd);
      } catch (error) {
        return end(unreadable(error));
      }
      let buffer = Buffer.allocUnsafeSlow(64 * 1024);
      let length = 0;
      const more = () => {
        read(fd, buffer, length, buffer.length - length, null, (error, count) => {
          if (error) return end(unreadable(error));
          length += count;
          if (count === 0 || length < buffer.length) return end(whole(buffer, length, stat));
          if (length > MAX_FILE_BYTES)
            return end({ failure: 'oversized', size: sizeOf(path, length) });
          buffer = grown(buffer);
          more();
        });
      };
      more();
    });
  });
}

function whole(buffer: Buffer, length: number, stat: FileStamp | undefined): FileRead {
  const bytes = buffer.subarray(0, length);
  if (stat?.size !== length) return { bytes };
  return { bytes, stamp: { size: length, mtimeMs: stat.mtimeMs } };
}

function grown(buffer: Buffer): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 4, MAX_FILE_BYTES + 1));
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
