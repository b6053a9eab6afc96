import { isSide } from '../event-kinds.ts';
import { ROOT_PARENT_ID } from '../event-tree.ts';
import type { Slot } from '../slot.ts';
import { isHeadEmpty, leafIn, type StateFile } from '../state-file.ts';

/** An event file, as far as paths need it. */
export interface PathNode {
  readonly slot: Slot;
  /** Undefined if the event can't be read. */
  readonly fields?: { readonly kind: string; readonly parentId: string | undefined } | undefined;
}

/** What is known of the path from a leaf to its root. */
export interface KnownPath<N extends PathNode = PathNode> {
  /** From the leaf on, as far as the path is known. */
  readonly events: readonly N[];
  /** Why the rest of the path is not known; undefined if there is no such rest. */
  readonly limit: PathLimit | undefined;
}

/** Why the rest of a path is not known. */
export interface PathLimit {
  /**
   * Events with a lower index can be on the path. All others that the path does not contain are off it, because the
   * SDK writes an event after its parent.
   */
  readonly below: number;
  /** `beyond #5: the event can't be read`. Ids in it are not safe to print as they are. */
  readonly reason: string;
}

/** The leaf of a conversation: its id, null if there is none, or why it is not known. */
type Leaf = { readonly id: string | null } | { readonly unknown: string };

/**
 * Paths through all event files of a conversation. The SDK does not see events after a gap in the index; here they are
 * part of the paths, because they show what the missing events were linked to.
 */
export class KnownPaths<N extends PathNode> {
  readonly #byId = new Map<string, N>();
  readonly #byIndex = new Map<number, N>();
  readonly #leaf: Leaf;

  /**
   * @param nodes all event files, in index order
   * @param state base_state.json, which may name the leaf
   */
  constructor(nodes: readonly N[], state: StateFile) {
    for (const node of nodes) {
      const { id, index } = node.slot;
      if (!this.#byId.has(id)) this.#byId.set(id, node);
      this.#byIndex.set(index, node);
    }
    this.#leaf = leafOf(nodes.toReversed(), state);
  }

  /** The file of an event; undefined if there is none with the id. */
  nodeOf(id: string): N | undefined {
    return this.#byId.get(id);
  }

  /** Id of the leaf; null if there is none, undefined if it is not known. It can be an id that no file has. */
  get leaf(): string | null | undefined {
    return 'unknown' in this.#leaf ? undefined : this.#leaf.id;
  }

  /** Whether no file has the leaf that the state names. */
  get isLeafLost(): boolean {
    return typeof this.leaf === 'string' && !this.#byId.has(this.leaf);
  }

  /** Why no path begins at the leaf; undefined if one does, or if it is known that there is no leaf. */
  get unknownLeaf(): string | undefined {
    if ('unknown' in this.#leaf) return this.#leaf.unknown;
    return this.isLeafLost ? `no event file has the leaf, ${this.leaf}` : undefined;
  }

  /** The path from the conversation's leaf. */
  fromLeaf(): KnownPath<N> {
    const unknown = this.unknownLeaf;
    if (unknown !== undefined) {
      return { events: [], limit: { below: Number.POSITIVE_INFINITY, reason: `: ${unknown}` } };
    }
    const { id } = this.#leaf as { id: string | null };
    return id === null ? { events: [], limit: undefined } : this.from(id);
  }

  /** The path from an event. @param id the id of an event that has a file */
  from(id: string): KnownPath<N> {
    const seen = new Set<N>();
    let node = this.#byId.get(id);
    while (node && !seen.has(node)) {
      seen.add(node);
      const parent = this.parentOf(node);
      if (!('limit' in parent)) node = parent.node;
      else return { events: [...seen], limit: parent.limit };
    }
    return { events: [...seen], limit: undefined };
  }

  /** The parent of an event: undefined for a root; a limit if it is not known, or if it has no file. */
  parentOf({ slot, fields }: PathNode): { node: N | undefined } | { limit: PathLimit } {
    const { index } = slot;
    if (index === 0 && fields?.parentId === undefined) return { node: undefined };
    if (!fields) {
      return { limit: { below: index, reason: ` beyond #${index}: the event can't be read` } };
    }
    const { parentId } = fields;
    if (parentId === ROOT_PARENT_ID) return { node: undefined };
    // Events from old versions have no `parent_id`: each one follows the event before it.
    const node = parentId === undefined ? this.#byIndex.get(index - 1) : this.#byId.get(parentId);
    if (node) return { node };
    const missing =
      parentId === undefined
        ? `event ${index - 1} is missing`
        : `its parent ${parentId} is missing`;
    return { limit: { below: index, reason: ` beyond #${index}: ${missing}` } };
  }
}

/**
 * If the state does not name the leaf, it is the last event that can be one, as far as that is known.
 *
 * @param newestFirst event files, from the newest one on
 */
export function leafOf(newestFirst: Iterable<PathNode>, state: StateFile): Leaf {
  if (state.kind === 'invalid') return { unknown: "base_state.json can't be read" };
  const stated = leafIn(state);
  if (stated !== undefined) return { id: stated };
  if (isHeadEmpty(state)) return { id: null };
  let next: number | undefined;
  for (const { slot, fields } of newestFirst) {
    const { index, id } = slot;
    if (next !== undefined && index < next - 1)
      return { unknown: leafLost(next - 1, 'is missing') };
    if (!fields) return { unknown: leafLost(index, "can't be read") };
    if (fields.kind === '') return { unknown: leafLost(index, 'has no kind') };
    if (!isSide(fields.kind)) return { id };
    next = index;
  }
  return next !== undefined && next > 0
    ? { unknown: leafLost(next - 1, 'is missing') }
    : { id: null };
}

const leafLost = (index: number, why: string) => `#${index}, which may be the leaf, ${why}`;
