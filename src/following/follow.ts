import { existsSync, statSync } from 'node:fs';
import { ConversationGone } from '../domain/errors.ts';
import type { ReadOutcome } from '../domain/event.ts';
import type { Fact } from '../domain/facts/facts.ts';
import { bySlot, type Slot } from '../domain/slot.ts';
import type { LiveLog } from '../reading/live-log.ts';
import { conversationAt } from '../storage/conversation-folder.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import { EndWatch } from './end-watch.ts';
import { FolderWatch } from './folder-watch.ts';
import { forgetRemoved, landed, mayHaveChanged, unseen } from './landed.ts';
import { StatusWatch } from './status-watch.ts';

/** Something that happened to a conversation that is being followed. */
export type Followed =
  /** An event was written, or a file that can't be read. */
  | { readonly kind: 'outcome'; readonly outcome: ReadOutcome }
  /** There is no execution_status yet. Reported once. */
  | { readonly kind: 'no-status' }
  | { readonly kind: 'removed'; readonly files: number }
  /** `execution_status` has become one of those that `ends` names. More can follow. */
  | { readonly kind: 'ended'; readonly status: Fact<string> }
  /** `execution_status` is one of those that `until` names: nothing follows. */
  | { readonly kind: 'done'; readonly status: Fact<string> };

export interface FollowOptions {
  /** The events folder when the conversation was opened; undefined if it did not exist. */
  readonly stamp: FolderStamp | undefined;
  /** End once `execution_status` is one of these. */
  readonly until?: readonly string[];
  /** Report when `execution_status` becomes one of these, and go on. */
  readonly ends?: readonly string[];
  /** Look often instead of waiting to be notified of changes. */
  readonly poll?: boolean;
}

/** The last events follow the write of the state. After this long without one, there are no more. In ms. */
const QUIET_MS = 200;

/**
 * Yields every event that is written after those that `seen` names, once each, in index order. It waits until a
 * half-written event is complete. It yields a fault only once a later event exists, because the writer has then finished
 * or abandoned the earlier one.
 *
 * @param seen names of event files that were shown already. Those that are written are added
 * @throws ConversationGone when the folder is removed or replaced
 */
export async function* follow(
  log: LiveLog,
  seen: Set<string>,
  options: FollowOptions,
): AsyncGenerator<Followed> {
  const { path, events } = log.folder;
  // Watching begins before the first look, so that no event can be missed in between.
  let watch = new FolderWatch([path, ...(existsSync(events) ? [events] : [])], options);
  let isWatchingEvents = existsSync(events);
  let folder = options.stamp;
  let listed: FolderStamp | undefined;
  let pending: Slot[] = [];
  const status = new StatusWatch(log);
  const ending = new EndWatch(options.ends ?? []);
  const watchesStatus = options.until !== undefined || options.ends !== undefined;
  try {
    for (;;) {
      folder = folderNow(path, events, folder);
      if (folder && !isWatchingEvents) {
        conversationAt(path); // refuses a folder that is a link out
        watch.close();
        watch = new FolderWatch([path, events], options);
        isWatchingEvents = true;
      }
      // The names in the notifications are enough, until a quiet moment shows that they were not.
      const names = watch.takeNames();
      const changes = names.length > 0 ? log.update(names) : undefined;
      if (changes) pending = [...pending, ...changes.added].sort(bySlot);
      if (changes ? changes.removed > 0 : mayHaveChanged(listed, folder)) {
        log.refresh();
        listed = folder;
        const files = forgetRemoved([...log.slots], seen);
        if (files > 0) yield { kind: 'removed', files };
        pending = unseen([...log.slots], seen);
      }
      let isQuiet = names.length === 0;
      for (const outcome of landed(log, pending, seen)) {
        isQuiet = false;
        if (watchesStatus) status.note(outcome);
        ending.note(outcome);
        yield { kind: 'outcome', outcome };
      }
      const ended = isQuiet ? ending.take() : undefined;
      if (ended) yield { kind: 'ended', status: ended };
      const now = watchesStatus ? status.look(names.length === 0) : undefined;
      if (now === 'no-status') {
        if (options.until) yield { kind: 'no-status' };
      } else if (now !== undefined && options.until?.includes(now.value)) {
        yield* lastEvents(log, seen, watch);
        yield { kind: 'done', status: now };
        return;
      } else if (now !== undefined) ending.look(now);
      await (ending.isWaiting ? watch.next(QUIET_MS) : watch.next());
    }
  } finally {
    watch.close();
  }
}

/** The events folder as it is now; undefined while it does not exist. @throws ConversationGone if it was replaced */
function folderNow(
  path: string,
  events: string,
  before: FolderStamp | undefined,
): FolderStamp | undefined {
  const now = statSync(events, { throwIfNoEntry: false });
  const isOther = before !== undefined && now?.ino !== before.ino;
  if (isOther || !existsSync(path)) throw new ConversationGone(path);
  return now;
}

/** Yields the events that are still written after the status has said that the work is done. */
async function* lastEvents(
  log: LiveLog,
  seen: Set<string>,
  watch: FolderWatch,
): AsyncGenerator<Followed> {
  let before: number;
  let pending: Slot[];
  do {
    await watch.next(QUIET_MS);
    log.refresh();
    pending = unseen([...log.slots], seen);
    before = seen.size;
    for (const outcome of landed(log, pending, seen)) yield { kind: 'outcome', outcome };
  } while (seen.size > before);
  // What is still half-written now was left that way.
  for (const slot of pending) yield { kind: 'outcome', outcome: await log.readSettled(slot) };
}
