import { closeSync, constants, fstatSync, lstatSync, openSync, rmSync, type Stats } from 'node:fs';
import { withCleanUp } from '../storage/writing/clean-up.ts';
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
function openNewFile(file: string): number {
  return openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
}

/** A name beside a file's, for what is written first and then moved there. */
function temporaryNameOf(file: string): string {
  const random = Math.floor(Math.random() * 2 ** 48).toString(16);
  return `${file}.${random.padStart(12, '0')}`;
}

/**
 * Writes a file beside its place, for `move` to put it there. If `move` leaves it, or the process is interrupted, it is
 * removed.
 *
 * @param move gets the name under which the file was written. It may leave the file
 * @returns what `move` returns
 * @throws an error of the system
 */
export function writeBeside<T>(
  file: string,
  write: (fd: number) => void,
  move: (temporary: string) => T,
): Promise<T> {
  const temporary = temporaryNameOf(file);
  let isMade = false;
  const discard = () => {
    if (isMade) rmSync(temporary, { force: true });
  };
  return withCleanUp(discard, async () => {
    const fd = openNewFile(temporary);
    isMade = true;
    try {
      write(fd);
    } finally {
      closeSync(fd);
    }
    const result = move(temporary);
    discard();
    return result;
  });
}
