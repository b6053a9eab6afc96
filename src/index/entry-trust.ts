import type { FolderStamp } from '../storage/event-storage.ts';
import { YOUNG_MS } from '../storage/file-age.ts';
import type { FileStamp } from '../storage/read-file.ts';

/*
 * The rules for when a kept index may be trusted.
 *
 * - While the events folder has the same inode and time of change as when it was listed, no file came, went or was
 *   replaced. Its entries are used without looking at their files.
 * - Files that were young when they were read are an exception, because their writer may not have been done. They are
 *   compared by size and time of change.
 * - Once the folder has changed, every file is compared.
 * - Files whose time of change could not show another write are not kept at all.
 */

/** How far an entry can be trusted. Ordered: a higher number is trusted more. */
export const ENTRY_TRUST = {
  /** There is no entry. */
  unknown: 0,
  /** From an earlier run. It holds if the file still has the same size and time of change. */
  doubtful: 1,
  /** From an earlier run, and the folder has not changed since. */
  trusted: 2,
  /** The file was looked at in this run. */
  checked: 3,
} as const;

/**
 * A file or folder can change again without a new time of change for this long, because the clocks of file systems
 * are coarse: up to 2 s. In ms.
 */
const CLOCK_GRAIN_MS = 2_000;

export function isSameFolder(stamp: FolderStamp, { ino, mtimeMs }: FolderStamp): boolean {
  return stamp.ino === ino && stamp.mtimeMs === mtimeMs;
}

/**
 * The stamp under which a listing can be kept; undefined if the folder's time of change does not prove that it is complete.
 *
 * @param before the folder before it was listed, after the folder after that
 * @param now ms since the epoch
 */
export function stampToKeep(
  before: FolderStamp | undefined,
  after: FolderStamp | undefined,
  now: number,
): FolderStamp | undefined {
  if (!before || !after || !isSameFolder(before, after)) return undefined;
  const { ino, mtimeMs } = before;
  return now - mtimeMs > CLOCK_GRAIN_MS ? { ino, mtimeMs } : undefined;
}

/**
 * How far the next run can trust an entry that this run made or checked.
 *
 * @param file what the file was when it was read; its time is NaN if that is not known
 * @param openedAt when this run opened the index, in ms since the epoch
 */
export function trustToKeep({ mtimeMs }: Pick<FileStamp, 'mtimeMs'>, openedAt: number): number {
  const age = openedAt - mtimeMs;
  // Also for an age that is not a number: the file was read without looking at its time.
  if (!(age > CLOCK_GRAIN_MS)) return ENTRY_TRUST.unknown;
  return age > YOUNG_MS ? ENTRY_TRUST.trusted : ENTRY_TRUST.doubtful;
}
