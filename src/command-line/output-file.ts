import { createWriteStream, renameSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { isFolder, isInside, lstatOf, realPathOf, statOf } from '../storage/paths.ts';
import { UsageError } from './usage-error.ts';

/** A new file can be read by its owner alone, because conversations contain private things. */
const PRIVATE_MODE = 0o600;

/**
 * Writes a file piece by piece. A temporary file is written and then renamed, so that there is never half a file. A
 * target that is not a regular file (a pipe, a terminal) is written to directly.
 *
 * @throws UsageError if the target is inside a conversation, where nothing is ever written, or can't be written to
 */
export async function writeOutputFile(
  folder: ConversationFolder,
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  option = '--out',
): Promise<void> {
  const target = outputTarget(folder, path, option);
  const stat = statOf(target);
  if (stat && !stat.isFile()) return write(pieces, target, 'w', PRIVATE_MODE);
  if (stat && (stat.mode & ANYONE_WRITES) === 0)
    throw new UsageError(`${option} ${path}: the file is read-only`);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const discard = () => rmSync(temporary, { force: true });
  process.once('exit', discard); // an interrupt leaves no half-written file behind
  try {
    await write(pieces, temporary, 'wx', modeOf(stat));
    renameSync(temporary, target);
  } catch (error) {
    discard();
    throw error;
  } finally {
    process.off('exit', discard);
  }
}

const ANYONE_WRITES = 0o222;

/**
 * The path that a file is written to, links followed.
 *
 * @param option the option that names the file
 * @throws UsageError if it is inside a conversation, or if no file can be written there
 */
export function outputTarget(folder: ConversationFolder, path: string, option: string): string {
  const target = targetOf(path, option);
  const inside = conversationAround(dirname(target), folder);
  if (inside === undefined) return target;
  throw new UsageError(
    `${option} ${path}: inside the conversation ${inside}, and convoscope never writes into one`,
  );
}

/** The conversation that a real folder is in: the exported one, or any other. */
function conversationAround(folder: string, exported: ConversationFolder): string | undefined {
  const own = realPathOf(exported.path);
  if (folder === own || isInside(own, folder)) return own;
  for (let at = folder; ; at = dirname(at)) {
    if (conversationAt(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Where a path leads, links followed. @throws UsageError if no file can be written there */
function targetOf(path: string, option: string): string {
  const full = resolve(path);
  const stat = statOf(full);
  if (path === '' || path.endsWith('/') || stat?.isDirectory()) {
    throw new UsageError(`${option} ${path}: is a folder; name a file`);
  }
  if (!stat && lstatOf(full)) throw new UsageError(`${option} ${path}: a link to a missing file`);
  // A file that a process hands over (/dev/fd/63) has no other path.
  if (stat && !stat.isFile()) return full;
  if (stat) return realPathOf(full);
  const parent = dirname(full);
  if (!isFolder(parent)) throw new UsageError(`${option} ${path}: there is no folder ${parent}`);
  return join(realPathOf(parent), basename(full));
}

function modeOf(stat: Stats | undefined): number {
  return stat ? stat.mode & 0o777 : PRIVATE_MODE;
}

function write(
  pieces: AsyncIterable<string> | Iterable<string>,
  path: string,
  flags: 'w' | 'wx',
  mode: number,
): Promise<void> {
  return pipeline(Readable.from(pieces), createWriteStream(path, { flags, mode }));
}
