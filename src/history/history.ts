import type { Document } from '../domain/state-file.ts';
import { type Fault, isFault } from '../domain/event.ts';
import { reachable } from '../domain/slot.ts';
import type { Ask, Source } from '../domain/event-source.ts';
import { buildTree, type Knot, type Tree } from '../domain/event-tree.ts';
import type { Filter } from '../query/filter.ts';
import { type EventRecord, recordOf } from './event-record.ts';

/** A conversation read from end to end: what all views of what happened are made of. */
export interface History {
  /** Events that could be read, in index order. */
  readonly records: readonly EventRecord[];
  /** By event id; of two with one id the first. */
  readonly byId: ReadonlyMap<string, EventRecord>;
  /** Events that could not be read. */
  readonly faults: readonly Fault[];
  /** As the SDK sees it: what lies beyond a gap in the index is not in it. */
  readonly tree: Tree<Branching>;
  /** Places of the events that pass the filter. */
  readonly passing: ReadonlySet<number>;
}

/** An event in the tree; without a record where it could not be read. */
export interface Branching extends Knot {
  readonly record?: EventRecord;
}

const WHOLE: Ask = { body: () => true, mayNeedBody: true, isWhole: true, once: true };

/**
 * Reads every event, each once.
 *
 * @param state base_state.json, which may name the leaf
 * @param filter decides on `passing`; none lets all pass
 * @throws ConversationGone
 */
export async function readHistory(
  source: Source,
  state: Document,
  filter?: Filter,
): Promise<History> {
  const records: EventRecord[] = [];
  const faults: Fault[] = [];
  const knots: Branching[] = [];
  const passing = new Set<number>();
  const places = Array.from({ length: source.slots.length }, (_, place) => place);
  await source.visit(places, WHOLE, (seen, event, place) => {
    if (isFault(seen)) {
      faults.push(seen);
      knots.push({ slot: seen.slot });
    } else if (event) {
      const record = recordOf(event, place);
      records.push(record);
      knots.push({ slot: record.slot, told: record.told, record });
      if (!filter || filter.passes(event.entry, event)) passing.add(place);
    }
    return undefined;
  });
  const count = reachable(knots.length, (place) => (knots[place] as Branching).slot.index);
  const byId = new Map<string, EventRecord>();
  for (const record of records) if (!byId.has(record.slot.id)) byId.set(record.slot.id, record);
  return { records, byId, faults, tree: buildTree(knots, count, state), passing };
}
