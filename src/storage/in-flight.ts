import { join } from 'node:path';
import type { Fault, ReadOutcome } from '../domain/event.ts';
import { isFault } from '../domain/event.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { hasLiveLease } from './conversation-state.ts';
import { isYoung } from './file-age.ts';
import { statOf } from './paths.ts';

/** Whether an outcome is what a file gives while it is being written. */
export function looksHalfWritten(outcome: ReadOutcome): outcome is Fault {
  return isFault(outcome) && (outcome.code === 'empty-file' || outcome.code === 'truncated-json');
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
): boolean {
  const stat = newest === undefined ? undefined : statOf(join(folder.events, newest));
  return (stat !== undefined && isYoung(stat.mtimeMs, now)) || hasLiveLease(folder, now);
}
