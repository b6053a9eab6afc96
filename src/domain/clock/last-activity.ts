import { ownString } from '../../text/json-value.ts';
import { parseTimestamp, type Timestamp } from '../../time/timestamp.ts';
import { toInstant, type Zone } from '../../time/zone.ts';
import type { StateFile } from '../state-file.ts';

/** No more events are looked at: nearly all have a timestamp. */
const MAX_UNTIMED = 100;

/**
 * When a conversation was last active: the time of its newest event, or that in meta.json if no event has one. In µs
 * since the epoch; undefined if neither is known. Lists are sorted by it, and `@latest` is the largest.
 *
 * @param stampsBack timestamps of the events, the newest first; undefined for an event without a readable one
 */
export function lastActivity(
  stampsBack: Iterable<Timestamp | undefined>,
  meta: () => StateFile,
  zone: Zone,
): number | undefined {
  let looked = 0;
  for (const stamp of stampsBack) {
    if (stamp) return toInstant(stamp, zone);
    if (++looked >= MAX_UNTIMED) break;
  }
  return updatedAt(meta(), zone);
}

/** The time in meta.json, in µs since the epoch. */
export function updatedAt(meta: StateFile, zone: Zone): number | undefined {
  const text = meta.kind === 'valid' ? ownString(meta.value, 'updated_at') : undefined;
  const stamp = parseTimestamp(text ?? '');
  return stamp && toInstant(stamp, zone);
}
