import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, readlinkSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { SealChanges } from '../model/seal.ts';
import { parseEventName } from '../model/slot.ts';
import { entriesOf, type Folder } from './folder.ts';

/** A file as it was sealed; of a link its target takes the place of its content. */
interface SealedFile {
  /** Relative to the conversation, with forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** What a conversation consisted of when it was sealed. */
export interface Manifest {
  readonly format_version: 1;
  readonly conversation: { readonly id: string };
  /** UTC. */
  readonly sealed_at: string;
  /** By path. */
  readonly files: readonly SealedFile[];
  /** SHA-256 over a line for each file: digest, size and path. */
  readonly digest: string;
}

/** Locks, markers, leases and files that are being written: they come and go while an agent works. */
const PASSING = /^(?:\.eventlog.*|\.owner_lease\.lock|owner_lease\.json|\..*\.tmp)$/;
/** Rewritten in place whenever events are appended. */
const REWRITTEN = new Set(['base_state.json', 'meta.json', 'TASKS.json']);

/**
 * Seals a conversation: the digest of every file in its folder, subagents' included.
 *
 * @param now ms since the epoch
 * @throws UsageError where a file can't be read, or is no file
 */
export function seal(folder: Folder, now: number): Manifest {
  const files = [...filesBelow(folder.path, '')].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    format_version: 1,
    conversation: { id: folder.id },
    sealed_at: new Date(now).toISOString(),
    files,
    digest: digestOf(files),
  };
}

/** Reads a manifest. @throws UsageError where it can't be read, is none, or was itself changed */
export async function readManifest(file: string): Promise<Manifest> {
  const text = Buffer.concat([...chunksOf(file)].map((chunk) => Buffer.from(chunk))).toString();
  return parseManifest(text).catch((error) => {
    throw error instanceof UsageError ? new UsageError(`${file}: ${error.message}`) : error;
  });
}

async function parseManifest(text: string): Promise<Manifest> {
  const { z } = await import('zod');
  const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
  const schema = z.object({
    format_version: z.literal(1),
    conversation: z.looseObject({ id: z.string() }),
    sealed_at: z.string(),
    files: z.array(z.object({ path: z.string(), size: z.int(), sha256 })),
    digest: sha256,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError('the manifest is not JSON');
    throw error;
  }
  const { data } = schema.safeParse(value);
  if (!data) throw new UsageError('not a manifest of convoscope seal');
  if (digestOf(data.files) !== data.digest) throw new UsageError('the manifest itself was changed');
  return data;
}

/** What became of a sealed conversation. @throws UsageError as `seal` */
export function compare(folder: Folder, manifest: Manifest): SealChanges {
  const now = new Map(seal(folder, 0).files.map((file) => [file.path, file]));
  const before = new Map(manifest.files.map((file) => [file.path, file]));
  const last = lastIndices(manifest.files);
  const isAppended = (path: string) => {
    const event = parseEventName(basename(path));
    return event !== undefined && event.index > (last.get(dirname(path)) ?? -1);
  };
  const added = [...now.keys()].filter((path) => !before.has(path));
  const appended = added.filter(isAppended);
  const grew = appended.length > 0;
  // While events are appended, the state is rewritten, and outputs are put beside them.
  const isGrowth = (path: string) =>
    grew && (REWRITTEN.has(basename(path)) || !parseEventName(basename(path)));
  const changed = [...before.values()].filter(
    ({ path, sha256 }) => now.has(path) && now.get(path)?.sha256 !== sha256,
  );
  return {
    modified: changed
      .map(({ path }) => path)
      .filter((path) => !(grew && REWRITTEN.has(basename(path)))),
    missing: [...before.keys()].filter((path) => !now.has(path)),
    inserted: added.filter((path) => !isAppended(path) && !isGrowth(path)),
    appended,
  };
}

/** Highest index of the events in each folder. */
function lastIndices(files: readonly SealedFile[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { path } of files) {
    const event = parseEventName(basename(path));
    if (event) last.set(dirname(path), Math.max(event.index, last.get(dirname(path)) ?? -1));
  }
  return last;
}

function digestOf(files: readonly SealedFile[]): string {
  const hash = createHash('sha256');
  for (const { sha256, size, path } of files) hash.update(`${sha256} ${size} ${path}\n`);
  return hash.digest('hex');
}

function* filesBelow(root: string, below: string): Generator<SealedFile> {
  for (const entry of entriesOf(join(root, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (PASSING.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isSymbolicLink())
      yield sealed(path, [Buffer.from(readlinkSync(join(root, path)))]);
    else if (entry.isFile()) yield sealed(path, chunksOf(join(root, path)));
    else throw new UsageError(`can't seal ${join(root, path)}: not a file`);
  }
}

function sealed(path: string, chunks: Iterable<Buffer>): SealedFile {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { path, size, sha256: hash.digest('hex') };
}

const CHUNK = 1024 * 1024;

function* chunksOf(path: string): Generator<Buffer> {
  let fd: number | undefined;
  try {
    fd = openSync(
      path,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    );
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let count = readSync(fd, buffer); count > 0; count = readSync(fd, buffer)) {
      yield buffer.subarray(0, count);
    }
  } catch (error) {
    throw new UsageError(`can't read ${path}: ${(error as NodeJS.ErrnoException).code ?? error}`);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
