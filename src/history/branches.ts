import { isSide } from '../domain/event-kinds.ts';
import type { BranchStatuses } from './branch-status.ts';
import type { BranchNode, History } from './history.ts';

/** A run of events without a fork: from the first on, each follows on the one before. */
export interface Segment {
  /** In the order of the tree. */
  readonly events: readonly BranchNode[];
  /** Segments that go on from its last event, oldest first. */
  readonly children: readonly Segment[];
  /** On the active branch. */
  readonly isActive: boolean;
  /** The leaf is among its events. */
  readonly hasLeaf: boolean;
  /** It is no true root: the parent that its first event names is not there. */
  readonly isTorn: boolean;
}

/** A conversation's branches. */
export interface Branches {
  readonly roots: readonly Segment[];
  /** Id of the leaf; null where there is none. */
  readonly leaf: string | null;
  /** The state names the leaf; else it is the last event. */
  readonly isLeafFromState: boolean;
  /** Events beside the branches: state updates, conversation errors. */
  readonly aside: number;
  /** Events that no branch holds, for their parents run in a circle. */
  readonly detached: readonly BranchNode[];
  /** Events beyond a gap in the index. */
  readonly beyond: number;
}

export function branchesOf(history: History, statuses: BranchStatuses): Branches {
  const { tree, records, faults } = history;
  const aside = asideOf(tree);
  const all = [...tree.events.entries()].filter(([index]) => !aside.has(index));
  const childrenOf = (index: number): number[] => {
    const { id } = (tree.events[index] as BranchNode).slot;
    // Of several events with one id, the first is the parent that others name.
    if (tree.indexById.get(id) !== index) return [];
    return (tree.children.get(id) ?? []).filter((child) => !aside.has(child));
  };
  const isTorn = (index: number) => {
    const parent = tree.parentOf(index);
    return typeof parent === 'string' && !tree.indexById.has(parent);
  };
  const isRoot = (index: number) => typeof tree.parentOf(index) !== 'string' || isTorn(index);
  const placed = new Set<number>();
  // A segment that cuts the active branch is two: what lies below the leaf is no part of it.
  const endsAt = (index: number) =>
    childrenOf(index).length !== 1 || tree.events[index]?.slot.id === tree.leaf;
  // Depth is bounded by memory alone: conversations fork often, so that there is no recursion.
  const made = new Map<number, { events: BranchNode[]; starts: number[] }>();
  const todo = all.map(([index]) => index).filter(isRoot);
  const roots = [...todo];
  for (let start = todo.pop(); start !== undefined; start = todo.pop()) {
    const events: BranchNode[] = [];
    let at = start;
    for (;;) {
      placed.add(at);
      events.push(tree.events[at] as BranchNode);
      if (endsAt(at)) break;
      at = childrenOf(at)[0] as number;
    }
    const starts = childrenOf(at).filter((child) => !placed.has(child));
    made.set(start, { events, starts });
    for (const child of starts) todo.push(child);
  }
  const segments = new Map<number, Segment>();
  // A child's index is made before its parent's: segments were made parents first.
  for (const [start, { events, starts }] of [...made].reverse()) {
    const [first] = events;
    segments.set(start, {
      events,
      children: starts.map((child) => segments.get(child) as Segment),
      isActive: first?.record !== undefined && statuses.of(first.record) === 'active',
      hasLeaf: events.some(({ slot }) => slot.id === tree.leaf),
      isTorn: isTorn(start),
    });
  }
  const reached = tree.events.length;
  return {
    roots: roots.map((start) => segments.get(start) as Segment),
    leaf: tree.leaf,
    isLeafFromState: tree.isLeafFromState,
    aside: aside.size,
    detached: all.flatMap(([index, event]) => (placed.has(index) ? [] : event)),
    beyond: records.length + faults.length - reached,
  };
}

/** Indices of state updates and the like that nothing follows on. Older events stand in one line with all. */
function asideOf({ events, children }: History['tree']): Set<number> {
  const aside = new Set<number>();
  for (let index = events.length - 1; index >= 0; index--) {
    const { slot, fields } = events[index] as BranchNode;
    const followers = children.get(slot.id) ?? [];
    if (fields && isSide(fields.kind) && followers.every((child) => aside.has(child)))
      aside.add(index);
  }
  return aside;
}
