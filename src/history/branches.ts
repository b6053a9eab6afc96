import { isSide } from '../domain/event-kinds.ts';
import type { BranchStatuses } from './branch-status.ts';
import type { BranchNode, History } from './history.ts';

/** A run of events without a fork: each event follows the one before it. */
export interface Segment {
  /** From the root's side to the leaf's. */
  readonly events: readonly BranchNode[];
  /** The segments that continue from its last event, oldest first. */
  readonly children: readonly Segment[];
  /** Whether the segment is on the active branch; undefined if that is not known. */
  readonly isActive: boolean | undefined;
  /** The leaf is one of its events. */
  readonly hasLeaf: boolean;
  /** The first event names a parent that does not exist. */
  readonly isParentMissing: boolean;
  /** The first event can't be read, so its parent is not known. */
  readonly isParentUnknown: boolean;
}

/** A conversation's branches. */
export interface Branches {
  readonly roots: readonly Segment[];
  /** Id of the leaf; null if there is no leaf, undefined if it is not known. */
  readonly leaf: string | null | undefined;
  /** Why no branch ends at the leaf: it is not known, or no file has it. Not safe to print as it is. */
  readonly unknownLeaf: string | undefined;
  /** Up to where the active branch is known; undefined if all of it is known. Not safe to print as it is. */
  readonly unknownPart: string | undefined;
  /** Whether the state names the leaf. If it does not, the leaf is the last event that can be one. */
  readonly isLeafFromState: boolean;
  /** How many side events, such as state updates, are on no branch. */
  readonly sideEventCount: number;
  /** Events that can't be reached from a root, because their parents form a cycle. */
  readonly unrootedEvents: readonly BranchNode[];
  /** How many events are after a gap in the index. */
  readonly afterGapCount: number;
}

type Tree = History['tree'];

/** Finds the branches of a conversation. @param statuses the same conversation's */
export function branchesOf(history: History, statuses: BranchStatuses): Branches {
  const { tree, paths, records, faults } = history;
  const sideEvents = sideEventsOf(tree);
  const indices = [...tree.events.keys()].filter((index) => !sideEvents.has(index));
  const runs = findRuns(tree, indices, sideEvents, paths.leaf);
  const segments = new Map<number, Segment>();
  // Runs are in the order parents, children. In reverse, a segment's children are made before the segment.
  for (const [start, { events, nextStarts }] of [...runs].reverse()) {
    const [first] = events;
    segments.set(start, {
      events,
      children: nextStarts.map((next) => segments.get(next) as Segment),
      isActive: first && statuses.isOnPath(first.slot),
      hasLeaf: events.some(({ slot }) => slot.id === paths.leaf),
      isParentMissing: isParentMissing(tree, start),
      isParentUnknown: start > 0 && tree.parentOf(start) === undefined,
    });
  }
  const reached = new Set([...runs.values()].flatMap(({ events }) => events));
  return {
    roots: indices
      .filter((index) => isRoot(tree, index))
      .map((start) => segments.get(start) as Segment),
    leaf: paths.leaf,
    unknownLeaf: paths.unknownLeaf,
    unknownPart: statuses.unknownPart,
    isLeafFromState: tree.isLeafFromState,
    sideEventCount: sideEvents.size,
    unrootedEvents: indices
      .map((index) => tree.events[index] as BranchNode)
      .filter((event) => !reached.has(event)),
    afterGapCount: records.length + faults.length - tree.events.length,
  };
}

/** A segment in the making. */
interface Run {
  readonly events: readonly BranchNode[];
  /** Indices of the first events of the runs that continue from here. */
  readonly nextStarts: readonly number[];
}

/**
 * Divides the tree into runs, from the roots on. There is no recursion, because a conversation can fork very often.
 *
 * @param indices of the events that are on branches
 * @returns index of a run's first event → the run, parents before children
 */
function findRuns(
  tree: Tree,
  indices: readonly number[],
  sideEvents: ReadonlySet<number>,
  leaf: string | null | undefined,
): Map<number, Run> {
  const childrenOf = (index: number): number[] => {
    const { id } = (tree.events[index] as BranchNode).slot;
    // If several events share an id, children belong to the first one.
    if (tree.indexById.get(id) !== index) return [];
    return (tree.children.get(id) ?? []).filter((child) => !sideEvents.has(child));
  };
  // A run ends at the leaf, because what follows the leaf is not on the active branch.
  const endsAt = (index: number) =>
    childrenOf(index).length !== 1 || tree.events[index]?.slot.id === leaf;
  const runs = new Map<number, Run>();
  const seen = new Set<number>();
  const todo = indices.filter((index) => isRoot(tree, index));
  for (let start = todo.pop(); start !== undefined; start = todo.pop()) {
    const events: BranchNode[] = [];
    let at = start;
    for (;;) {
      seen.add(at);
      events.push(tree.events[at] as BranchNode);
      if (endsAt(at)) break;
      at = childrenOf(at)[0] as number;
    }
    const nextStarts = childrenOf(at).filter((child) => !seen.has(child));
    runs.set(start, { events, nextStarts });
    for (const next of nextStarts) todo.push(next);
  }
  return runs;
}

/** Whether an event begins a branch here: it has no parent, or its parent is missing or can't be known. */
function isRoot(tree: Tree, index: number): boolean {
  return typeof tree.parentOf(index) !== 'string' || isParentMissing(tree, index);
}

function isParentMissing(tree: Tree, index: number): boolean {
  const parent = tree.parentOf(index);
  return typeof parent === 'string' && !tree.indexById.has(parent);
}

/**
 * Indices of the side events that only side events follow. In conversations from old versions, each event follows the
 * one before it, so side events can be on a branch.
 */
function sideEventsOf({ events, children }: Tree): Set<number> {
  const sideEvents = new Set<number>();
  for (let index = events.length - 1; index >= 0; index--) {
    const { slot, fields } = events[index] as BranchNode;
    const followers = children.get(slot.id) ?? [];
    if (fields && isSide(fields.kind) && followers.every((child) => sideEvents.has(child)))
      sideEvents.add(index);
  }
  return sideEvents;
}
