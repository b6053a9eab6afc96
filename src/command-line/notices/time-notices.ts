import type { Entry } from '../../domain/entry.ts';
import { largest } from '../../domain/numbers/extremes.ts';
import { ALL_ENTRIES, type EventSource } from '../../domain/scan.ts';
import { type CoveredTime, coveredOutside, type TimeRange } from '../../time/time-range.ts';
import { formatLocal, toInstant, type Zone } from '../../time/zone.ts';
import type { QueryPlan } from '../options/query-options.ts';
import type { Session } from '../session.ts';

/**
 * Says which time the log covers, if a query found nothing because no event is in the time that was asked for. The query
 * has looked at the entries before, so that no file is read for it.
 *
 * @returns whether it said so
 */
export async function noteCoveredTime(
  session: Session,
  { filter, time }: Pick<QueryPlan, 'filter' | 'time'>,
  source: EventSource,
): Promise<boolean> {
  if (!time) return false;
  const positions = filter.positionsIn(source.slots);
  const times: number[] = [];
  await source.scan(positions, ALL_ENTRIES, {
    entry({ stamp }) {
      if (stamp) times.push(toInstant(stamp, session.zone));
      return undefined;
    },
    fault: () => undefined, // the query has reported it
  });
  const isAll = positions.length === source.slots.length;
  return noteCovered(session, time, times, isAll ? 'the log' : NAMED_PART);
}

/** As noteCoveredTime, for a command that has all entries in memory. */
export function noteTimeOfEntries(
  session: Session,
  { filter, time }: Pick<QueryPlan, 'filter' | 'time'>,
  entries: readonly Entry[],
): void {
  if (!time) return;
  const named = entries.filter(({ slot }) => filter.admitsSlot(slot));
  const times = named.flatMap(({ stamp }) => (stamp ? [toInstant(stamp, session.zone)] : []));
  const isAll = named.length === entries.length;
  noteCovered(session, time, times, isAll ? 'the log' : NAMED_PART);
}

/** The events that `--index` and `--id` leave. */
const NAMED_PART = 'the part of the log with that index or id';

function noteCovered(
  { terminal, zone }: Session,
  time: TimeRange,
  times: readonly number[],
  what: string,
): boolean {
  const covered = coveredOutside(time, times);
  if (!covered) return false;
  terminal.note(`no event ${rangeText(time, zone)}; ${what} ${coveredText(covered, zone)}`);
  return true;
}

/**
 * Says when the last activity was, if no conversation was active since a time.
 *
 * @param since µs since the epoch
 * @param all every conversation that was looked at, with the time of its newest event
 */
export function noteNoneActive(
  { terminal, zone }: Session,
  since: number | undefined,
  all: readonly { readonly active: number | undefined }[],
): void {
  const times = all.flatMap(({ active }) => active ?? []);
  const latest = largest(times);
  if (since === undefined || times.length === 0 || latest >= since) return;
  terminal.note(
    `none of ${all.length} was active since ${timeText(since, zone)}; the last activity was at ${timeText(latest, zone)}`,
  );
}

function coveredText({ from, to }: CoveredTime, zone: Zone): string {
  if (from === to) return `has only the time ${timeText(from, zone)}`;
  return `covers ${timeText(from, zone)} to ${timeText(to, zone)}`;
}

/** A range of time in words. */
function rangeText({ since, until }: TimeRange, zone: Zone): string {
  if (since === undefined) return `before ${timeText(until as number, zone)}`;
  if (until === undefined) return `since ${timeText(since, zone)}`;
  const range = `from ${timeText(since, zone)} until ${timeText(until, zone)}`;
  return since < until ? range : `${range}, where the end is not after the start`;
}

/** A time, in words for notes. @param us µs since the epoch */
function timeText(us: number, zone: Zone): string {
  return formatLocal(us, zone).replace('T', ' ');
}
