import { ROOT_PARENT_ID } from '../../domain/event-tree.ts';
import type { Slots } from '../../domain/slot.ts';
import type { EventRecord } from '../event-record.ts';

/** What a walk needs of a log. */
export interface WalkedLog {
  readonly slots: Slots;
  /** The event at a position; undefined if it can't be read. */
  recordAt(position: number): Promise<EventRecord | undefined>;
}

/** An event that a walk passes. */
export interface WalkStep {
  readonly position: number;
  /** Whether the event is known to be on the branch. Otherwise it is on it if nobody went back in the part that is lost. */
  readonly isKnown: boolean;
}

/**
 * A walk from the end of a branch to its root. It reads an event only when it goes on to the event's parent. Where the
 * parent is not known, it goes on in the order of the log.
 */
export class BranchWalk {
  readonly #log: WalkedLog;
  readonly #steps: WalkStep[] = [];
  readonly #passed = new Set<number>();
  readonly #first: WalkStep | undefined;

  /**
   * @param start position of the last event of the branch; undefined for no branch
   * @param isKnown whether the branch is known to end there
   */
  constructor(log: WalkedLog, start: number | undefined, isKnown: boolean) {
    this.#log = log;
    this.#first = at(start ?? -1, isKnown);
  }

  /** The steps of the walk, from the end of the branch on. */
  async *steps(): AsyncGenerator<WalkStep> {
    for (let taken = 0; ; taken++) {
      const step = this.#steps[taken] ?? (await this.#take());
      if (!step) return;
      yield step;
    }
  }

  /** Whether the walk passes a position. */
  async passes(position: number): Promise<boolean> {
    for await (const step of this.steps()) if (step.position <= position) break;
    return this.#passed.has(position);
  }

  /** The step that was taken last leads to the next one, so its event is read only now. */
  async #take(): Promise<WalkStep | undefined> {
    const before = this.#steps.at(-1);
    const step = before ? await this.#after(before) : this.#first;
    if (!step) return undefined;
    this.#steps.push(step);
    this.#passed.add(step.position);
    return step;
  }

  async #after({ position, isKnown }: WalkStep): Promise<WalkStep | undefined> {
    if (!isKnown) return at(position - 1, false);
    const parent = await parentAt(this.#log, position);
    if (parent === null) return undefined;
    return parent === undefined ? at(position - 1, false) : at(parent, true);
  }
}

const at = (position: number, isKnown: boolean): WalkStep | undefined =>
  position < 0 ? undefined : { position, isKnown };

/** Position of the event that another one follows; null for a root, undefined if it is not known. */
export async function parentAt(
  log: WalkedLog,
  position: number,
): Promise<number | null | undefined> {
  const record = await log.recordAt(position);
  if (!record) return undefined;
  const { parentId } = record.fields;
  if (parentId === ROOT_PARENT_ID) return null;
  if (parentId !== undefined) return positionOf(log.slots, parentId, position);
  // Events from old versions have no `parent_id`: each one follows the event before it.
  const { index } = record.slot;
  if (index === 0) return null;
  return log.slots.at(position - 1)?.index === index - 1 ? position - 1 : undefined;
}

/** Position of the last event before a position that has the id; undefined if there is none. */
export function positionOf(slots: Slots, id: string, before = slots.length): number | undefined {
  for (let position = before - 1; position >= 0; position--) {
    if (slots.at(position)?.id === id) return position;
  }
  return undefined;
}
