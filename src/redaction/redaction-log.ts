import { type Family, familyOf } from './families.ts';

/** How often a rule replaced something at a place. */
export interface Replacements {
  /** The index of the event; undefined for what stands before the events: the title, the model, the totals. */
  readonly index: number | undefined;
  /** Where in the event: `action.command`. Without secrets. Undefined in a key. */
  readonly path: string | undefined;
  readonly rule: string;
  readonly family: Family;
  readonly count: number;
}

/** A field of an event has no longer path than this in the log. In UTF-16 units. */
const MAX_PATH_CHARS = 200;

/** Records what a redactor replaces where, without the values. */
export class RedactionLog {
  readonly #counts = new Map<string, { place: Omit<Replacements, 'count'>; count: number }>();
  /** How much was replaced so far, by rule. */
  readonly counts = new Map<string, number>();
  readonly #hasHead: boolean;
  #index: number | undefined;
  #path: string | undefined;

  /** @param hasHead whether what stands before the events is shown, and so is recorded */
  constructor(hasHead: boolean) {
    this.#hasHead = hasHead;
  }

  /** Says that what follows is of the event with this index. */
  enter(index: number): void {
    this.#index = index;
  }

  /** Redacts a text that is no field of an event. @param path what the log calls it */
  at<T>(path: string, redact: () => T): T {
    this.#path = path;
    try {
      return redact();
    } finally {
      this.#path = undefined;
    }
  }

  /** Records one replacement. */
  add(rule: string, fieldPath: string | undefined): void {
    if (this.#index === undefined && !this.#hasHead) return;
    this.counts.set(rule, (this.counts.get(rule) ?? 0) + 1);
    const path = (this.#path ?? fieldPath)?.slice(0, MAX_PATH_CHARS);
    const place = { index: this.#index, path, rule, family: familyOf(rule) };
    const key = JSON.stringify(place);
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { place, count });
  }

  /** All replacements, first what stands before the events, then in the order of the events. */
  get replacements(): Replacements[] {
    return [...this.#counts.values()]
      .map(({ place, count }) => ({ ...place, count }))
      .sort((a, b) => (a.index ?? -1) - (b.index ?? -1));
  }
}
