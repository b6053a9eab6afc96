import { createWriteStream, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../model/errors.ts';
import { type Folder, isFolder, isInside } from './folder.ts';

/**
 * Writes a file piece by piece, aside and then renamed, so that there is never half of one.
 *
 * @throws UsageError for a place inside the conversation, where nothing is ever written, and where it can't
 *   be written
 */
export async function writeOutside(
  folder: Folder,
  path: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  const parent = dirname(resolve(path));
  if (isFolder(path)) throw new UsageError(`${path}: a folder, and a file is to be written`);
  if (!isFolder(parent)) throw new UsageError(`${path}: there is no folder ${parent}`);
  const [real, conversation] = [realpathSync(parent), realpathSync(folder.path)];
  if (real === conversation || isInside(conversation, real)) {
    throw new UsageError(`${path}: inside the conversation, where nothing is ever written`);
  }
  const aside = join(real, `.${basename(path)}.${process.pid}.part`);
  try {
    await pipeline(Readable.from(pieces), createWriteStream(aside, { flags: 'wx' }));
    renameSync(aside, join(real, basename(path)));
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
