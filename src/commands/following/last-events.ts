import { reportSkipped } from '../../command-line/notices/notices.ts';
import type { Session } from '../../command-line/session.ts';
import { CoreError } from '../../domain/errors.ts';
import type { Fault } from '../../domain/event.ts';
import type { FollowedMember } from '../../following/followed-member.ts';
import type { Filter } from '../../query/filter.ts';
import { itemsOf } from '../../query/result-items.ts';
import { tail } from '../../query/tail.ts';
import type { EventsReport } from '../../report/events/types.ts';
import { lastWritten } from '../../storage/conversation-folder.ts';
import { toInstant } from '../../time/zone.ts';

/** An event to print. */
interface LastEvent {
  readonly member: FollowedMember;
  readonly read: EventsReport['read'];
  /** µs since the epoch. */
  readonly time: number;
}

interface LastEventsPlan {
  readonly filter: Filter;
  readonly lines: number;
}

/** The last events can be of so many conversations; more would take long to look at. */
const MAX_CONVERSATIONS = 100;

/**
 * The last events of several conversations that pass a filter, by time. Those that were written to last are looked at, until
 * as many as events are wanted have events that pass.
 *
 * @param skipped receives the events that can't be read
 */
export async function* lastEvents(
  members: readonly FollowedMember[],
  { filter, lines }: LastEventsPlan,
  session: Session,
  skipped: Fault[],
): AsyncGenerator<LastEvent> {
  const newest = members
    .map((member) => ({ member, written: lastWritten(member.folder) }))
    .sort((a, b) => b.written - a.written)
    .slice(0, MAX_CONVERSATIONS);
  const events: LastEvent[] = [];
  let conversations = 0;
  for (const { member } of newest) {
    if (conversations >= lines) break;
    try {
      const found = await lastOf(member, filter, lines, session, skipped);
      for (const event of found) events.push(event);
      if (found.length > 0) conversations++;
    } catch (error) {
      if (!(error instanceof CoreError)) throw error; // the first look of the following reports it
    }
  }
  events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  yield* lines === 0 ? [] : events.slice(-lines);
}

async function lastOf(
  member: FollowedMember,
  filter: Filter,
  lines: number,
  session: Session,
  skipped: Fault[],
): Promise<LastEvent[]> {
  const { folder, lastIndex } = member;
  const log = session.openLog(folder);
  const source = session.source(log);
  const result = await tail(source, filter, lines);
  // What is later is followed.
  const faults = result.skipped.filter(({ slot }) => slot.index <= lastIndex);
  for (const fault of faults) skipped.push(fault);
  const named = { fileOf: (slot: { readonly name: string }) => `${folder.id}/${log.fileOf(slot)}` };
  reportSkipped(session, named, faults);
  return result.lines
    .filter(({ position }) => (log.slots.at(position)?.index ?? 0) <= lastIndex)
    .map((line) => {
      const stamp = log.peekEntry(line.position)?.stamp;
      return {
        member,
        read: (select) => itemsOf(source, [line], select, skipped),
        time: stamp ? toInstant(stamp, session.zone) : Number.POSITIVE_INFINITY,
      };
    });
}
