import type { ReadOutcome } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { EventStorage } from '../storage/event-storage.ts';
import type { Listing } from '../storage/listing.ts';
import type { EventReader } from './event-reader.ts';

/** A conversation's events while they are being written: its listing changes, and files are read as they are now. */
export class LiveLog {
  #slots: Listing;
  /** Names in the listing; undefined until they are needed. */
  #names: Set<string> | undefined;

  /** @throws CoreError if the events can't be listed */
  constructor(readonly reader: EventReader) {
    this.#slots = reader.storage.list();
  }

  get storage(): EventStorage {
    return this.reader.storage;
  }

  get folder(): ConversationFolder {
    return this.storage.folder;
  }

  get slots(): Listing {
    return this.#slots;
  }

  /** Lists the events again. @throws CoreError as the constructor does */
  refresh(): void {
    this.#slots = this.storage.list();
    this.#names = undefined;
  }

  /**
   * Looks at a few names again, without listing all others.
   *
   * @returns the event files that are new, and how many are gone
   */
  update(names: Iterable<string>): { added: Slot[]; removed: number } {
    this.#names ??= new Set([...this.#slots].map(({ name }) => name));
    const added: Slot[] = [];
    let removed = 0;
    for (const name of new Set(names)) {
      const slot = this.storage.find(name);
      const isKnown = this.#names.has(name);
      if (isKnown && !slot) removed++;
      if (isKnown || !slot) continue;
      this.#names.add(name);
      added.push(slot);
    }
    if (added.length > 0) this.#slots = this.#slots.with(added);
    return { added, removed };
  }

  /** Reads a slot's file as it is now. @throws ConversationGone */
  read(slot: Slot): ReadOutcome {
    return this.reader.read(slot);
  }

  /** Reads a slot's file; if it is the newest one, its writer gets the moment that a write needs. @throws ConversationGone */
  async readSettled(slot: Slot): Promise<ReadOutcome> {
    const outcome = this.reader.read(slot);
    return slot.name === this.#slots.at(-1)?.name ? this.reader.settle(outcome) : outcome;
  }
}
