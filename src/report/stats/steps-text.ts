import { type ModelStep, type StepOrder, sortSteps } from '../../history/totals/model-steps.ts';
import type { Tokens } from '../../history/usage.ts';
import { formatCost, formatDuration, formatNumber } from '../text/amounts.ts';
import { type Cell, type Column, renderColumns, right } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { cachedShare } from './token-cells.ts';
import type { StatsReport } from './types.ts';

/** A table of the model's responses: what each cost, how long it took, and what it did. */
export async function stepsText(
  { stats, stepOrder, isReversed }: StatsReport,
  style: Style,
): Promise<string> {
  if (stats.steps.length === 0) return '';
  const columns = columnsFor(stepOrder, style);
  const titles = columns.map(({ title }) => title);
  const rows = sortSteps(stats.steps, stepOrder, isReversed).map((step) =>
    columns.map(({ of }) => of(step)),
  );
  const head = titles.map((text): Cell => ({ text, paint: style.chalk.bold }));
  const layout = titles.map((_, at): Column => {
    return at === 0 || at === titles.length - 1 ? {} : right;
  });
  return renderColumns(layout, [head, ...rows.map((row) => row.map((text) => ({ text })))], style);
}

interface StepColumn {
  readonly title: string;
  readonly of: (step: ModelStep) => string;
}

const LATENCY: StepColumn = {
  title: 'latency',
  of: ({ usage }) => formatDuration(usage?.latency === undefined ? undefined : usage.latency * 1e6),
};
const WAITED: StepColumn = { title: 'waited', of: ({ waited }) => formatDuration(waited) };

/** On a narrow terminal, the only time is the one that the steps are sorted by. */
function columnsFor(order: StepOrder, style: Style): StepColumn[] {
  const isWide = !isNarrow(style);
  const tokens = (title: string, of: (tokens: Tokens) => string): StepColumn => ({
    title,
    of: ({ usage }) => (usage?.tokens ? of(usage.tokens) : '-'),
  });
  return [
    { title: 'step', of: ({ index }) => `#${index}` },
    tokens('tokens in', ({ prompt }) => formatNumber(prompt)),
    tokens('cached', cachedShare),
    tokens('written', ({ cacheWrite }) => formatNumber(cacheWrite)),
    tokens('out', ({ completion }) => formatNumber(completion)),
    ...(isWide ? [tokens('reasoning', ({ reasoning }) => formatNumber(reasoning))] : []),
    ...(isWide || order === 'latency' ? [LATENCY] : []),
    ...(isWide || order === 'waited' ? [WAITED] : []),
    {
      title: 'cost',
      of: ({ usage }) => (usage?.cost === undefined ? '-' : formatCost(usage.cost)),
    },
    { title: 'did', of: deedOf },
  ];
}

/** What a response did: its first call, and how many more there are. */
function deedOf({ events }: ModelStep): string {
  const calls = events.filter(({ fields }) => fields.kind === 'ActionEvent');
  const first = calls[0] ?? events[0];
  if (!first) return '';
  const more = calls.length > 1 ? `(+${calls.length - 1}) ` : '';
  const tool = first.entry.tool === undefined ? '' : `${safeText(first.entry.tool)}: `;
  const isShell = first.description.startsWith('$ ');
  return `${more}${isShell ? '' : tool}${previewLine(first.description)}`;
}
