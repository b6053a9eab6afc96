import { type Fault, isFault } from '../domain/event.ts';
import type { EventSource, ScanOptions } from '../domain/event-source.ts';
import { buildTree, type EventTree, type TreeNode } from '../domain/event-tree.ts';
import { reachable } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
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
  readonly tree: EventTree<BranchNode>;
  /** Places of the events that pass the filter. */
  readonly passing: ReadonlySet<number>;
}

/** An event in the tree; without a record where it could not be read. */
export interface BranchNode extends TreeNode {
  readonly record?: EventRecord;
}

const READ_ALL: ScanOptions = {
  needsBody: () => true,
  mayNeedBodies: true,
  readsAll: true,
  isLastPass: true,
};

/**
 * Reads every event, each once.
 *
 * @param state base_state.json, which may name the leaf
 * @param filter decides on `passing`; none lets all pass
 * @throws ConversationGone
 */
export async function readHistory(
  source: EventSource,
  state: StateFile,
  filter?: Filter,
): Promise<History> {
  const records: EventRecord[] = [];
  const faults: Fault[] = [];
  const knots: BranchNode[] = [];
  const passing = new Set<number>();
  const positions = Array.from({ length: source.slots.length }, (_, position) => position);
  await source.scan(positions, READ_ALL, (seen, event, position) => {
    if (isFault(seen)) {
      faults.push(seen);
      knots.push({ slot: seen.slot });
    } else if (event) {
      const record = recordOf(event, position);
      records.push(record);
      knots.push({ slot: record.slot, fields: record.fields, record });
      if (!filter || filter.passes(event.entry, event)) passing.add(position);
    }
    return undefined;
  });
  const count = reachable(knots.length, (position) => (knots[position] as BranchNode).slot.index);
  const byId = new Map<string, EventRecord>();
  for (const record of records) if (!byId.has(record.slot.id)) byId.set(record.slot.id, record);
  return { records, byId, faults, tree: buildTree(knots, count, state), passing };
}
