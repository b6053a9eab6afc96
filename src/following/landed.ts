import { isFault, type ReadOutcome } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { LiveLog } from '../reading/live-log.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import { looksHalfWritten } from '../storage/in-flight.ts';

/* Which events have been written since the last look. */

/** File system clocks are coarse, so a listing made right after a change is not trusted yet. In ms. */
const CLOCK_GRAIN_MS = 50;

/** Whether files may have come or gone since the folder had a stamp. */
export function mayHaveChanged(
  before: FolderStamp | undefined,
  now: FolderStamp | undefined,
): boolean {
  if (!before || !now) return true;
  // Any program can set the modification time. The time of status change is set by the system alone.
  const isSame = before.mtimeMs === now.mtimeMs && before.ctimeMs === now.ctimeMs;
  return !isSame || Date.now() - now.ctimeMs < CLOCK_GRAIN_MS;
}

/** Takes the names of files that are gone out of `seen`. @returns how many */
export function forgetRemoved(slots: readonly Slot[], seen: Set<string>): number {
  const there = new Set(slots.map(({ name }) => name));
  const gone = [...seen].filter((name) => !there.has(name));
  for (const name of gone) seen.delete(name);
  return gone.length;
}

/** The events that were not shown yet. */
export function unseen(slots: readonly Slot[], seen: ReadonlySet<string>): Slot[] {
  return slots.filter(({ name }) => !seen.has(name));
}

/** Yields the pending events that are complete by now, and moves them from `pending` to `seen`. */
export function* landed(log: LiveLog, pending: Slot[], seen: Set<string>): Generator<ReadOutcome> {
  const last = log.slots.at(-1)?.name;
  for (let slot = pending[0]; slot; slot = pending[0]) {
    const outcome = log.read(slot);
    if (slot.name === last && looksHalfWritten(outcome)) return;
    pending.shift();
    if (isFault(outcome) && !log.storage.has(slot.name)) continue;
    seen.add(slot.name);
    yield outcome;
  }
}
