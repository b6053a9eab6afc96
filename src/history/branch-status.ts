import { isSide } from '../domain/event-kinds.ts';
import { walkToRoot } from '../domain/event-tree.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';

/**
 * Where an event is in the tree:
 *
 * - `active`: on the active branch.
 * - `off`: on another branch.
 * - `side`: on no branch. Events such as state updates are side events.
 * - `beyond`: after a gap in the index, so the SDK does not see it.
 */
export type BranchStatus = 'active' | 'off' | 'side' | 'beyond';

/** Knows for each event whether it is on the active branch, and whether a condensation has forgotten it. */
export class BranchStatuses {
  readonly #active: ReadonlySet<string>;
  /** Id of a forgotten event → the first condensation on the branch that forgot it. */
  readonly #forgotten = new Map<string, EventRecord>();

  /**
   * @param leaf id of the event whose branch is the active one. Default: the conversation's leaf
   */
  constructor(
    readonly history: History,
    leaf?: string,
  ) {
    const { tree } = history;
    const indices = leaf === undefined ? tree.branch : walkToRoot(leaf, tree).branch;
    const branch = indices.toReversed().flatMap((index) => tree.events[index] ?? []);
    this.#active = new Set(branch.map(({ slot }) => slot.name));
    for (const { record } of branch) {
      for (const id of record?.fields.forgotten ?? []) {
        if (record && !this.#forgotten.has(id)) this.#forgotten.set(id, record);
      }
    }
  }

  of({ slot, fields }: Pick<EventRecord, 'slot' | 'fields'>): BranchStatus {
    if (this.#active.has(slot.name)) return 'active';
    if (this.history.tree.events[slot.index]?.slot.name !== slot.name) return 'beyond';
    return isSide(fields.kind) ? 'side' : 'off';
  }

  /** The condensation that forgot an event of the active branch; undefined if the model still sees the event. */
  forgottenBy({ slot }: Pick<EventRecord, 'slot'>): EventRecord | undefined {
    return this.#active.has(slot.name) ? this.#forgotten.get(slot.id) : undefined;
  }
}
