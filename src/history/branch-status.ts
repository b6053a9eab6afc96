import { isSide } from '../domain/event-kinds.ts';
import { walkToRoot } from '../domain/event-tree.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';

/**
 * Where an event stands: on the active branch; off it; beside it, as state updates are, which belong to
 * no branch; or beyond a gap in the index, where the SDK sees nothing.
 */
export type BranchStatus = 'active' | 'off' | 'side' | 'beyond';

/** Tells of each event whether the conversation goes on from it, and whether the model still sees it. */
export class BranchStatuses {
  readonly #active: ReadonlySet<string>;
  /** Id of what was forgotten → the condensation, on the same branch, that forgot it first. */
  readonly #forgotten = new Map<string, EventRecord>();

  /**
   * @param history
   * @param leaf id of the event whose branch counts; left out, the conversation's own leaf
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

  /** The condensation that took it out of the model's sight; undefined where none did. */
  forgottenBy({ slot }: Pick<EventRecord, 'slot'>): EventRecord | undefined {
    return this.#active.has(slot.name) ? this.#forgotten.get(slot.id) : undefined;
  }
}
