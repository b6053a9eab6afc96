import { createWriteStream, realpathSync, renameSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../domain/errors.ts';
import {
  type ConversationFolder,
  conversationAt,
  isFolder,
  isInside,
  lstatOf,
  statOf,
} from '../storage/conversation-folder.ts';

/** Only for its owner's eyes, unless the file is there already: conversations hold what nobody else should see. */
const PRIVATE_MODE = 0o600;

/**
 * Writes a file piece by piece: aside and then renamed, so that there is never half of one; what is no
 * regular file (a pipe, a terminal) is written to as it is.
 *
 * @throws UsageError for a place inside the conversation, where nothing is ever written, and for what can't
 *   be written to
 */
export async function writeOutputFile(
  folder: ConversationFolder,
  path: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  const target = targetOf(path);
  const inside = conversationAround(dirname(target), folder);
  if (inside !== undefined) {
    throw new UsageError(
      `--out ${path}: inside the conversation ${inside}, where nothing is ever written`,
    );
  }
  const stat = statOf(target);
  if (stat && !stat.isFile()) return write(pieces, target, 'w', PRIVATE_MODE);
  if (stat && (stat.mode & ANYONE_WRITES) === 0)
    throw new UsageError(`--out ${path}: not to be written to`);
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const discard = () => rmSync(aside, { force: true });
  process.once('exit', discard); // an interrupt leaves no half file behind
  try {
    await write(pieces, aside, 'wx', modeOf(stat));
    renameSync(aside, target);
  } catch (error) {
    discard();
    throw error;
  } finally {
    process.off('exit', discard);
  }
}

const ANYONE_WRITES = 0o222;

/** The conversation that a real folder lies in, the one that is exported or any other. */
function conversationAround(position: string, { path }: ConversationFolder): string | undefined {
  const own = realpathSync(path);
  if (position === own || isInside(own, position)) return own;
  for (let at = position; ; at = dirname(at)) {
    if (conversationAt(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Where a path leads to, links followed. @throws UsageError where nothing can be written there */
function targetOf(path: string): string {
  const full = resolve(path);
  const stat = statOf(full);
  if (path === '' || path.endsWith('/') || stat?.isDirectory()) {
    throw new UsageError(`--out ${path}: a folder, and a file is to be written`);
  }
  if (!stat && lstatOf(full)) throw new UsageError(`--out ${path}: a link that leads nowhere`);
  // What a process hands over as a file (/dev/fd/63) has no other path.
  if (stat && !stat.isFile()) return full;
  if (stat) return realpathSync(full);
  const parent = dirname(full);
  if (!isFolder(parent)) throw new UsageError(`--out ${path}: there is no folder ${parent}`);
  return join(realpathSync(parent), basename(full));
}

function modeOf(stat: Stats | undefined): number {
  return stat ? stat.mode & 0o777 : PRIVATE_MODE;
}

function write(
  pieces: AsyncIterable<string>,
  path: string,
  flags: 'w' | 'wx',
  mode: number,
): Promise<void> {
  return pipeline(Readable.from(pieces), createWriteStream(path, { flags, mode }));
}
