import { lastActivity } from '../domain/clock/last-activity.ts';
import { CoreError } from '../domain/errors.ts';
import { isFault } from '../domain/event.ts';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { decodeEvent } from '../storage/decode-event.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import { entriesOf } from '../storage/paths.ts';
import { META_FILE, readStateFile } from '../storage/read-state-file.ts';
import { pluralize } from '../text/wording.ts';
import type { Timestamp } from '../time/timestamp.ts';
import { conversationsUnder, findRoots, type LocateOptions } from './roots.ts';

/**
 * What `@latest` means, and no name at all: the current folder if it is a conversation, else the conversation under the
 * roots whose newest event is the latest. It is the first one that `ls` lists. One event of each is read.
 *
 * @throws CoreError if there is none
 */
export function latestConversation(options: LocateOptions): ConversationFolder {
  const here = conversationAt('.');
  if (here) return here;
  const roots = findRoots(options);
  let newest: ConversationFolder | undefined;
  let newestTime = Number.NEGATIVE_INFINITY;
  for (const folder of conversationsUnder(roots, options.warn)) {
    const time = activityOf(folder, options) ?? 0;
    const isLater = time === newestTime && newest ? folder.id < newest.id : time > newestTime;
    if (isLater) [newest, newestTime] = [folder, time];
  }
  if (newest) return newest;
  const looked = roots.map(({ path }) => `${path} (${contentsOf(path)})`).join(', ');
  throw new CoreError('no-such-conversation', `no conversation under ${looked}`);
}

/** When a conversation was last active, in µs since the epoch. One that can't be read is reported to `warn`. */
function activityOf(
  folder: ConversationFolder,
  { zone, warn }: Pick<LocateOptions, 'zone' | 'warn'>,
): number | undefined {
  try {
    return lastActivity(stampsBack(folder), () => readStateFile(folder, META_FILE), zone);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    warn(error.message);
    return undefined;
  }
}

/** Timestamps of a conversation's events, the newest first. @throws CoreError if they can't be listed */
function* stampsBack(folder: ConversationFolder): Generator<Timestamp | undefined> {
  const storage = new FolderStorage(folder);
  const slots = storage.list();
  for (let position = slots.length - 1; position >= 0; position--) {
    const slot = slots.at(position);
    const file = slot && storage.readBlocking(slot, false);
    if (!slot || file?.kind !== 'content') {
      yield undefined;
      continue;
    }
    const outcome = decodeEvent(slot, file.bytes);
    yield isFault(outcome) ? undefined : outcome.entry.stamp;
  }
}

/** What is in a folder that has no conversation, in words. */
export function contentsOf(path: string): string {
  const { length } = entriesOf(path);
  return length === 0 ? 'an empty folder' : pluralize(length, 'other entry', 'other entries');
}
