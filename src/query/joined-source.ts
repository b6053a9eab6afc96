import type { Entry } from '../domain/entry.ts';
import type { EventSource, ScanOptions, ScanVisitor } from '../domain/scan.ts';
import type { Slot, SlotConversation, Slots } from '../domain/slot.ts';
import type { Filter } from './filter.ts';

/** One of the conversations of a joined source. */
export interface Member {
  readonly source: EventSource;
  /** Undefined for the outermost conversation. */
  readonly conversation: SlotConversation | undefined;
}

/**
 * Several conversations as one source: the events of one after those of another. Each slot that it shows names its
 * conversation, because ids and file names can be the same in several.
 */
export class JoinedSource implements EventSource {
  readonly slots: Slots;
  readonly #members: readonly Member[];
  /** Position of the first event of each member, and the position after the last event of all. */
  readonly #starts: readonly number[];

  constructor(members: readonly Member[]) {
    this.#members = members;
    const starts = [0];
    for (const { source } of members) starts.push((starts.at(-1) as number) + source.slots.length);
    this.#starts = starts;
    this.slots = new JoinedSlots(members, starts, (position) => this.#memberAt(position));
  }

  async scan(
    positions: readonly number[],
    options: ScanOptions,
    visitor: ScanVisitor,
  ): Promise<void> {
    let isStopped = false;
    const noting = (stop: boolean | undefined) => {
      isStopped ||= stop ?? false;
      return stop;
    };
    for (let next = 0; next < positions.length && !isStopped; ) {
      const at = this.#memberAt(positions[next] as number);
      const { source, conversation } = this.#members[at] as Member;
      const [start, end] = [this.#starts[at] as number, this.#starts[at + 1] as number];
      const run: number[] = [];
      for (; next < positions.length; next++) {
        const position = positions[next] as number;
        if (position < start || position >= end) break;
        run.push(position - start);
      }
      const needsBody = (entry: Entry) => options.needsBody(inConversation(entry, conversation));
      await source.scan(run, conversation ? { ...options, needsBody } : options, {
        entry(entry, event, position) {
          const named = inConversation(entry, conversation);
          const slot = naming(entry.slot, conversation);
          const whole = event && { ...event, slot, entry: { ...event.entry, slot } };
          return noting(visitor.entry(named, whole, start + position));
        },
        fault(fault, position) {
          const named = { ...fault, slot: naming(fault.slot, conversation) };
          return noting(visitor.fault(named, start + position));
        },
      });
    }
  }

  confirmEntries(positions: Iterable<number>): boolean {
    let isSame = true;
    for (const position of positions) {
      const at = this.#memberAt(position);
      const { source } = this.#members[at] as Member;
      isSame = source.confirmEntries([position - (this.#starts[at] as number)]) && isSame;
    }
    return isSame;
  }

  peekEntry(position: number): Entry | undefined {
    const at = this.#memberAt(position);
    const { source, conversation } = this.#members[at] as Member;
    const entry = source.peekEntry(position - (this.#starts[at] as number));
    return entry && inConversation(entry, conversation);
  }

  /** Which member has the event at a position. */
  #memberAt(position: number): number {
    let [low, high] = [0, this.#members.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function naming(slot: Slot, conversation: SlotConversation | undefined): Slot {
  return conversation ? { ...slot, conversation } : slot;
}

/** @param entry it can compute its fields when they are asked for, so it can't be copied */
function inConversation(entry: Entry, conversation: SlotConversation | undefined): Entry {
  if (!conversation) return entry;
  return {
    get slot() {
      return naming(entry.slot, conversation);
    },
    get kind() {
      return entry.kind;
    },
    get source() {
      return entry.source;
    },
    get stamp() {
      return entry.stamp;
    },
    get tool() {
      return entry.tool;
    },
    get failed() {
      return entry.failed;
    },
  };
}

class JoinedSlots implements Slots {
  readonly length: number;

  constructor(
    readonly members: readonly Member[],
    readonly starts: readonly number[],
    readonly memberAt: (position: number) => number,
  ) {
    this.length = starts.at(-1) as number;
  }

  at(position: number): Slot | undefined {
    const from0 = position < 0 ? this.length + position : position;
    if (from0 < 0 || from0 >= this.length) return undefined;
    const at = this.memberAt(from0);
    const { source, conversation } = this.members[at] as Member;
    const slot = source.slots.at(from0 - (this.starts[at] as number));
    return slot && naming(slot, conversation);
  }

  *[Symbol.iterator](): Generator<Slot> {
    for (const { source, conversation } of this.members) {
      for (const slot of source.slots) yield naming(slot, conversation);
    }
  }

  *keys(): Generator<number> {
    for (let position = 0; position < this.length; position++) yield position;
  }
}

/** Judges each event by the filter of its conversation. @param of returns the filter of a slot's conversation */
export function joinFilters(filters: readonly Filter[], of: (slot: Slot) => Filter): Filter {
  const admitsSlot = (slot: Slot) => of(slot).admitsSlot(slot);
  return {
    needsNamesOnly: filters.every(({ needsNamesOnly }) => needsNamesOnly),
    scanOptions: {
      mayNeedBodies: filters.some(({ scanOptions }) => scanOptions.mayNeedBodies),
      needsBody: (entry) => of(entry.slot).scanOptions.needsBody(entry),
    },
    admitsSlot,
    positionsIn: (slots) =>
      [...slots.keys()].filter((position) => admitsSlot(slots.at(position) as Slot)),
    mayPass: (entry) => of(entry.slot).mayPass(entry),
    verdictOn(entry, event) {
      const verdict = of(entry.slot).verdictOn(entry, event);
      // The filter of one conversation does not know that it is part of a tree.
      return typeof verdict === 'object' ? { ...verdict, slot: entry.slot } : verdict;
    },
    matchesIn: (event, max) => of(event.slot).matchesIn(event, max),
  };
}
