import type { FolderStamp } from '../storage/event-storage.ts';
import type { FileStamp } from '../storage/read-file.ts';
import type { TrustAges } from './trust-ages.ts';

/*
 * The rules for when a kept index may be trusted.
 *
 * - A stamp holds the time of modification and the time of status change. Any program can set the first: `cp -a`, tar
 *   and rsync do. The second is set by the system alone, whenever a file or folder changes in any way. So both are
 *   compared, and only the second says how old a change is.
 * - While the events folder has the same stamp as when it was listed, no file came, went or was replaced. Its entries
 *   are used without looking at their files.
 * - Files that were young when they were read are an exception, because their writer may not have been done. Their
 *   stamps are compared.
 * - Once the folder has changed, every file is compared.
 * - A stamp that was young when the index was opened is not kept: the file or folder could change again within the same
 *   tick of the file system's clock, and have the same stamp afterwards.
 */

/** How far an entry can be trusted. Ordered: a higher number is trusted more. */
export const ENTRY_TRUST = {
  /** There is no entry. */
  unknown: 0,
  /** From an earlier run. It holds if the file still has the same stamp. */
  doubtful: 1,
  /** From an earlier run, and the folder has not changed since. */
  trusted: 2,
  /** The file was looked at in this run. */
  checked: 3,
} as const;

export function isSameFolder(a: FolderStamp, b: FolderStamp): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/**
 * The stamp under which a listing can be kept; undefined if the stamp does not prove that the listing is complete.
 *
 * @param before the folder before it was listed, after the folder after that
 * @param openedAt when this run opened the index, in ms since the epoch
 */
export function stampToKeep(
  before: FolderStamp | undefined,
  after: FolderStamp | undefined,
  openedAt: number,
  { clockGrainMs }: TrustAges,
): FolderStamp | undefined {
  if (!before || !after || !isSameFolder(before, after)) return undefined;
  const { dev, ino, mtimeMs, ctimeMs } = before;
  return openedAt - ctimeMs > clockGrainMs ? { dev, ino, mtimeMs, ctimeMs } : undefined;
}

/**
 * How far the next run can trust an entry that this run made or checked.
 *
 * @param file what the file was when it was read; its time is NaN if that is not known
 * @param openedAt when this run opened the index, in ms since the epoch
 */
export function trustToKeep(
  { ctimeMs }: Pick<FileStamp, 'ctimeMs'>,
  openedAt: number,
  { clockGrainMs, writerDoneAfterMs }: TrustAges,
): number {
  const age = openedAt - ctimeMs;
  // Also for an age that is not a number: the file was read without looking at its time.
  if (!(age > clockGrainMs)) return ENTRY_TRUST.unknown;
  return age > writerDoneAfterMs ? ENTRY_TRUST.trusted : ENTRY_TRUST.doubtful;
}
