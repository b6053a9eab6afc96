import type { Fault } from '../domain/event.ts';
import type { EventSource } from '../domain/scan.ts';
import type { Filter } from './filter.ts';
import { withFilter } from './filtered-scan.ts';
import type { ResultLine } from './page.ts';

export interface TailResult {
  /** In index order. */
  readonly lines: readonly ResultLine[];
  readonly skipped: Fault[];
  readonly complete: boolean;
  /** Class names of the events looked at. */
  readonly kinds: ReadonlySet<string>;
  /** How many of the events looked at would pass if whole-file fields were searched too. */
  readonly onlyInFiles: number;
}

/**
 * The last events that pass a filter. It reads from the end, and no more than it needs.
 *
 * @param count how many events
 * @throws ConversationGone
 */
export async function tail(
  source: EventSource,
  filter: Filter,
  count: number,
): Promise<TailResult> {
  const lines: ResultLine[] = [];
  const skipped: Fault[] = [];
  const kinds = new Set<string>();
  const positions = filter.positionsIn(source.slots).reverse();
  let scanned = 0;
  let onlyInFiles = 0;
  if (count > 0) {
    // An event that passes will be shown, so it can be read at once.
    const options = { ...filter.scanOptions, mayNeedBodies: true, needsBody: filter.mayPass };
    await source.scan(
      positions,
      options,
      withFilter(filter, {
        entry(entry, passes, position) {
          scanned++;
          kinds.add(entry.kind);
          if (passes) lines.push({ position, isHit: true, afterGap: false });
          return lines.length === count;
        },
        onlyInFiles: () => void onlyInFiles++,
        fault(fault) {
          scanned++;
          skipped.push(fault);
          return undefined;
        },
      }),
    );
  }
  return {
    lines: lines.reverse(),
    skipped: skipped.reverse(),
    complete: scanned === positions.length,
    kinds,
    onlyInFiles,
  };
}
