import { type Fault, isFault } from '../domain/event.ts';
import type { EventSource } from '../domain/event-source.ts';
import type { Filter } from './filter.ts';
import type { ResultLine } from './page.ts';

export interface TailResult {
  /** In index order. */
  readonly lines: readonly ResultLine[];
  readonly skipped: Fault[];
  readonly complete: boolean;
  readonly kinds: ReadonlySet<string>;
}

/**
 * The last events that pass a filter: read from the end, and no more than it takes.
 *
 * @param count how many
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
  if (count > 0) {
    // What passes will be shown, so that it may as well be read at once.
    const scanOptions = { ...filter.scanOptions, mayNeedBodies: true, body: filter.mayPass };
    await source.scan(positions, scanOptions, (seen, event, position) => {
      scanned++;
      if (isFault(seen)) skipped.push(seen);
      else {
        kinds.add(seen.kind);
        if (filter.passes(seen, event)) lines.push({ position, isHit: true, afterGap: false });
      }
      return lines.length === count;
    });
  }
  return {
    lines: lines.reverse(),
    skipped: skipped.reverse(),
    complete: scanned === positions.length,
    kinds,
  };
}
