/** A part of a text to be replaced: UTF-16 units from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** The secret itself, worth looking for elsewhere too: not one that is known by its shape. */
  readonly isNews?: boolean;
}

export const marker = (rule: string) => `[redacted:${rule}]`;

/** V8's regular expressions keep a note for each character of a run and give up at some millions. */
const STRIDE = 4000;

/** Where a run ends that begins at `at`; `run` as `runOf` makes it. */
export function endOfRun(text: string, at: number, run: RegExp): number {
  let end = at;
  do {
    run.lastIndex = end;
    if (!run.test(text)) return end;
    end = run.lastIndex;
  } while (end < text.length);
  return end;
}

/** What finds one stride of a run of what `one` matches, as in `[a-z]`. */
export const runOf = (one: string) => new RegExp(`${one}{1,${STRIDE}}`, 'y');

/** Ranges in order, those that overlap as one, under the rule of whichever was given first. */
export function merge(ranges: readonly Range[]): Range[] {
  const ranked = ranges
    .filter(({ start, end }) => start < end)
    .map((range, rank) => ({ ...range, rank }))
    .sort((a, b) => a.start - b.start || a.rank - b.rank);
  const merged: typeof ranked = [];
  for (const range of ranked) {
    const last = merged.at(-1);
    if (last === undefined || range.start >= last.end) {
      merged.push(range);
      continue;
    }
    const { rule, rank } = range.rank < last.rank ? range : last;
    merged[merged.length - 1] = {
      start: last.start,
      end: Math.max(last.end, range.end),
      rule,
      rank,
    };
  }
  return merged.map(({ start, end, rule }) => ({ start, end, rule }));
}

/** The text with every range replaced; `ranges` as `merge` gives them. */
export function replace(text: string, ranges: readonly Range[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, rule } of ranges) {
    parts.push(text.slice(at, start), marker(rule));
    at = end;
  }
  return at === 0 ? text : parts.join('') + text.slice(at);
}

/** `done` with what was found in the text that it leads to: all as ranges of the first text. */
export function compose(done: readonly Range[], found: readonly Range[]): Range[] {
  let next = 0;
  let shift = 0; // from a place behind the markers passed so far to one in the first text
  const locate = (at: number, side: 'start' | 'end') => {
    for (; next < done.length; next++) {
      const { start, end, rule } = done[next] as Range;
      const from = start - shift;
      const to = from + marker(rule).length;
      if (at < to || (side === 'end' && at === to)) {
        if (at <= from) break;
        return side === 'start' ? start : end;
      }
      shift = end - to;
    }
    return at + shift;
  };
  const moved = found.map(({ start, end, rule }) => {
    const from = locate(start, 'start');
    return { start: from, end: locate(end, 'end'), rule };
  });
  // What was found last covers what it swallows.
  return merge([...moved, ...done]);
}
