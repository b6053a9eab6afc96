import {
  closeSync,
  createWriteStream,
  openSync,
  readSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { statOf } from '../storage/paths.ts';
import { withCleanUp } from '../storage/writing/clean-up.ts';
import { replaceFile } from '../storage/writing/replace-file.ts';
import { type NamedFile, type OutputTarget, outputTarget } from './output-target.ts';
import { UsageError } from './usage-error.ts';

/** A new file can be read by its owner alone, because conversations contain private things. */
const PRIVATE_MODE = 0o600;

/**
 * Writes a file piece by piece, so that there is never half a file, and nothing is left of it after an interrupt. A
 * target that is not a regular file (a pipe, a terminal), or that is open already (/dev/stdout), is written to directly.
 *
 * @param folders the conversations that the output is about
 * @throws UsageError if the target is inside a conversation, where nothing is ever written, or can't be written to.
 *   What `pieces` throws is passed on
 */
export async function writeOutputFile(
  folders: readonly ConversationFolder[],
  file: NamedFile,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const target = outputTarget(folders, file);
  let failure: unknown;
  const watched = async function* () {
    try {
      yield* pieces;
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    await writeTo(target, watched(), file.named);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (error === failure || syscall === undefined) throw error;
    throw new UsageError(`${file.named}: can't be written (${code})`);
  }
}

async function writeTo(
  { path, descriptor }: OutputTarget,
  pieces: AsyncIterable<string>,
  named: string,
): Promise<void> {
  if (descriptor !== undefined) {
    for await (const piece of pieces) writeFileSync(descriptor, piece);
    return;
  }
  // Loaded only where a file is written.
  const { Readable } = process.getBuiltinModule('node:stream');
  const { pipeline } = process.getBuiltinModule('node:stream/promises');
  const stat = statOf(path);
  if (stat && !stat.isFile())
    return pipeline(
      Readable.from(pieces),
      createWriteStream(path, { flags: 'w', mode: PRIVATE_MODE }),
    );
  if (stat && (stat.mode & ANYONE_WRITES) === 0)
    throw new UsageError(`${named}: the file is read-only`);
  const mode = modeOf(stat);
  const draft = await openDraft(dirname(path), mode);
  try {
    for await (const piece of pieces) writeFileSync(draft, piece);
    await replaceFile(path, partName, (temporary) =>
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

function modeOf(stat: Stats | undefined): number {
  return stat ? stat.mode & 0o777 : PRIVATE_MODE;
}
