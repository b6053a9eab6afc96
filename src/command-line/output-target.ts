import { fstatSync, readlinkSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { isFolder, isInside, lstatOf, realPathOf, statOf } from '../storage/paths.ts';
import { UsageError } from './usage-error.ts';

/** The value of an option that names a file. */
export interface NamedFile {
  readonly path: string;
  /** The option with its value, as the user knows it: `--report junit=out.xml`. */
  readonly named: string;
}

/** Where output is written. */
export interface OutputTarget {
  /** A path, links followed. Two targets with the same path are the same file. */
  readonly path: string;
  /** The open file that is written to in place, such as that which stdout leads to. */
  readonly descriptor: number | undefined;
}

/**
 * Where a file is written.
 *
 * @param folders the conversations that the output is about
 * @throws UsageError if it is inside a conversation, or if no file can be written there
 */
export function outputTarget(
  folders: readonly ConversationFolder[],
  { path, named }: NamedFile,
): OutputTarget {
  const descriptor = descriptorOf(resolve(path));
  if (descriptor !== undefined) {
    const stat = openFile(descriptor);
    if (!stat) throw new UsageError(`${named}: this file descriptor is not open`);
    // A file that was opened for this process is not replaced: others can write to it as well.
    if (stat.isFile()) return { path: `fd:${stat.dev}:${stat.ino}`, descriptor };
  }
  const target = targetOf(path, named);
  const inside = conversationAround(dirname(target), folders);
  if (inside === undefined) return { path: target, descriptor: undefined };
  throw new UsageError(
    `${named}: inside the conversation ${inside}, and convoscope never writes into one`,
  );
}

const STANDARD_STREAMS = new Map([
  ['/dev/stdin', 0],
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);
const DESCRIPTOR = /^\/(?:dev|proc\/(?:self|thread-self|(?<process>\d+)))\/fd\/(?<number>\d{1,9})$/;
const MAX_LINKS = 40;

/** The number of the file descriptor of this process that a path stands for, links followed; undefined if it stands for none. */
function descriptorOf(path: string): number | undefined {
  for (let at = path, links = 0; links < MAX_LINKS; links++) {
    const { process: id, number } = DESCRIPTOR.exec(at)?.groups ?? {};
    if (number !== undefined && (id === undefined || Number(id) === process.pid)) {
      return Number(number);
    }
    const standard = STANDARD_STREAMS.get(at);
    if (standard !== undefined) return standard;
    if (!lstatOf(at)?.isSymbolicLink()) return undefined;
    at = resolve(dirname(at), readlinkSync(at));
  }
  return undefined;
}

function openFile(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBADF') return undefined;
    throw error;
  }
}

/** The conversation that a real folder is in: one that the output is about, or any other. */
function conversationAround(
  folder: string,
  known: readonly ConversationFolder[],
): string | undefined {
  for (const { path } of known) {
    const own = realPathOf(path);
    if (folder === own || isInside(own, folder)) return own;
  }
  for (let at = folder; ; at = dirname(at)) {
    if (conversationAt(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Where a path leads, links followed. @throws UsageError if no file can be written there */
function targetOf(path: string, named: string): string {
  const full = resolve(path);
  const stat = statOf(full);
  if (path.endsWith('/') || stat?.isDirectory()) {
    throw new UsageError(`${named}: is a folder; name a file`);
  }
  if (!stat && lstatOf(full)) throw new UsageError(`${named}: a link to a missing file`);
  // A file that a process hands over (/dev/fd/63) has no other path.
  if (stat && !stat.isFile()) return full;
  if (stat) return realPathOf(full);
  const parent = dirname(full);
  if (!isFolder(parent)) throw new UsageError(`${named}: there is no folder ${parent}`);
  return join(realPathOf(parent), basename(full));
}
