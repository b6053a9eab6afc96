import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { LEASE_FILE, readStateFile } from '../storage/read-state-file.ts';
import type { Zone } from '../time/zone.ts';
import { checkedByNewest, type Judged, judgeRead } from '../verification/judge.ts';
import { judgedInput } from './judged-input.ts';
import { type LogOpener, type OpenedHistory, openHistory } from './open-history.ts';

/** A conversation that was read, and whether the newest SDK can resume it. */
interface JudgedHistory {
  readonly opened: OpenedHistory;
  readonly verdict: Judged;
}

/**
 * Opens a conversation, and judges whether the newest SDK can resume it. Both look at its events in one pass, which
 * keeps as many of them as the memory of the log holds.
 *
 * @throws CoreError if it can't be read
 */
export async function openJudged(
  opener: LogOpener,
  folder: ConversationFolder,
  zone: Zone,
): Promise<JudgedHistory> {
  const checked = checkedByNewest();
  const opened = await openHistory(opener, folder, undefined, {
    isLastPass: false,
    visitor: checked,
  });
  const { log, state, meta } = opened;
  const lease = readStateFile(folder, LEASE_FILE);
  const input = judgedInput(log, { state, meta, lease, idle: {} }, zone);
  return { opened, verdict: judgeRead(input, checked) };
}
