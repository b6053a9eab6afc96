import type { Entry } from '../domain/entry.ts';
import type { Fault } from '../domain/event.ts';
import type { EventSource } from '../domain/scan.ts';
import { formatLocal, toInstant, type Zone } from '../time/zone.ts';
import type { Filter } from './filter.ts';
import { withFilter } from './filtered-scan.ts';

export const GROUPINGS = ['kind', 'source', 'tool', 'hour', 'day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

interface Group {
  /** Kind, source, tool, hour (`2026-02-22T10`) or day; null for events that have none. */
  readonly key: string | null;
  readonly count: number;
}

export interface CountResult {
  readonly count: number;
  /** The largest first, ties by key. */
  readonly groups?: readonly Group[];
  readonly scanned: number;
  readonly skipped: readonly Fault[];
  /** Class names of the events looked at. */
  readonly kinds: ReadonlySet<string>;
  /** How many events would count if whole-file fields were searched too. */
  readonly onlyInFiles: number;
}

/** Counts events. It opens no event if their file names are enough. @throws ConversationGone */
export async function count(
  source: EventSource,
  filter: Filter,
  zone: Zone,
  by?: Grouping,
): Promise<CountResult> {
  const positions = filter.positionsIn(source.slots);
  const kinds = new Set<string>();
  if (filter.needsNamesOnly && !by) {
    return { count: positions.length, scanned: 0, skipped: [], kinds, onlyInFiles: 0 };
  }
  const skipped: Fault[] = [];
  const groups = new Map<string | null, number>();
  let total = 0;
  let onlyInFiles = 0;
  const options = { ...filter.scanOptions, readsAll: true, isLastPass: true };
  await source.scan(
    positions,
    options,
    withFilter(filter, {
      entry(entry, passes) {
        kinds.add(entry.kind);
        if (!passes) return undefined;
        total++;
        if (by) {
          const key = groupOf(entry, by, zone);
          groups.set(key, (groups.get(key) ?? 0) + 1);
        }
        return undefined;
      },
      onlyInFiles: () => void onlyInFiles++,
      fault(fault) {
        skipped.push(fault);
        return undefined;
      },
    }),
  );
  const sorted = [...groups].map(([key, count]) => ({ key, count })).sort(largestFirst);
  const base = { count: total, scanned: positions.length, skipped, kinds, onlyInFiles };
  return by ? { ...base, groups: sorted } : base;
}

function largestFirst(a: Group, b: Group): number {
  return b.count - a.count || ((a.key ?? '') < (b.key ?? '') ? -1 : 1);
}

function groupOf(entry: Entry, by: Grouping, zone: Zone): string | null {
  if (by === 'kind') return entry.kind || null;
  if (by === 'source') return entry.source || null;
  if (by === 'tool') return entry.tool ?? null;
  if (!entry.stamp) return null;
  return formatLocal(toInstant(entry.stamp, zone), zone).slice(0, by === 'hour' ? 13 : 10);
}
