import type { Slot } from '../slot.ts';

/** A run of events whose contents are not known. Both ends are included. */
export interface LostRange {
  readonly from: number;
  /** Infinity if it is not known how many events are missing at the end. */
  readonly to: number;
  /**
   * `unreadable`: there are files, but they can't be read. `missing`: no file has these indices. `unrecognized`: they
   * can be read, but their kind is not known, so neither is what they mean.
   */
  readonly kind: 'unreadable' | 'missing' | 'unrecognized';
}

/** A list has no more runs: thousands of files can be unreadable, and each of many calls has a list of its own. */
const MAX_RANGES = 20;

/** What is known of a file: undefined fields mean that it can't be read. */
interface LogNode {
  readonly slot: Slot;
  readonly fields?: object | undefined;
}

/**
 * The events of a log whose contents are not known. Each of them could be what seems to be absent elsewhere: the answer
 * of an action, a parent, a condensation. So nothing may be concluded from an absence where one of them could be it.
 *
 * That events are missing after the last file is known only if the state names one of them.
 */
export class LostEvents {
  /** In index order. */
  readonly #ranges: LostRange[] = [];

  /** Index of the first missing event; Infinity if none is missing. Of a missing event not even the id is known. */
  readonly firstMissing: number;

  /**
   * @param nodes all event files, in index order
   * @param isLeafLost the state names a leaf that no file has, so the last events can be missing
   */
  constructor(nodes: readonly LogNode[], isLeafLost: boolean) {
    let expected = 0;
    for (const { slot, fields } of nodes) {
      const { index } = slot;
      if (index > expected) this.#add(expected, index - 1, 'missing');
      if (!fields) this.#add(index, index, 'unreadable');
      expected = Math.max(expected, index + 1);
    }
    if (isLeafLost) this.#add(expected, Number.POSITIVE_INFINITY, 'missing');
    const missing = this.#ranges.find(({ kind }) => kind === 'missing');
    this.firstMissing = missing?.from ?? Number.POSITIVE_INFINITY;
  }

  #add(from: number, to: number, kind: LostRange['kind']): void {
    const last = this.#ranges.at(-1);
    if (last?.kind === kind && last.to >= from - 1) {
      this.#ranges[this.#ranges.length - 1] = { ...last, to };
    } else this.#ranges.push({ from, to, kind });
  }

  /** The first runs of lost events with these indices. Both ends are included. */
  within(from: number, to = Number.POSITIVE_INFINITY): LostRange[] {
    const found: LostRange[] = [];
    for (let at = this.#firstEndingAt(from); at < this.#ranges.length; at++) {
      const range = this.#ranges[at] as LostRange;
      if (range.from > to || found.length === MAX_RANGES) break;
      found.push({ ...range, from: Math.max(from, range.from), to: Math.min(to, range.to) });
    }
    return found;
  }

  /** Whether an event with one of these indices is lost. Both ends are included. */
  has(from: number, to = Number.POSITIVE_INFINITY): boolean {
    const first = this.#ranges[this.#firstEndingAt(from)];
    return first !== undefined && first.from <= to;
  }

  /** Position of the first range that does not end before an index. */
  #firstEndingAt(index: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle] as LostRange).to < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function predicateOf(kind: LostRange['kind'], isOne: boolean): string {
  if (kind === 'unreadable') return "can't be read";
  const verb = isOne ? 'is' : 'are';
  return kind === 'missing' ? `${verb} missing` : `${verb} of an unknown kind`;
}

function nameOf({ from, to }: LostRange): string {
  if (to === Number.POSITIVE_INFINITY) return `#${from} and later`;
  return from === to ? `#${from}` : `#${from} to #${to}`;
}

/** The sentences name no more runs of lost events. */
const MAX_NAMED_RANGES = 5;

/** `#5 can't be read`, `#5, #7 to #9 can't be read; #12 is missing`. */
export function describeLost(ranges: readonly LostRange[]): string {
  const parts: string[] = [];
  for (const kind of ['unreadable', 'missing', 'unrecognized'] as const) {
    const some = ranges.filter((range) => range.kind === kind);
    if (some.length === 0) continue;
    const names = some.map(nameOf);
    const isOne = some.length === 1 && some[0]?.from === some[0]?.to;
    const more = names.length > MAX_NAMED_RANGES ? ' and others' : '';
    const named = names.slice(0, MAX_NAMED_RANGES).join(', ');
    parts.push(`${named}${more} ${predicateOf(kind, isOne)}`);
  }
  return parts.join('; ');
}
