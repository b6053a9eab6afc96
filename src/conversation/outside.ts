import { createWriteStream, realpathSync, renameSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../model/errors.ts';
import { type Folder, isFolder, isInside, lstatOf, statOf } from './folder.ts';

/** Only for its owner's eyes, unless the file is there already: conversations hold what nobody else should see. */
const PRIVATE = 0o600;

/**
 * Writes a file piece by piece: aside and then renamed, so that there is never half of one; what is no
 * regular file (a pipe, a terminal) is written to as it is.
 *
 * @throws UsageError for a place inside the conversation, where nothing is ever written, and for what can't
 *   be written to
 */
export async function writeOutside(
  folder: Folder,
  path: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  const target = targetOf(path);
  const parent = dirname(target);
  const conversation = realpathSync(folder.path);
  if (parent === conversation || isInside(conversation, parent)) {
    throw new UsageError(`${path}: inside the conversation, where nothing is ever written`);
  }
  const stat = statOf(target);
  if (stat && !stat.isFile()) return write(pieces, target, 'w', PRIVATE);
  const aside = join(parent, `.${basename(target)}.${process.pid}.part`);
  try {
    await write(pieces, aside, 'wx', modeOf(stat));
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** Where a path leads to, links followed. @throws UsageError where nothing can be written there */
function targetOf(path: string): string {
  if (isFolder(path)) throw new UsageError(`${path}: a folder, and a file is to be written`);
  const isThere = statOf(path) !== undefined;
  if (!isThere && lstatOf(path)) throw new UsageError(`${path}: a link that leads nowhere`);
  const parent = dirname(resolve(path));
  if (!isFolder(parent)) throw new UsageError(`${path}: there is no folder ${parent}`);
  // What a process hands over as a file (/dev/fd/63) has no other path.
  const stat = isThere ? statOf(path) : undefined;
  if (stat && !stat.isFile()) return resolve(path);
  return isThere ? realpathSync(path) : join(realpathSync(parent), basename(path));
}

function modeOf(stat: Stats | undefined): number {
  return stat ? stat.mode & 0o777 : PRIVATE;
}

function write(
  pieces: AsyncIterable<string>,
  path: string,
  flags: 'w' | 'wx',
  mode: number,
): Promise<void> {
  return pipeline(Readable.from(pieces), createWriteStream(path, { flags, mode }));
}
