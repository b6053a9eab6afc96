import { type Dirent, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { CoreError } from '../domain/errors.ts';

export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** What is at a path, links followed; undefined if nothing is. @throws CoreError if the system denies access */
export function statOf(path: string): Stats | undefined {
  return lookAt(path, statSync);
}

/** What is at a path, which may be a link; undefined if nothing is. @throws CoreError if the system denies access */
export function lstatOf(path: string): Stats | undefined {
  return lookAt(path, lstatSync);
}

/** Errors that say that nothing can be at such a path. */
const IMPOSSIBLE_PATH = ['ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];

function lookAt(path: string, stat: typeof statSync): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (IMPOSSIBLE_PATH.includes(code)) return undefined;
    throw new CoreError('unreadable-path', `can't access ${path}: ${code}`);
  }
}

/** Entries of a folder; none if there is no such folder. @throws CoreError if it can't be listed */
export function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code = (error as Error).message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new CoreError('unreadable-path', `can't list ${path}: ${code}`);
  }
}

/** Whether one real path lies below another. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
