import { dirname, sep } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { isConversationId, isDashedUuid } from '../domain/ids.ts';
import { type Located, locate } from '../locating/locate.ts';
import type { LocateOptions } from '../locating/roots.ts';
import { warnOnce } from '../locating/warn-once.ts';
import { isFolder, statOf } from '../storage/paths.ts';
import { monotonicMs } from '../time/monotonic.ts';

/** How often to look for the conversation. In ms. */
const POLL_MS = 200;
/** Looking must take only a small part of the time: it waits so many times as long as the last look took. */
const WAITS_PER_LOOK = 20;

/**
 * Finds the conversation that an operand names, and waits for it if there is none yet. It waits for: any conversation under
 * the roots, a conversation in a folder that has none, a path whose parent exists, and a whole id. For anything else the
 * operand is more likely mistyped.
 *
 * @param onWait is called once with the reason for waiting
 * @throws CoreError if it makes no sense to wait, or no longer does
 */
export async function awaitConversation(
  operand: string | undefined,
  { warn, ...rest }: LocateOptions,
  onWait: (reason: string) => void,
): Promise<Located> {
  const options = { ...rest, warn: warnOnce(warn) };
  const isRoot = operand !== undefined && isFolder(operand);
  let isWaiting = false;
  for (;;) {
    const start = monotonicMs();
    try {
      return locate(operand, options);
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      // The conversation can also be a folder in the one that was named.
      const inside = isWaiting && isRoot ? latestIn(operand, options) : undefined;
      if (inside) return inside;
      const isGone = isRoot && !isFolder(operand);
      if (isGone || !canCome(operand, error, options)) throw error;
      if (!isWaiting) onWait(error.message);
    }
    isWaiting = true;
    const ms = Math.max(POLL_MS, WAITS_PER_LOOK * (monotonicMs() - start));
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** The latest conversation in a folder; undefined if there is none. */
function latestIn(root: string, options: LocateOptions): Located | undefined {
  if (!isFolder(root)) return undefined;
  try {
    return { folder: locate(undefined, { ...options, roots: [root] }).folder, chosen: true };
  } catch (error) {
    if (error instanceof CoreError) return undefined;
    throw error;
  }
}

/** Whether a conversation that was not found may be created later. */
function canCome(
  operand: string | undefined,
  { code }: CoreError,
  options: LocateOptions,
): boolean {
  if (operand === undefined || operand === '@latest') {
    return code === 'no-such-conversation' || code === 'no-root';
  }
  if (isFolder(operand)) return code === 'not-a-conversation' && !latestIn(operand, options);
  if (statOf(operand)) return false;
  if (operand.includes(sep)) return isFolder(dirname(operand));
  const isWholeId = isConversationId(operand) || isDashedUuid(operand);
  return isWholeId && (code === 'no-such-conversation' || code === 'no-root');
}
