import { type ShortPaths, shortPaths } from '../../history/comparison/short-paths.ts';
import { type ModelStep, type StepOrder, sortSteps } from '../../history/totals/model-steps.ts';
import type { Tokens } from '../../history/usage.ts';
import { formatCost, formatDuration, formatNumber } from '../text/amounts.ts';
import { type Cell, type Column, renderColumns, right } from '../text/columns.ts';
import { folderNote } from '../text/folder-note.ts';
import { previewLine } from '../text/preview.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { wrapProse } from '../text/wrap.ts';
import { cachedShare } from './token-cells.ts';
import type { StatsReport } from './types.ts';

/** A table of the model's responses: what each cost, how long it took, and what it did. */
export async function stepsText(
  { stats, calls, stepOrder, isReversed }: StatsReport,
  style: Style,
): Promise<string> {
  if (stats.steps.length === 0) return '';
  const paths = shortPaths(calls);
  const columns = columnsFor(stepOrder, style, paths);
  const titles = columns.map(({ title }) => title);
  const rows = sortSteps(stats.steps, stepOrder, isReversed).map((step) =>
    columns.map(({ of }) => of(step)),
  );
  const head = titles.map((text): Cell => ({ text, paint: style.chalk.bold }));
  const layout = columns.map(({ rank }, at): Column => {
    if (at === 0) return {};
    if (at === columns.length - 1) return { minWidth: MIN_DEED_COLUMNS };
    return { ...right, ...(rank !== undefined && { rank }) };
  });
  const cells = rows.map((row) => row.map((text) => ({ text })));
  const note = folderNote(paths);
  const lines = note === undefined ? '' : `${style.chalk.dim(wrapProse(note, style))}\n`;
  return lines + (await renderColumns(layout, [head, ...cells], style));
}

/** What a step did has at least so much room. In columns of the terminal. */
const MIN_DEED_COLUMNS = 16;

interface StepColumn {
  readonly title: string;
  /** See Column.rank. */
  readonly rank?: number;
  readonly of: (step: ModelStep) => string;
}

/** Rank of the time that the steps are sorted by. */
const ORDER_RANK = 8;

const LATENCY = {
  title: 'latency',
  rank: 2,
  of: ({ usage }) => formatDuration(usage?.latency === undefined ? undefined : usage.latency * 1e6),
} satisfies StepColumn;
const WAITED = {
  title: 'waited',
  rank: 2,
  of: ({ waited }) => formatDuration(waited),
} satisfies StepColumn;

/** On a narrow terminal, the only time is the one that the steps are sorted by. */
function columnsFor(order: StepOrder, style: Style, paths: ShortPaths): StepColumn[] {
  const isWide = !isNarrow(style);
  const tokens = (title: string, rank: number, of: (tokens: Tokens) => string): StepColumn => ({
    title,
    rank,
    of: ({ usage }) => (usage?.tokens ? of(usage.tokens) : '-'),
  });
  return [
    { title: 'step', of: ({ index }) => `#${index}` },
    tokens('tokens in', 6, ({ prompt }) => formatNumber(prompt)),
    tokens('cached', 3, cachedShare),
    tokens('written', 1, ({ cacheWrite }) => formatNumber(cacheWrite)),
    tokens('out', 4, ({ completion }) => formatNumber(completion)),
    ...(isWide ? [tokens('reasoning', 0, ({ reasoning }) => formatNumber(reasoning))] : []),
    ...[LATENCY, WAITED].flatMap(({ rank, ...column }) => {
      const isOrder = column.title === order;
      return isWide || isOrder ? [{ ...column, rank: isOrder ? ORDER_RANK : rank }] : [];
    }),
    {
      title: 'cost',
      rank: 7,
      of: ({ usage }) => (usage?.cost === undefined ? '-' : formatCost(usage.cost)),
    },
    { title: 'did', of: (step) => deedOf(step, paths.shorten) },
  ];
}

/** What a response did: its first call, and how many more there are. @param shorten shortens the paths in it */
export function deedOf({ events }: ModelStep, shorten = (text: string) => text): string {
  const calls = events.filter(({ fields }) => fields.kind === 'ActionEvent');
  const first = calls[0] ?? events[0];
  if (!first) return '';
  const more = calls.length > 1 ? `(+${calls.length - 1}) ` : '';
  const tool = first.entry.tool === undefined ? '' : `${safeText(first.entry.tool)}: `;
  const isShell = first.description.startsWith('$ ');
  return `${more}${isShell ? '' : tool}${previewLine(shorten(first.description))}`;
}
