import { join } from 'node:path';
import type { Fault, ReadOutcome } from '../domain/event.ts';
import { isFault } from '../domain/event.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { hasLiveLease } from './conversation-state.ts';
import { isYoung } from './file-age.ts';
import { statOf } from './paths.ts';
import type { FileStamp } from './read-file.ts';

/** Whether an outcome is what a file gives while it is being written. */
export function looksHalfWritten(outcome: ReadOutcome): outcome is Fault {
  return isFault(outcome) && (outcome.code === 'empty-file' || outcome.code === 'truncated-json');
}

/** How it is judged whether somebody is writing to a conversation. */
export interface IdleOptions {
  /** Assumes that nobody is writing: a half-written newest file is damaged. */
  readonly assumeIdle?: boolean;
  /**
   * Judges files at rest: a young file alone does not mean that anybody is writing, because a checkout makes every file
   * young. A live lease does, and a file that changes while it is looked at.
   */
  readonly atRest?: boolean;
}

/**
 * Whether somebody seems to be writing to a conversation: its newest event file is young, or a live lease says that
 * a server owns it. The SDK wrote events in place up to 1.43, and it takes no lock that readers could see.
 *
 * @param newest name of the newest event file
 * @param now ms since the epoch
 */
export function isLive(
  folder: ConversationFolder,
  newest: string | undefined,
  now: number,
  { assumeIdle = false, atRest = false }: IdleOptions = {},
): boolean {
  if (assumeIdle) return false;
  return (!atRest && isYoungEvent(folder, newest, now)) || hasLiveLease(folder, now);
}

/** Whether a file was written to or replaced between two looks at it. */
export function hasChanged(before: FileStamp | undefined, after: FileStamp | undefined): boolean {
  return (
    before?.ino !== after?.ino || before?.size !== after?.size || before?.mtimeMs !== after?.mtimeMs
  );
}

/** Whether an event file was written to just now. @param now ms since the epoch */
export function isYoungEvent(
  folder: ConversationFolder,
  name: string | undefined,
  now: number,
): boolean {
  const stat = name === undefined ? undefined : statOf(join(folder.events, name));
  return stat !== undefined && isYoung(stat.mtimeMs, now);
}
