import { listSome } from '../../text/wording.ts';
import type { Slot } from '../slot.ts';

/** A run of events whose contents are not known. Both ends are included. */
export interface LostRange {
  readonly from: number;
  readonly to: number;
  /** `unreadable`: there are files, but they can't be read. `missing`: no file has these indices. */
  readonly kind: 'unreadable' | 'missing';
}

/** What is known of a file: undefined fields mean that it can't be read. */
interface LogNode {
  readonly slot: Slot;
  readonly fields?: object | undefined;
}

/**
 * The events of a log whose contents are not known. Each of them could be what seems to be absent elsewhere: the answer
 * of an action, a parent, a condensation. So nothing may be concluded from an absence where one of them could be it.
 *
 * How many events are missing after the last file is never known, so those are not part of this.
 */
export class LostEvents {
  /** In index order. */
  readonly #ranges: LostRange[] = [];

  /** @param nodes all event files, in index order */
  constructor(nodes: readonly LogNode[]) {
    let expected = 0;
    for (const { slot, fields } of nodes) {
      const { index } = slot;
      if (index > expected) this.#add(expected, index - 1, 'missing');
      if (!fields) this.#add(index, index, 'unreadable');
      expected = Math.max(expected, index + 1);
    }
  }

  #add(from: number, to: number, kind: LostRange['kind']): void {
    const last = this.#ranges.at(-1);
    if (last?.kind === kind && last.to >= from - 1) {
      this.#ranges[this.#ranges.length - 1] = { ...last, to };
    } else this.#ranges.push({ from, to, kind });
  }

  /** The lost events with these indices. Both ends are included. */
  within(from: number, to = Number.POSITIVE_INFINITY): LostRange[] {
    const found: LostRange[] = [];
    for (let at = this.#firstEndingAt(from); at < this.#ranges.length; at++) {
      const range = this.#ranges[at] as LostRange;
      if (range.from > to) break;
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

/** The sentences name no more runs of lost events. */
const MAX_NAMED_RANGES = 5;

/** `#5 can't be read`, `#5 and #7 to #9 can't be read; #12 is missing`. */
export function describeLost(ranges: readonly LostRange[]): string {
  const parts: string[] = [];
  for (const kind of ['unreadable', 'missing'] as const) {
    const some = ranges.filter((range) => range.kind === kind);
    if (some.length === 0) continue;
    const names = some.map(({ from, to }) => (from === to ? `#${from}` : `#${from} to #${to}`));
    const isOne = some.length === 1 && some[0]?.from === some[0]?.to;
    const predicate =
      kind === 'unreadable' ? "can't be read" : isOne ? 'is missing' : 'are missing';
    parts.push(`${listSome(names, MAX_NAMED_RANGES)} ${predicate}`);
  }
  return parts.join('; ');
}
