import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats } from 'node:fs';
import { isOwn } from './cache-folder.ts';

/*
 * Anything can stand under a name in the cache folder: files of other programs, links, devices, FIFOs, files of other
 * users. Only a regular file that this user owns is opened.
 */

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Does something with a regular file that this user owns; undefined for anything else, and after an error of the
 * system.
 */
export function withOwnFile<T>(
  file: string,
  use: (fd: number, stat: Stats) => T | undefined,
): T | undefined {
  let fd: number | undefined;
  try {
    // Opening a device can do something to it, so the type is looked at before, and again afterwards.
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    fd = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = fstatSync(fd);
    return stat.isFile() && isOwn(stat) ? use(fd, stat) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/**
 * Makes a file that only this user can read, and opens it for writing.
 *
 * @throws an error of the system, also if something is at the path already, even a link
 */
export function openNewFile(file: string): number {
  return openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
}

/** A name beside a file's, for what is written first and then moved there. */
export function temporaryNameOf(file: string): string {
  const random = Math.floor(Math.random() * 2 ** 48).toString(16);
  return `${file}.${random.padStart(12, '0')}`;
}
