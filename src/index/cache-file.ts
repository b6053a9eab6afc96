import {
  futimesSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { isOwn } from './cache-folder.ts';
import { HEADER_BYTES, hasMagic, sizeInHeader } from './index-file.ts';
import { withOwnFile, writeBeside } from './own-file.ts';

/*
 * The indices in the cache folder. Only a regular file that this user owns, and that begins as an index does, is read,
 * replaced or removed.
 */

/** The time of use of an index is updated no more often than this. In ms. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1000;

/** Does something with an index that is ours by owner, type and content; undefined for any other file. */
function withIndexFile<T>(file: string, use: (fd: number, header: Buffer, stat: Stats) => T) {
  return withOwnFile(file, (fd, stat) => {
    const header = Buffer.alloc(HEADER_BYTES);
    const length = readSync(fd, header, 0, HEADER_BYTES, 0);
    return hasMagic(header.subarray(0, length)) ? use(fd, header, stat) : undefined;
  });
}

/**
 * The bytes of an index, aligned for columns; undefined if the file is not ours, or its size is not what its header
 * says, or over the limit.
 */
export function readIndexBytes(file: string, maxBytes: number): Buffer | undefined {
  return withIndexFile(file, (fd, header, { size }) => {
    if (size > maxBytes || sizeInHeader(header) !== size) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    return readSync(fd, bytes, 0, size, 0) === size ? bytes : undefined;
  });
}

/** Notes that an index was used just now. @returns the code of the error, if that is not possible */
export function noteUse(file: string): string | undefined {
  return withIndexFile(file, (fd, _, { mtimeMs }) => {
    const now = new Date();
    if (now.getTime() - mtimeMs < USE_NOTED_EVERY_MS) return undefined;
    try {
      futimesSync(fd, now, now);
      return undefined;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  });
}

/** Whether a file is ours, by owner, type and content. */
export function isOwnFile(file: string): boolean {
  return withIndexFile(file, () => true) ?? false;
}

/** Removes a file, if it is ours. @returns whether it was removed */
export function removeOwnFile(file: string): boolean {
  const remove = () => {
    rmSync(file);
    return true;
  };
  return withIndexFile(file, remove) ?? false;
}

/**
 * Writes an index beside its place and moves it there. It takes no place of something that is not ours.
 *
 * @returns whether it was written
 * @throws an error of the system
 */
export function replaceOwnFile(file: string, bytes: Buffer): Promise<boolean> {
  // Without fsync: the checksum detects an index that a crash of the machine left half-written.
  const write = (fd: number) => writeFileSync(fd, bytes);
  return writeBeside(file, write, (temporary) => {
    const mayMove = mayBeReplaced(file);
    if (mayMove) renameSync(temporary, file);
    return mayMove;
  });
}

/** Whether nothing is at a path, or a file of ours, or one that a crash of the machine left empty. */
function mayBeReplaced(file: string): boolean {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.isFile() && stat.size === 0 && isOwn(stat)) return true;
  return isOwnFile(file);
}
