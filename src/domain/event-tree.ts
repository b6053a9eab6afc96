import type { Document } from './state-file.ts';
import { own, ownString } from './event.ts';
import { isSide } from './event-kinds.ts';
import type { Slot } from './slot.ts';

/** Marks a root in `parent_id`. Source: openhands-sdk event/types.py, ROOT_PARENT_ID. */
export const ROOT_PARENT_ID = '__root__';

/** What the tree needs of an event. */
export interface Knot {
  readonly slot: Slot;
  /** Undefined where the event can't be read. */
  readonly told?:
    | {
        readonly kind: string;
        readonly parentId: string | undefined;
        /** Whether the SDK refuses to read it, where that was looked into. */
        readonly shape?: { readonly isRefused: boolean };
      }
    | undefined;
}

/**
 * The conversation's tree as the SDK sees it: over the indices that it reaches, one event an index.
 * Source: openhands-sdk conversation/event_store.py and state.py.
 */
export interface Tree<K extends Knot = Knot> {
  /** Events by index, 0 to `reachable` − 1. */
  readonly events: readonly K[];
  /** Index of an id; of two the first. */
  readonly places: ReadonlyMap<string, number>;
  /** Id of an event's parent; null for a root, undefined where the event can't be read. */
  parentOf(index: number): string | null | undefined;
  /** Indices of the events whose parent an id is. */
  readonly children: ReadonlyMap<string, readonly number[]>;
  /** Id of the leaf; null where there is none. */
  readonly leaf: string | null;
  /** Where the leaf is from: the state, or by default the last event of the tree. */
  readonly isLeafStated: boolean;
  /** Indices from the leaf to its root, as far as the way goes. */
  readonly branch: readonly number[];
  /** Why the way from the leaf ends before a root. */
  readonly stop: Stop | undefined;
}

type Stop =
  | { readonly why: 'unreadable'; readonly at: number }
  /** `id` is not in the index; `at` is the event that names it, undefined for the leaf itself. */
  | { readonly why: 'missing'; readonly id: string; readonly at: number | undefined }
  /** `from` is the event whose parent has been passed before. */
  | { readonly why: 'cycle'; readonly at: number; readonly from: number };

export function buildTree<K extends Knot>(
  all: readonly K[],
  reachable: number,
  state: Document,
): Tree<K> {
  const events: K[] = [];
  // Of two files with one index the SDK takes the one listed last; we take the last by name.
  for (const event of all) if (event.slot.index < reachable) events[event.slot.index] = event;
  const places = new Map<string, number>();
  for (const [index, { slot }] of events.entries()) {
    if (!places.has(slot.id)) places.set(slot.id, index);
  }
  const parentOf = (index: number): string | null | undefined => {
    const told = events[index]?.told;
    if (!told) return undefined;
    if (told.parentId === ROOT_PARENT_ID) return null;
    // Older events know no parents: they stand in one line.
    return told.parentId ?? (index === 0 ? null : (events[index - 1]?.slot.id ?? null));
  };
  const stated = state.is === 'sound' ? ownString(state.value, 'leaf_event_id') : undefined;
  const children = childrenOf(events, parentOf);
  const base = { events, places, parentOf, children, isLeafStated: stated !== undefined };
  if (stated !== undefined) return { ...base, leaf: stated, ...walk(stated, base) };
  if (state.is === 'sound' && own(state.value, 'head_is_empty') === true) {
    return { ...base, leaf: null, branch: [], stop: undefined };
  }
  // By default the last event of the tree: it is looked for from the end, and what stands there
  // must be readable to tell.
  const isRead = ({ told }: Knot) => told !== undefined && !told.shape?.isRefused;
  const at = events.findLastIndex((event) => !isRead(event) || !isSide(event.told?.kind ?? ''));
  const last = events[at];
  if (last && !isRead(last)) {
    return { ...base, leaf: null, branch: [], stop: { why: 'unreadable', at } };
  }
  const leaf = last?.slot.id ?? null;
  return { ...base, leaf, ...walk(leaf, base) };
}

/** The way from an event to its root. @param leaf an id; null for no event */
export function walk(
  leaf: string | null,
  { places, parentOf }: Pick<Tree, 'places' | 'parentOf'>,
): Pick<Tree, 'branch' | 'stop'> {
  const branch: number[] = [];
  const seen = new Set<number>();
  let id: string | null = leaf;
  let child: number | undefined;
  while (id !== null) {
    const at = places.get(id);
    if (at === undefined) return { branch, stop: { why: 'missing', id, at: child } };
    if (seen.has(at)) return { branch, stop: { why: 'cycle', at, from: child ?? at } };
    seen.add(at);
    branch.push(at);
    const parent = parentOf(at);
    if (parent === undefined) return { branch, stop: { why: 'unreadable', at } };
    child = at;
    id = parent;
  }
  return { branch, stop: undefined };
}

/** Indices of all events below some in the tree, in order. */
export function descendantsOf({ events, children }: Tree, ids: readonly string[]): number[] {
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

function childrenOf(events: readonly Knot[], parentOf: Tree['parentOf']): Map<string, number[]> {
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
