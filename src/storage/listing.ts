import { idInEventFileName } from '../domain/event-file-name.ts';
import {
  bySlot,
  type DirectoryEntryType,
  reachable,
  type Slot,
  type Slots,
} from '../domain/slot.ts';

/** What a listing knows about its event files, by position. */
export interface Names {
  readonly length: number;
  name(position: number): string;
  index(position: number): number;
  type(position: number): DirectoryEntryType;
  /** The indices are known to be 0, 1, 2 … without a gap or a duplicate. */
  readonly isDense?: boolean;
}

/** The event files of a conversation, known from their names alone. */
export class Listing implements Slots {
  /**
   * @param names event files in index order; two files with one index are two slots
   * @param unrecognized names that the SDK would not take for event files, hidden files left out
   */
  constructor(
    readonly names: Names,
    readonly unrecognized: readonly string[] = [],
  ) {}

  get length(): number {
    return this.names.length;
  }

  /** Slots are made on each call: a million of them would take more memory than everything else. */
  at(position: number): Slot | undefined {
    const at = position < 0 ? this.length + position : position;
    if (at < 0 || at >= this.length) return undefined;
    const name = this.names.name(at);
    const id = idInEventFileName(name);
    return { index: this.names.index(at), id, name, type: this.names.type(at) };
  }

  *[Symbol.iterator](): Generator<Slot> {
    for (const position of this.keys()) yield this.at(position) as Slot;
  }

  *keys(): Generator<number> {
    for (let position = 0; position < this.length; position++) yield position;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    if (this.names.isDense) return this.length;
    return reachable(this.length, (position) => this.names.index(position));
  }

  /** This listing with more slots. */
  with(added: readonly Slot[]): Listing {
    return new Listing(this.#grown([...added].sort(bySlot)), this.unrecognized);
  }

  #grown(added: readonly Slot[]): Names {
    const last = this.at(-1);
    const [first] = added;
    // New events nearly always come last, and often: in that case nothing is copied.
    const isLater = !last || !first || bySlot(last, first) < 0;
    if (isLater && this.names instanceof SlotNames && this.names.isLongest) {
      for (const slot of added) this.names.slots.push(slot);
      return new SlotNames(this.names.slots);
    }
    return new SlotNames([...this, ...added].sort(bySlot));
  }
}

/** Names of slots that already exist. A longer listing can share the array, and shows more of it. */
class SlotNames implements Names {
  readonly length: number;

  constructor(readonly slots: Slot[]) {
    this.length = slots.length;
  }
  get isLongest(): boolean {
    return this.length === this.slots.length;
  }
  name(position: number): string {
    return (this.slots[position] as Slot).name;
  }
  index(position: number): number {
    return (this.slots[position] as Slot).index;
  }
  type(position: number): DirectoryEntryType {
    return (this.slots[position] as Slot).type;
  }
}
