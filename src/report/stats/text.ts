import { shortKind } from '../../domain/event-kinds.ts';
import type { DurationStats } from '../../history/duration-stats.ts';
import type { TimeSpent } from '../../history/totals/time-spent.ts';
import type { Usage } from '../../history/usage.ts';
import { pluralize } from '../../text/wording.ts';
import {
  atLeast,
  costText,
  fromEvent,
  jumpsNote,
  partOf,
  usageNotes,
} from '../facts/coverage-text.ts';
import { leaseText } from '../facts/lease.ts';
import { subagentsText } from '../subagents/text.ts';
import {
  formatCost,
  formatCount,
  formatDuration,
  formatSize,
  percentages,
} from '../text/amounts.ts';
import { type Cell, renderColumns, right } from '../text/columns.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { wrapProse } from '../text/wrap.ts';
import { contextText } from './context-text.ts';
import { loopsLine } from './loops.ts';
import { table } from './paragraph-table.ts';
import { stepsText } from './steps-text.ts';
import { renderTimeline } from './timeline.ts';
import { tokenCells, tokenTitles } from './token-cells.ts';
import { treeStatsText } from './tree.ts';
import type { StatsReport } from './types.ts';

/** The statistics in paragraphs. Empty ones are left out. */
export async function statsText(report: StatsReport, style: Style): Promise<string> {
  const paragraphs = [
    headText(report, style),
    report.tree ? await treeStatsText(report.tree, style) : subagentsText(report.subagents()),
    ...(report.hasSteps ? [await usageText(report, style), await stepsText(report, style)] : []),
    await timeText(report.stats.time, style),
    renderTimeline(report, style),
    report.hasSteps ? '' : await usageText(report, style),
    await toolsText(report, style),
    await contextText(report, style),
    await kindsText(report, style),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n');
}

function headText(report: StatsReport, style: Style): string {
  const { chalk } = style;
  const { stats, skipped, lease, now, zone } = report;
  const { facts, events, eventCoverage, bytes, errors, time } = stats;
  const { status } = facts;
  const read = partOf(eventCoverage);
  const fields = [
    read === undefined ? pluralize(events, 'event') : `${read} (the others can't be read)`,
    formatSize(bytes),
    errors > 0
      ? chalk.red(pluralize(errors, 'error'))
      : `no errors${skipped.length > 0 ? ' in what can be read' : ''}`,
    ...(facts.stats ? [costText(stats.usages, stats.usageCoverage)] : []),
    ...(status ? [`status ${safeText(status.value)}${fromEvent(status.source)}`] : []),
  ];
  const held = lease ? `${leaseText(lease, now, zone)}\n` : '';
  const { from, to } = time;
  const head = wrapProse(fields.join(', '), style);
  if (from === undefined || to === undefined) return `${head}\n${held}`;
  const at = (us: number) => formatTime({ us, naive: false }, zone, false).slice(0, 19);
  const took = atLeast(formatDuration(time.total), time.coverage);
  const jumps = jumpsNote(time.jumps);
  const note = jumps === undefined ? '' : `${chalk.yellow(wrapProse(jumps, style))}\n`;
  return `${head}\n${wrapProse(`${at(from)} to ${at(to)}, ${took}`, style)}\n${held}${note}`;
}

/** Width of a bar for the whole time, and of what stands before it. In columns of the terminal. */
const [FULL_BAR_COLUMNS, MIN_BAR_COLUMNS] = [30, 4];
const BEFORE_BAR_COLUMNS = 36;

async function timeText(time: TimeSpent, style: Style): Promise<string> {
  const { model, tools, other } = time;
  const whole = model + tools + other;
  if (whole === 0) return '';
  const { chalk } = style;
  const shares = percentages([model, tools, other]);
  const room = (style.columns ?? Number.POSITIVE_INFINITY) - BEFORE_BAR_COLUMNS;
  const full = Math.max(MIN_BAR_COLUMNS, Math.min(FULL_BAR_COLUMNS, room));
  const row = (
    name: string,
    us: number,
    share: number | undefined,
    paint: (text: string) => string,
  ): Cell[] => [
    { text: name },
    { text: formatDuration(us) },
    { text: `${share} %` },
    { text: '█'.repeat(Math.round((full * us) / whole)), paint },
  ];
  return renderColumns(
    [{}, right, right, {}],
    [
      row('waiting for the model', model, shares[0], chalk.green),
      row('in tools', tools, shares[1], chalk.cyan),
      row('neither', other, shares[2], chalk.dim),
    ],
    style,
  );
}

/** Columns without a rank stay. */
const USAGE_RANKS = {
  reasoning: 0,
  written: 1,
  latency: 2,
  cached: 3,
  steps: 4,
  out: 5,
  model: 6,
  'tokens in': 7,
};

async function usageText({ stats }: StatsReport, style: Style): Promise<string> {
  const { usages, usageCoverage, facts } = stats;
  const source = fromEvent(facts.stats?.source).trim();
  const notes = [
    ...(source === '' ? [] : [`usage ${source.slice(1, -1)}`]),
    ...usageNotes(usages, usageCoverage),
  ];
  const below = notes.map((note) => `${style.chalk.yellow(wrapProse(note, style))}\n`).join('');
  if (usages.length === 0) return below;
  const isShort = isNarrow(style);
  const titles = ['usage', 'model', 'steps', ...tokenTitles(isShort), 'latency', 'cost'];
  const unknown = tokenTitles(isShort).map(() => '-');
  const rows = stats.usages.map(({ id, model, tokens, hasTokens, cost, latency, steps }: Usage) => [
    safeText(id),
    safeText(isShort ? (model.split('/').at(-1) ?? '') : model),
    // A total without responses is not a total of none.
    steps.length === 0 && (cost > 0 || tokens.prompt > 0) ? '-' : String(steps.length),
    ...(hasTokens ? tokenCells(tokens, isShort) : unknown),
    formatDuration(latency === undefined ? undefined : latency * 1e6),
    cost === 0 && usageCoverage.cost.known === 0 ? '-' : formatCost(cost),
  ]);
  return `${await table(titles, rows, style, { names: 2, ranks: USAGE_RANKS })}${below}`;
}

const TOOL_RANKS = {
  p95: 0,
  'no answer': 1,
  median: 2,
  longest: 3,
  total: 4,
  failed: 5,
};

async function toolsText(report: StatsReport, style: Style): Promise<string> {
  const { stats } = report;
  if (stats.tools.length === 0) return '';
  const titles = ['tool', 'calls', 'failed', 'no answer', 'median', 'p95', 'longest', 'total'];
  const rows = stats.tools.map(({ tool, calls, failed, unanswered, unknown, durations }) => [
    safeText(tool || '(none)'),
    String(calls),
    formatCount(failed, unknown),
    formatCount(unanswered, unknown),
    ...durationCells(durations),
  ]);
  const partial = stats.tools.flatMap(({ tool, durationCoverage }) => {
    const part = partOf(durationCoverage);
    if (part === undefined) return [];
    return `durations of ${safeText(tool || '(none)')} are known for ${part} with an answer`;
  });
  const notes = partial.map((note) => `${style.chalk.yellow(wrapProse(note, style))}\n`).join('');
  return `${await table(titles, rows, style, { ranks: TOOL_RANKS })}${notes}${loopsText(report, style)}`;
}

function loopsText({ loops, calls }: StatsReport, style: Style): string {
  const line = loopsLine(loops, calls.length);
  return line === '' ? '' : `${style.chalk.yellow(wrapProse(line, style))}\n`;
}

function durationCells(durations: DurationStats | undefined): string[] {
  const { median, p95, longest, total } = durations ?? {};
  return [median, p95, longest, total].map(formatDuration);
}

async function kindsText({ stats }: StatsReport, style: Style): Promise<string> {
  if (stats.kinds.size === 0) return '';
  const rows = [...stats.kinds].map(([kind, count]) => [
    safeText(shortKind(kind) || '(none)'),
    String(count),
  ]);
  return table(['kind', 'events'], rows, style);
}
