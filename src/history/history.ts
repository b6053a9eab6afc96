import type { Fault } from '../domain/event.ts';
import { isMain } from '../domain/event-kinds.ts';
import { buildTree, type EventTree, type TreeNode } from '../domain/event-tree.ts';
import type { FactSource, Facts } from '../domain/facts/facts.ts';
import { stateWithLeaf } from '../domain/facts/known-facts.ts';
import { factsStatedBy } from '../domain/facts/stated-facts.ts';
import { KnownPaths } from '../domain/knowledge/known-path.ts';
import { LostEvents } from '../domain/knowledge/lost-events.ts';
import { ALL_EVENTS, type EventSource, type ScanVisitor } from '../domain/scan.ts';
import { reachable, type Slot } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import type { Filter } from '../query/filter.ts';
import { type EventRecord, recordOf } from './event-record.ts';

/** A conversation that was read completely. All views of a conversation are built from it. */
export interface History {
  /** Events that could be read, in index order. */
  readonly records: readonly EventRecord[];
  /** Event id → event. If two events share an id, the first. */
  readonly byId: ReadonlyMap<string, EventRecord>;
  /** Events that can't be read. */
  readonly faults: readonly Fault[];
  /** The events whose contents are not known: unreadable and missing ones. */
  readonly lost: LostEvents;
  /** What is known of the paths from events to their roots, in all event files. */
  readonly paths: KnownPaths<BranchNode>;
  /** The tree as the SDK sees it. It does not contain events after a gap in the index. */
  readonly tree: EventTree<BranchNode>;
  /** Positions of the events that pass the filter. */
  readonly passing: ReadonlySet<number>;
  /** Positions of the events that would pass if whole-file fields were searched too. */
  readonly onlyInFiles: ReadonlySet<number>;
  /** Events on which the filter could not decide in time. */
  readonly undecided: readonly Fault[];
  /** For each fact, the newest event that gives it. */
  readonly statedFacts: Facts;
  /** base_state.json as the tree is built from it, see stateWithLeaf. */
  readonly treeState: StateFile;
  /** Where the leaf is named; undefined if it is the last event that can be one. */
  readonly leafSource: FactSource | undefined;
  /** Index of the last event that is, or can be, a message, an action or a result; −1 if there is none. */
  readonly lastMain: number;
}

/** An event in the tree. */
export interface BranchNode extends TreeNode {
  /** Left out if the event can't be read. */
  readonly record?: EventRecord;
}

/** What else the one pass over the events is for. */
export interface HistoryPass {
  /** False if some events will be looked at again. Default: true. */
  readonly isLastPass?: boolean;
  /** Also gets all events. It does not stop the scan. */
  readonly visitor?: ScanVisitor | undefined;
}

/**
 * Reads all events of a conversation once.
 *
 * @param state base_state.json, which may name the leaf
 * @param filter determines `passing`. Without a filter, all events pass
 * @throws ConversationGone
 */
export async function readHistory(
  source: EventSource,
  state: StateFile,
  filter?: Filter,
  { isLastPass = true, visitor }: HistoryPass = {},
): Promise<History> {
  const records: EventRecord[] = [];
  const faults: Fault[] = [];
  const nodes: BranchNode[] = [];
  const undecided = [] as Fault[];
  const passing = new Set<number>();
  const onlyInFiles = new Set<number>();
  let statedFacts: Facts = {};
  let lastMain = -1;
  let next = 0;
  /** An event that is missing, or can't be read, could be of any kind. */
  const noteMain = ({ index }: Slot, isOrCanBeMain: boolean) => {
    if (isOrCanBeMain) lastMain = index;
    else if (index > next) lastMain = index - 1;
    next = index + 1;
  };
  const options = { ...ALL_EVENTS, isLastPass };
  await source.scan([...source.slots.keys()], options, {
    entry(entry, event, position) {
      visitor?.entry(entry, event, position);
      if (!event) return undefined;
      const record = recordOf(event, position);
      records.push(record);
      noteMain(record.slot, isMain(record.entry.kind));
      statedFacts = { ...statedFacts, ...factsStatedBy(event) };
      nodes.push({ slot: record.slot, fields: record.fields, record });
      const verdict = filter ? filter.verdictOn(event.entry, event) : true;
      if (typeof verdict === 'object') undecided.push(verdict);
      else if (verdict === 'only-in-files') onlyInFiles.add(position);
      else if (verdict) passing.add(position);
      return undefined;
    },
    fault(fault, position) {
      visitor?.fault(fault, position);
      faults.push(fault);
      noteMain(fault.slot, true);
      nodes.push({ slot: fault.slot });
      return undefined;
    },
  });
  const count = reachable(nodes.length, (at) => (nodes[at] as BranchNode).slot.index);
  const byId = new Map<string, EventRecord>();
  for (const record of records) if (!byId.has(record.slot.id)) byId.set(record.slot.id, record);
  const leaf = stateWithLeaf(state, statedFacts, lastMain);
  const paths = new KnownPaths(nodes, leaf.state);
  return {
    records,
    byId,
    faults,
    lost: new LostEvents(nodes, paths.isLeafLost),
    paths,
    tree: buildTree(nodes, count, leaf.state),
    passing,
    onlyInFiles,
    undecided,
    statedFacts,
    treeState: leaf.state,
    leafSource: leaf.leafSource,
    lastMain,
  };
}
