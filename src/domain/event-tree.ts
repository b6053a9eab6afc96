import { isSide } from './event-kinds.ts';
import type { Slot } from './slot.ts';
import { isHeadEmpty, leafIn, type StateFile } from './state-file.ts';

/** The `parent_id` of a root. Source: openhands-sdk event/types.py, ROOT_PARENT_ID. */
export const ROOT_PARENT_ID = '__root__';

/** The fields of an event that the tree is built from. */
export interface TreeNode {
  readonly slot: Slot;
  /** Undefined if the event can't be read. */
  readonly fields?:
    | {
        readonly kind: string;
        readonly parentId: string | undefined;
        /** Whether the SDK refuses to load the event. Left out if that was not checked. */
        readonly schema?: { readonly isRefused: boolean };
      }
    | undefined;
}

/**
 * The conversation's tree as the SDK sees it. It contains one event per index, for the indices before the first gap.
 *
 * An event's parent is the event that it follows. Several events can have the same parent: then the conversation
 * forks. The leaf is the event that the conversation continues from, and the path from the leaf to its root is the
 * active branch. Source: openhands-sdk conversation/event_store.py and state.py.
 */
export interface EventTree<N extends TreeNode = TreeNode> {
  /** Events by index, 0 to `reachable` − 1. */
  readonly events: readonly N[];
  /** Event id → index. If two events share an id, the first. */
  readonly indexById: ReadonlyMap<string, number>;
  /** Id of an event's parent; null for a root, undefined if the event can't be read. */
  parentOf(index: number): string | null | undefined;
  /** Event id → indices of the events that have it as their parent, in order. */
  readonly children: ReadonlyMap<string, readonly number[]>;
  /** Id of the leaf; null if there is no leaf. */
  readonly leaf: string | null;
  /** Whether the state names the leaf. If it does not, the leaf is the last event that can be one. */
  readonly isLeafFromState: boolean;
  /** The active branch: indices from the leaf to its root, or to where the path stops. */
  readonly branch: readonly number[];
  /** Why the path stops before it reaches a root; undefined if it reaches one. */
  readonly stop: BranchStop | undefined;
}

/** Why a path from a leaf stops before it reaches a root. `at` is the index of an event. */
type BranchStop =
  /** The event `at` can't be read, so its parent is not known. */
  | { readonly kind: 'unreadable'; readonly at: number }
  /** No event has the id. `at` is the event that names it as its parent; undefined if it is the leaf's id. */
  | { readonly kind: 'missing'; readonly id: string; readonly at: number | undefined }
  /** The parents form a cycle: the parent of `from` is `at`, which the path has already passed. */
  | { readonly kind: 'cycle'; readonly at: number; readonly from: number };

/**
 * Builds the tree.
 *
 * @param all all events of the conversation, in index order
 * @param reachable how many indices there are before the first gap
 * @param state base_state.json, which may name the leaf
 * @param isAccepted whether the SDK loads an event that can be read
 */
export function buildTree<N extends TreeNode>(
  all: readonly N[],
  reachable: number,
  state: StateFile,
  isAccepted: (event: N) => boolean = ({ fields }) => !fields?.schema?.isRefused,
): EventTree<N> {
  const events: N[] = [];
  // If two files share an index, the SDK uses the one that the file system lists last. That order is arbitrary, so
  // this uses the last one by name.
  for (const event of all) if (event.slot.index < reachable) events[event.slot.index] = event;
  const indexById = new Map<string, number>();
  for (const [index, { slot }] of events.entries()) {
    if (!indexById.has(slot.id)) indexById.set(slot.id, index);
  }
  const parentOf = (index: number): string | null | undefined => {
    const fields = events[index]?.fields;
    if (!fields) return undefined;
    if (fields.parentId === ROOT_PARENT_ID) return null;
    // Events from old versions have no `parent_id`: each one follows the event before it.
    return fields.parentId ?? (index === 0 ? null : (events[index - 1]?.slot.id ?? null));
  };
  const leafInState = leafIn(state);
  const children = childrenOf(events, parentOf);
  const base = {
    events,
    indexById,
    parentOf,
    children,
    isLeafFromState: leafInState !== undefined,
  };
  if (leafInState !== undefined) {
    return { ...base, leaf: leafInState, ...walkToRoot(leafInState, base) };
  }
  if (isHeadEmpty(state)) {
    return { ...base, leaf: null, branch: [], stop: undefined };
  }
  // By default, the leaf is the last event that is not a side event. Like the SDK, this searches from the end. It
  // stops at an event that can't be read, because that event could be the leaf.
  const isRead = (event: N) => event.fields !== undefined && isAccepted(event);
  const at = events.findLastIndex((event) => !isRead(event) || !isSide(event.fields?.kind ?? ''));
  const last = events[at];
  if (last && !isRead(last)) {
    return { ...base, leaf: null, branch: [], stop: { kind: 'unreadable', at } };
  }
  const leaf = last?.slot.id ?? null;
  return { ...base, leaf, ...walkToRoot(leaf, base) };
}

/** Follows the parents from an event to its root. @param leaf the id of the event; null for an empty path */
function walkToRoot(
  leaf: string | null,
  { indexById, parentOf }: Pick<EventTree, 'indexById' | 'parentOf'>,
): Pick<EventTree, 'branch' | 'stop'> {
  const branch: number[] = [];
  const seen = new Set<number>();
  let id: string | null = leaf;
  let child: number | undefined;
  while (id !== null) {
    const at = indexById.get(id);
    if (at === undefined) return { branch, stop: { kind: 'missing', id, at: child } };
    if (seen.has(at)) return { branch, stop: { kind: 'cycle', at, from: child ?? at } };
    seen.add(at);
    branch.push(at);
    const parent = parentOf(at);
    if (parent === undefined) return { branch, stop: { kind: 'unreadable', at } };
    child = at;
    id = parent;
  }
  return { branch, stop: undefined };
}

/** Indices of all descendants of some events, in order. @param ids the ids of those events */
export function descendantsOf({ events, children }: EventTree, ids: readonly string[]): number[] {
  const found = new Set<number>();
  const todo = [...ids];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    for (const index of children.get(next) ?? []) {
      if (found.has(index)) continue;
      found.add(index);
      todo.push(events[index]?.slot.id ?? '');
    }
  }
  return [...found].sort((a, b) => a - b);
}

function childrenOf(
  events: readonly TreeNode[],
  parentOf: EventTree['parentOf'],
): Map<string, number[]> {
  const children = new Map<string, number[]>();
  for (const index of events.keys()) {
    const parent = parentOf(index);
    if (typeof parent !== 'string') continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(index);
    else children.set(parent, [index]);
  }
  return children;
}
