import { isFault, type LoadedEvent } from '../../domain/event.ts';
import { locate } from '../../locating/locate.ts';
import type { LocateOptions } from '../../locating/roots.ts';
import { decodeEvent } from '../../storage/decode-event.ts';
import { FolderStorage } from '../../storage/folder-storage.ts';
import { readLimits } from '../../storage/read-limits.ts';
import { addFieldNames } from '../../text/field-names.ts';
import { pluralize } from '../../text/wording.ts';
import { monotonicMs } from '../../time/monotonic.ts';
import type { Candidate } from './candidate.ts';

/* What can be completed from the events of a conversation. */

/** The newest events are looked at, no longer than a key press may take. */
const MAX_EVENTS = 300;
const MAX_MS = 250;
/** Larger files are passed over. */
const MAX_EVENT_BYTES = 256 * 1024;

/** The newest events of a conversation, as far as they can be read at once. @throws CoreError if there is no conversation */
function* newestEvents(which: string | undefined, lookup: LocateOptions): Generator<LoadedEvent> {
  const storage = new FolderStorage(locate(which, lookup).folder, readLimits(MAX_EVENT_BYTES));
  const slots = storage.list();
  const end = monotonicMs() + MAX_MS;
  const first = Math.max(0, slots.length - MAX_EVENTS);
  for (let position = slots.length - 1; position >= first; position--) {
    if (monotonicMs() > end) return;
    const slot = slots.at(position);
    const file = slot && storage.readBlocking(slot, false);
    const event = file?.kind === 'content' ? decodeEvent(slot!, file.bytes) : undefined;
    if (event && !isFault(event)) yield event;
  }
}

/** The tools of a conversation, the most used first. @throws CoreError if there is no conversation */
export function toolCandidates(which: string | undefined, lookup: LocateOptions): Candidate[] {
  const counts = new Map<string, number>();
  for (const { entry } of newestEvents(which, lookup)) {
    if (entry.tool !== undefined) counts.set(entry.tool, (counts.get(entry.tool) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([tool, count]) => [tool, pluralize(count, 'event')]);
}

/** The fields of a conversation's events, by name. @throws CoreError if there is no conversation */
export function fieldCandidates(which: string | undefined, lookup: LocateOptions): Candidate[] {
  const names = new Set<string>();
  for (const { text } of newestEvents(which, lookup)) addFieldNames(text, names);
  return [...names].sort().map((name) => [name]);
}
