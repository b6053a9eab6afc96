import { own, ownString } from '../text/json-value.ts';
import { isSide } from './event-kinds.ts';
import type { Slot } from './slot.ts';
import type { StateFile } from './state-file.ts';

/** Marks a root in `parent_id`. Source: openhands-sdk event/types.py, ROOT_PARENT_ID. */
export const ROOT_PARENT_ID = '__root__';

/** What the tree needs of an event. */
export interface TreeNode {
  readonly slot: Slot;
  /** Undefined where the event can't be read. */
  readonly fields?:
    | {
        readonly kind: string;
        readonly parentId: string | undefined;
        /** Whether the SDK refuses to read it, where that was looked into. */
        readonly schema?: { readonly isRefused: boolean };
      }
    | undefined;
}

/**
 * The conversation's tree as the SDK sees it: over the indices that it reaches, one event an index.
 * Source: openhands-sdk conversation/event_store.py and state.py.
 */
export interface EventTree<K extends TreeNode = TreeNode> {
  /** Events by index, 0 to `reachable` − 1. */
  readonly events: readonly K[];
  /** Index of an id; of two the first. */
  readonly indexById: ReadonlyMap<string, number>;
  /** Id of an event's parent; null for a root, undefined where the event can't be read. */
  parentOf(index: number): string | null | undefined;
  /** Indices of the events whose parent an id is. */
  readonly children: ReadonlyMap<string, readonly number[]>;
  /** Id of the leaf; null where there is none. */
  readonly leaf: string | null;
  /** Where the leaf is from: the state, or by default the last event of the tree. */
  readonly isLeafFromState: boolean;
  /** Indices from the leaf to its root, as far as the way goes. */
  readonly branch: readonly number[];
  /** Why the way from the leaf ends before a root. */
  readonly stop: BranchStop | undefined;
}

type BranchStop =
  | { readonly kind: 'unreadable'; readonly at: number }
  /** `id` is not in the index; `at` is the event that names it, undefined for the leaf itself. */
  | { readonly kind: 'missing'; readonly id: string; readonly at: number | undefined }
  /** `from` is the event whose parent has been passed before. */
  | { readonly kind: 'cycle'; readonly at: number; readonly from: number };

export function buildTree<K extends TreeNode>(
  all: readonly K[],
  reachable: number,
  state: StateFile,
): EventTree<K> {
  const events: K[] = [];
  // Of two files with one index the SDK takes the one listed last; we take the last by name.
  for (const event of all) if (event.slot.index < reachable) events[event.slot.index] = event;
  const indexById = new Map<string, number>();
  for (const [index, { slot }] of events.entries()) {
    if (!indexById.has(slot.id)) indexById.set(slot.id, index);
  }
  const parentOf = (index: number): string | null | undefined => {
    const fields = events[index]?.fields;
    if (!fields) return undefined;
    if (fields.parentId === ROOT_PARENT_ID) return null;
    // Older events know no parents: they stand in one line.
    return fields.parentId ?? (index === 0 ? null : (events[index - 1]?.slot.id ?? null));
  };
  const stated = state.kind === 'valid' ? ownString(state.value, 'leaf_event_id') : undefined;
  const children = childrenOf(events, parentOf);
  const base = { events, indexById, parentOf, children, isLeafFromState: stated !== undefined };
  if (stated !== undefined) return { ...base, leaf: stated, ...walkToRoot(stated, base) };
  if (state.kind === 'valid' && own(state.value, 'head_is_empty') === true) {
    return { ...base, leaf: null, branch: [], stop: undefined };
  }
  // By default the last event of the tree: it is looked for from the end, and what stands there
  // must be readable to tell.
  const isRead = ({ fields }: TreeNode) => fields !== undefined && !fields.schema?.isRefused;
  const at = events.findLastIndex((event) => !isRead(event) || !isSide(event.fields?.kind ?? ''));
  const last = events[at];
  if (last && !isRead(last)) {
    return { ...base, leaf: null, branch: [], stop: { kind: 'unreadable', at } };
  }
  const leaf = last?.slot.id ?? null;
  return { ...base, leaf, ...walkToRoot(leaf, base) };
}

/** The way from an event to its root. @param leaf an id; null for no event */
export function walkToRoot(
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

/** Indices of all events below some in the tree, in order. */
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
