import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
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

/**
 * Entries of a folder whose names can be used; none if there is no such folder.
 *
 * @param unusable is called with each entry whose name is not valid UTF-8, so that no path leads to it. Its bytes are
 *   written out, as in `Gespr\\xe4ch`
 * @throws CoreError if the folder can't be listed
 */
export function entriesOf(
  path: string,
  unusable: (
    shownName: string,
    type: Pick<Dirent<Buffer>, 'isDirectory' | 'isSymbolicLink'>,
  ) => void = () => {},
): Dirent[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    if (!entries.some(({ name }) => name.includes(REPLACEMENT))) return entries;
    // Seldom: such a name can also contain U+FFFD itself.
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const usable: Dirent[] = [];
    for (const entry of readdirSync(path, { withFileTypes: true, encoding: 'buffer' })) {
      const usableEntry = isUtf8(entry.name) ? byName.get(entry.name.toString()) : undefined;
      if (usableEntry) usable.push(usableEntry);
      else unusable(showBytes(entry.name), entry);
    }
    return usable;
  } catch (error) {
    const { code = (error as Error).message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new CoreError('unreadable-path', `can't list ${path}: ${code}`);
  }
}

/** What bytes that are not valid UTF-8 are decoded to. */
const REPLACEMENT = '\ufffd';
const MAX_UTF8_BYTES = 4;

/** Text of a name, in which bytes that are not valid UTF-8 are written out. */
function showBytes(name: Buffer): string {
  let text = '';
  for (let at = 0; at < name.length; ) {
    let length = 1;
    while (length < MAX_UTF8_BYTES && !isUtf8(name.subarray(at, at + length))) length++;
    const character = name.subarray(at, at + length);
    if (isUtf8(character)) text += character.toString();
    else text += `\\x${name.toString('hex', at, at + 1)}`;
    at += isUtf8(character) ? character.length : 1;
  }
  return text;
}

/**
 * A path without links. One that is not valid UTF-8 gets a text that stands for its bytes, to be compared with others of
 * this function. It begins with NUL, and no file can be opened by it.
 *
 * @throws an error of the system if nothing is there
 */
export function realPathOf(path: string): string {
  const bytes = realpathSync.native(path, 'buffer');
  return isUtf8(bytes) ? bytes.toString() : `\0${bytes.toString('latin1')}`;
}

/** Whether a path of `realPathOf` leads to its file. */
export function isOpenable(realPath: string): boolean {
  return !realPath.startsWith('\0');
}

/** Whether one real path lies below another. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
