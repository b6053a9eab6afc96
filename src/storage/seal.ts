import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { EVENT_FILE_STEM } from '../domain/event-file-name.ts';
import type { Manifest, SealedFile } from '../domain/seal-manifest.ts';
import { heapCostOf } from '../text/json-cost.ts';
import { formatInstant } from '../time/instant.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { entriesOf, statOf } from './paths.ts';

/** Files that come and go while an agent works, and are not sealed: locks, markers, the lease, unfinished files. */
const UNSEALED_PATHS = [
  /^(?:.*\/)?events\/\.eventlog(?:\.lock|-len-\d+\.marker)$/,
  /^(?:.*\/)?(?:\.owner_lease\.lock|owner_lease\.json)$/,
  new RegExp(
    String.raw`^(?:.*/)?\.(?:${EVENT_FILE_STEM}|base_state|meta|owner_lease)\.json\.[^/]*\.tmp$`,
  ),
];
/** A larger file is not a manifest. In bytes. */
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;
/** Memory that a manifest of this size takes once it is parsed. In bytes, estimated. */
const MAX_MANIFEST_HEAP_BYTES = 1024 * 1024 * 1024;

/**
 * Seals a conversation: the digest of every file in its folder, subagents' included.
 *
 * @param now ms since the epoch
 * @throws CoreError if something can't be read, or is not a file
 */
export function seal(folder: ConversationFolder, now: number): Manifest {
  const files = sealedFiles(folder);
  const bad = files.find(({ type, sha256 }) => type === 'other' || sha256 === '');
  if (bad)
    throw new CoreError(
      'cannot-seal',
      `can't seal ${join(folder.path, bad.path)}: it can't be read, or is not a file`,
    );
  return {
    format_version: 1,
    conversation: { id: folder.id },
    sealed_at: formatInstant(now * 1000),
    files,
    digest: digestOf(files),
  };
}

/** Reads a manifest. @throws CoreError if it can't be read, is not a manifest, or was itself changed */
export async function readManifest(file: string): Promise<Manifest> {
  const stat = statOf(file);
  if (!stat?.isFile() && !stat?.isFIFO())
    throw new CoreError('invalid-manifest', `${file}: not a regular file, so not a manifest`);
  if (stat.size > MAX_MANIFEST_BYTES)
    throw new CoreError('invalid-manifest', `${file}: too large to be a manifest`);
  try {
    return await parseManifest(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = error instanceof CoreError ? message : code;
    if (why === undefined) throw error;
    throw new CoreError('invalid-manifest', `${file}: ${why}`);
  }
}

async function parseManifest(bytes: Buffer): Promise<Manifest> {
  if (heapCostOf(bytes, MAX_MANIFEST_HEAP_BYTES) > MAX_MANIFEST_HEAP_BYTES)
    throw new CoreError('invalid-manifest', 'too complex to be a manifest');
  const { z } = await import('zod');
  const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
  const schema = z.object({
    format_version: z.literal(1),
    conversation: z.looseObject({ id: z.string() }),
    sealed_at: z.string(),
    files: z.array(
      z.object({ path: z.string(), type: z.enum(['file', 'link']), size: z.int(), sha256 }),
    ),
    digest: sha256,
  });
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CoreError('invalid-manifest', 'the manifest is not JSON');
    throw error;
  }
  const { data } = schema.safeParse(value);
  if (!data) throw new CoreError('invalid-manifest', 'not a manifest that convoscope seal wrote');
  if (digestOf(data.files) !== data.digest)
    throw new CoreError('invalid-manifest', 'the manifest itself was changed');
  return data;
}

/**
 * Every file of a conversation as it is now, sorted by path. A file that can't be read has an empty digest.
 *
 * @throws CoreError if a folder can't be listed
 */
export function sealedFiles(folder: ConversationFolder): SealedFile[] {
  return [...filesBelow(folder.path, '')].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function digestOf(files: readonly SealedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, type, size, sha256 } of files) {
    hash.update(`${JSON.stringify([path, type, size, sha256])}\n`);
  }
  return hash.digest('hex');
}

function* filesBelow(root: string, below: string): Generator<SealedFile> {
  const unusable: string[] = [];
  const pathOf = (name: string) => (below === '' ? name : `${below}/${name}`);
  for (const entry of entriesOf(join(root, below), (name) => unusable.push(name))) {
    const path = pathOf(entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isSymbolicLink()) {
      const target = readlinkSync(join(root, path), 'buffer');
      yield { path, type: 'link', ...digested([target]) };
    } else if (!entry.isFile()) yield { path, type: 'other', size: 0, sha256: '' };
    else if (!UNSEALED_PATHS.some((pattern) => pattern.test(path))) {
      yield { path, type: 'file', ...contentOf(join(root, path)) };
    }
  }
  for (const name of unusable) yield { path: pathOf(name), type: 'other', size: 0, sha256: '' };
}

function digested(chunks: Iterable<Buffer>): Pick<SealedFile, 'size' | 'sha256'> {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Size and digest of a file. The digest is empty if it can't be read. */
function contentOf(path: string): Pick<SealedFile, 'size' | 'sha256'> {
  try {
    return digested(chunksOf(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { size: 0, sha256: '' };
  }
}

const CHUNK_BYTES = 1024 * 1024;

function* chunksOf(path: string): Generator<Buffer> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const fd = openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let count = readSync(fd, buffer); count > 0; count = readSync(fd, buffer)) {
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(fd);
  }
}
