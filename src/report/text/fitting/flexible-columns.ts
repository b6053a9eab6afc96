/** A column that can be left out, or narrowed. */
export interface FlexibleColumn {
  /** Width of its widest cell. */
  readonly width: number;
  /** It can be cut to this width; undefined if it can't be cut. */
  readonly minWidth: number | undefined;
  /** Columns of a lower rank are left out first. Undefined for a column that is never left out. */
  readonly rank: number | undefined;
}

/** A narrower column is of no use. In columns of the terminal. */
const MIN_WIDTH = 10;

/**
 * Fits columns into the width of a terminal: those of the lowest ranks are left out until the others fit, and what room
 * is left goes to those that can be cut.
 *
 * @param room columns of the terminal, one space between two columns included
 * @returns the width of each column; undefined for one that is left out
 */
export function fitColumns(
  columns: readonly FlexibleColumn[],
  room: number,
): (number | undefined)[] {
  const least = columns.map(({ width, minWidth }) => Math.min(width, minWidth ?? width));
  const kept = new Set(columns.keys());
  const needed = () => [...kept].reduce((sum, at) => sum + (least[at] ?? 0), kept.size - 1);
  while (needed() > room) {
    const next = lowestRank(columns, kept);
    if (next === undefined) break;
    const width = least[next] ?? 0;
    const narrower = width - (needed() - room);
    // The last one is cut further before it is left out.
    const isLast = [...kept].every((at) => at === next || columns[at]?.rank === undefined);
    if (isLast && columns[next]?.minWidth !== undefined && narrower >= MIN_WIDTH)
      least[next] = narrower;
    else kept.delete(next);
  }
  refill(columns, least, kept, room - needed());
  const widths = columns.map((_, at) => (kept.has(at) ? least[at] : undefined));
  for (let left = room - needed(); left > 0; left--) {
    const narrowest = mostCut(columns, widths);
    if (narrowest === undefined) break;
    widths[narrowest] = (widths[narrowest] ?? 0) + 1;
  }
  return widths;
}

/** Takes back columns that fit after one that could be cut was left out, the highest rank first. */
function refill(
  columns: readonly FlexibleColumn[],
  least: readonly number[],
  kept: Set<number>,
  room: number,
): void {
  const left = [...columns.keys()].filter((at) => !kept.has(at));
  if (left.every((at) => columns[at]?.minWidth === undefined)) return;
  left.sort((a, b) => (columns[b]?.rank ?? 0) - (columns[a]?.rank ?? 0));
  for (const at of left) {
    const width = 1 + (least[at] ?? 0);
    if (width > room) continue;
    kept.add(at);
    room -= width;
  }
}

function lowestRank(
  columns: readonly FlexibleColumn[],
  kept: ReadonlySet<number>,
): number | undefined {
  const ranked = [...kept].filter((at) => columns[at]?.rank !== undefined);
  ranked.sort((a, b) => (columns[a]?.rank ?? 0) - (columns[b]?.rank ?? 0));
  return ranked[0];
}

/** The column to widen next: the narrowest of those that are cut. */
function mostCut(
  columns: readonly FlexibleColumn[],
  widths: readonly (number | undefined)[],
): number | undefined {
  const cut = [...columns.keys()].filter((at) => (widths[at] ?? Infinity) < columns[at]!.width);
  cut.sort((a, b) => (widths[a] ?? 0) - (widths[b] ?? 0));
  return cut[0];
}
