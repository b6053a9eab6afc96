import { isSide } from '../domain/event-kinds.ts';
import type { PathLimit } from '../domain/knowledge/known-path.ts';
import type { Slot } from '../domain/slot.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';

/**
 * Where an event is in the tree:
 *
 * - `active`: on the active branch.
 * - `off`: on another branch.
 * - `side`: on no branch. Events such as state updates are side events.
 * - `beyond`: after a gap in the index, so the SDK does not see it.
 * - `unknown`: it is not known whether it is on the active branch, and so not whether it is forgotten. An event that
 *   can't be read, or is missing, would show it.
 */
export type BranchStatus = 'active' | 'off' | 'side' | 'beyond' | 'unknown';

/** Knows for each event whether it is on the active branch, and whether a condensation has forgotten it. */
export class BranchStatuses {
  readonly #active: ReadonlySet<string>;
  readonly #limit: PathLimit | undefined;
  /** Id of a forgotten event → the first condensation on the branch that forgot it. */
  readonly #forgotten = new Map<string, EventRecord>();

  /**
   * @param leaf id of the event whose branch is the active one. Default: the conversation's leaf
   */
  constructor(
    readonly history: History,
    leaf?: string,
  ) {
    const { paths } = history;
    const { events, limit } = leaf === undefined ? paths.fromLeaf() : paths.from(leaf);
    this.#limit = limit;
    this.#active = new Set(events.map(({ slot }) => slot.name));
    for (const { record } of events.toReversed()) {
      for (const id of record?.fields.forgotten ?? []) {
        if (record && !this.#forgotten.has(id)) this.#forgotten.set(id, record);
      }
    }
  }

  of({ slot, fields }: Pick<EventRecord, 'slot' | 'fields'>): BranchStatus {
    // Events after a gap can be on the path, but the SDK does not see them.
    if (this.history.tree.events[slot.index]?.slot.name !== slot.name) return 'beyond';
    const isOnPath = this.isOnPath(slot);
    if (isOnPath !== false) return isOnPath ? 'active' : 'unknown';
    return isSide(fields.kind) ? 'side' : 'off';
  }

  /** Whether the path from the leaf to its root contains an event, readable or not; undefined if that is not known. */
  isOnPath({ name, index }: Slot): boolean | undefined {
    if (this.#active.has(name)) return true;
    return this.#limit && index < this.#limit.below ? undefined : false;
  }

  /** Whether an event is on the active branch; undefined if that is not known. */
  isActive(record: Pick<EventRecord, 'slot' | 'fields'>): boolean | undefined {
    const status = this.of(record);
    return status === 'unknown' ? undefined : status === 'active';
  }

  /** Whether the model no longer sees an event of the active branch; undefined if that is not known. */
  isForgotten(record: Pick<EventRecord, 'slot' | 'fields'>): boolean | undefined {
    const status = this.of(record);
    if (status === 'unknown' || status === 'beyond') return undefined;
    return this.forgottenBy(record) !== undefined;
  }

  /**
   * The condensation that forgot an event of the active branch. Undefined if the model still sees the event, or if it
   * is not known whether the event is on the branch.
   */
  forgottenBy(record: Pick<EventRecord, 'slot' | 'fields'>): EventRecord | undefined {
    return this.of(record) === 'active' ? this.#forgotten.get(record.slot.id) : undefined;
  }

  /**
   * Up to where the branch is known: `not known beyond #5: the event can't be read`. Undefined if all of it is known.
   * Ids in it are not safe to print as they are.
   */
  get unknownPart(): string | undefined {
    return this.#limit && `not known${this.#limit.reason}`;
  }
}

/** What is known about single events, of one conversation or of several. */
export type StatusesOfEvents = Pick<BranchStatuses, 'of' | 'isForgotten' | 'forgottenBy'>;

/** Of the events that pass a filter. */
export interface BranchCounts {
  /** How many are off the active branch. */
  readonly offBranch: number;
  readonly forgotten: number;
  /** For how many it is not known whether they are on the branch. They are left out if one branch was selected. */
  readonly unknown: number;
  /** How many of those were left out. */
  readonly leftOut: number;
}
