import { existsSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConversationGone } from '../domain/errors.ts';
import { isFault, type ReadOutcome } from '../domain/event.ts';
import { bySlot, type Slot } from '../domain/slot.ts';
import type { EventLog } from '../reading/event-log.ts';
import { conversationAt } from '../storage/conversation-folder.ts';
import { readStatus } from '../storage/conversation-state.ts';
import { looksHalfWritten } from '../storage/in-flight.ts';
import { FolderWatch } from './folder-watch.ts';

/** What following tells: an event or fault that landed, files that went, or how the status stands. */
export type Followed =
  | { readonly outcome: ReadOutcome }
  | { readonly waiting: 'status' }
  | { readonly removed: number }
  | { readonly done: string };

export interface FollowOptions {
  /** End once `execution_status` is one of these. */
  readonly until?: readonly string[];
  /** Look often instead of being told of changes. */
  readonly poll?: boolean;
}

/** A write to the state is followed by last events; this long without one means that was all. In ms. */
const QUIET_MS = 200;

/**
 * Every event that lands after those that `seen` names, once each, in index order. An event that is
 * half-written is waited for: only once a later one stands after it, which the writer begins when it
 * has left the earlier for good, is it told as a fault.
 *
 * @throws ConversationGone when the folder is removed or replaced.
 */
export async function* follow(
  log: EventLog,
  seen: Set<string>,
  options: FollowOptions = {},
): AsyncGenerator<Followed> {
  const { path, events } = log.folder;
  // Watching begins before the first look, so that nothing can land in between.
  let watch = new FolderWatch([path, ...(existsSync(events) ? [events] : [])], options);
  let isWatchingEvents = existsSync(events);
  let folder = log.stat;
  let listed: Stats | undefined;
  let pending: Slot[] = [];
  let stateStamp = '';
  let quietRounds = 0;
  try {
    for (;;) {
      folder = look(path, events, folder);
      if (folder && !isWatchingEvents) {
        conversationAt(path); // refuses a folder that is a link out
        watch.close();
        watch = new FolderWatch([path, events], options);
        isWatchingEvents = true;
      }
      // The names that we are told of are enough, until a quiet moment shows that they were not.
      const names = watch.takeNames();
      const news = names.length > 0 ? log.adopt(names) : undefined;
      if (news) pending = [...pending, ...news.added].sort(bySlot);
      if (news ? news.removed > 0 : mayHaveChanged(listed, folder)) {
        log.refresh();
        listed = folder;
        const removed = forgetRemoved([...log.slots], seen);
        if (removed > 0) {
          log.rebuild();
          yield { removed };
        }
        pending = unseen([...log.slots], seen);
      }
      yield* land(log, pending, seen);

      if (options.until) {
        const stamp = stampOf(join(path, 'base_state.json'));
        const status = stamp === stateStamp ? undefined : readStatus(log.folder);
        if (status !== undefined) stateStamp = stamp;
        // A state that is being written is none for a moment; one that is none for a while is told.
        else if (stateStamp === '' && names.length === 0) {
          if (++quietRounds === 2) yield { waiting: 'status' };
        }
        if (status !== undefined && options.until.includes(status)) {
          yield* lastEvents(log, pending, seen, watch);
          yield { done: status };
          return;
        }
      }
      await watch.next();
    }
  } finally {
    watch.close();
  }
}

/** The events folder as it stands; undefined while there is none yet. */
function look(path: string, events: string, before: Stats | undefined): Stats | undefined {
  const now = statSync(events, { throwIfNoEntry: false });
  const isOther = before !== undefined && now?.ino !== before.ino;
  if (isOther || !existsSync(path)) throw new ConversationGone(path);
  return now;
}

/** Clocks of file systems are coarse, so a folder listed right after a change is not yet trusted. */
const GRAIN_MS = 50;

function mayHaveChanged(before: Stats | undefined, now: Stats | undefined): boolean {
  if (!before || !now) return true;
  return before.mtimeMs !== now.mtimeMs || Date.now() - now.mtimeMs < GRAIN_MS;
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : '';
}

function forgetRemoved(slots: readonly Slot[], seen: Set<string>): number {
  const there = new Set(slots.map(({ name }) => name));
  const gone = [...seen].filter((name) => !there.has(name));
  for (const name of gone) seen.delete(name);
  return gone.length;
}

function unseen(slots: readonly Slot[], seen: ReadonlySet<string>): Slot[] {
  return slots.filter(({ name }) => !seen.has(name));
}

/** What has landed by now of what is pending; it goes from there to what was seen. */
function* land(log: EventLog, pending: Slot[], seen: Set<string>): Generator<Followed> {
  const last = log.slots.at(-1)?.name;
  for (let slot = pending[0]; slot; slot = pending[0]) {
    const outcome = log.readAgain(slot);
    if (slot.name === last && looksHalfWritten(outcome)) return;
    pending.shift();
    if (isFault(outcome) && !existsSync(join(log.folder.events, slot.name))) continue;
    seen.add(slot.name);
    yield { outcome };
  }
}

async function* lastEvents(
  log: EventLog,
  pending: Slot[],
  seen: Set<string>,
  watch: FolderWatch,
): AsyncGenerator<Followed> {
  let landed: number;
  do {
    await watch.next(QUIET_MS);
    log.refresh();
    pending.splice(0, pending.length, ...unseen([...log.slots], seen));
    landed = seen.size;
    yield* land(log, pending, seen);
  } while (seen.size > landed);
  // What is half-written even now was left so.
  for (const slot of pending) yield { outcome: await log.readOne(slot) };
}
