import {
  closeSync,
  createWriteStream,
  openSync,
  readSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { isFolder, isInside, lstatOf, realPathOf, statOf } from '../storage/paths.ts';
import { withCleanUp } from '../storage/writing/clean-up.ts';
import { replaceFile } from '../storage/writing/replace-file.ts';
import { UsageError } from './usage-error.ts';

/** A new file can be read by its owner alone, because conversations contain private things. */
const PRIVATE_MODE = 0o600;

/**
 * Writes a file piece by piece, so that there is never half a file, and nothing is left of it after an interrupt. A
 * target that is not a regular file (a pipe, a terminal) is written to directly.
 *
 * @param folders the conversations that the output is about
 * @throws UsageError if the target is inside a conversation, where nothing is ever written, or can't be written to
 */
export async function writeOutputFile(
  folders: readonly ConversationFolder[],
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  option = '--out',
): Promise<void> {
  // Loaded only where a file is written.
  const { Readable } = process.getBuiltinModule('node:stream');
  const { pipeline } = process.getBuiltinModule('node:stream/promises');
  const target = outputTarget(folders, path, option);
  const stat = statOf(target);
  if (stat && !stat.isFile())
    return pipeline(
      Readable.from(pieces),
      createWriteStream(target, { flags: 'w', mode: PRIVATE_MODE }),
    );
  if (stat && (stat.mode & ANYONE_WRITES) === 0)
    throw new UsageError(`${option} ${path}: the file is read-only`);
  const mode = modeOf(stat);
  const draft = await openDraft(dirname(target), mode);
  try {
    for await (const piece of pieces) writeFileSync(draft, piece);
    await replaceFile(target, partName, (temporary) =>
      pipeline(chunksOf(draft), createWriteStream(temporary, { flags: 'wx', mode })),
    );
  } finally {
    closeSync(draft);
  }
}

const CHUNK_BYTES = 64 * 1024;

/** The content of an open file, from its beginning. */
function* chunksOf(fd: number): Generator<Buffer> {
  let position = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readSync(fd, buffer, 0, CHUNK_BYTES, position);
    if (count === 0) return;
    yield buffer.subarray(0, count);
    position += count;
  }
}

const partName = (name: string, random: number) => `.${name}.${random}.part`;

/**
 * Opens a file without a name. What it holds is gone when the process ends, however it ends. So making the output,
 * which can take long, needs no handler for interrupts; only the copy that follows needs one.
 */
function openDraft(folder: string, mode: number): Promise<number> {
  const path = join(folder, partName('draft', process.pid));
  const unlink = () => rmSync(path, { force: true });
  return withCleanUp(unlink, async () => {
    const fd = openSync(path, 'wx+', mode);
    unlink();
    return fd;
  });
}

const ANYONE_WRITES = 0o222;

/**
 * The path that a file is written to, links followed.
 *
 * @param folders the conversations that the output is about
 * @param option the option that names the file
 * @throws UsageError if it is inside a conversation, or if no file can be written there
 */
export function outputTarget(
  folders: readonly ConversationFolder[],
  path: string,
  option: string,
): string {
  const target = targetOf(path, option);
  const inside = conversationAround(dirname(target), folders);
  if (inside === undefined) return target;
  throw new UsageError(
    `${option} ${path}: inside the conversation ${inside}, and convoscope never writes into one`,
  );
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
