import { sortSteps } from '../../history/totals/model-steps.ts';
import { MAX_CELL_WIDTH } from '../field-cell.ts';
import { formatCost, formatDuration, formatNumber } from '../text/amounts.ts';
import type { Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { statsJson } from './json.ts';
import { toolsInLoops } from './loops.ts';
import { deedOf } from './steps-text.ts';
import type { StatsReport } from './types.ts';

const HEAD = [
  'conversation',
  'status',
  'model',
  'events',
  'errors',
  'loops',
  'calls in loops',
  'tokens in',
  'out',
  'cost',
  'took',
];
const STEP_HEAD = ['step', 'calls', 'tokens in', 'out', 'latency', 'waited', 'cost', 'did'];

/** A row about the conversation, or with `--steps` a row for each response of the model. */
export function statsTable(report: StatsReport, style: Style): string {
  if (report.hasSteps) return stepsTable(report, style);
  const { conversation, status, model, events, errors, usage, time } = statsJson(report);
  const sum = (amounts: readonly (number | null)[]) =>
    amounts.length === 0 || amounts.includes(null)
      ? null
      : amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  const row = [
    safeText(conversation.id),
    safeText(status ?? '-'),
    safeText(model ?? '-'),
    formatNumber(events),
    formatNumber(errors),
    formatNumber(report.loops.loops),
    toolsInLoops(report.loops) || '-',
    shown(sum(usage.map((one) => one.prompt_tokens)), formatNumber),
    shown(sum(usage.map((one) => one.completion_tokens)), formatNumber),
    report.stats.usageCoverage.cost.known === 0
      ? '-'
      : shown(sum(usage.map((one) => one.cost)), formatCost),
    formatDuration(time.seconds === null ? undefined : time.seconds * 1e6),
  ];
  return renderTable(HEAD, [row], style);
}

function stepsTable({ stats, stepOrder, isReversed }: StatsReport, style: Style): string {
  const steps = sortSteps(stats.steps, stepOrder, isReversed);
  if (steps.length === 0) return '';
  const rows = steps.map((step) => {
    const { index, calls, usage, waited } = step;
    return [
      `#${index}`,
      String(calls),
      shown(usage?.tokens?.prompt, formatNumber),
      shown(usage?.tokens?.completion, formatNumber),
      formatDuration(usage?.latency === undefined ? undefined : usage.latency * 1e6),
      formatDuration(waited),
      shown(usage?.cost, formatCost),
      fit(deedOf(step), MAX_CELL_WIDTH),
    ];
  });
  return renderTable(STEP_HEAD, rows, style);
}

function shown(amount: number | null | undefined, format: (amount: number) => string): string {
  return amount === null || amount === undefined ? '-' : format(amount);
}
