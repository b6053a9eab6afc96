import { type Call, errorOf, hasFailed, resultOf, whyUnknown } from '../../history/calls.ts';
import type { Loop } from '../../history/loops.ts';
import { pathOf } from '../context.ts';
import { conversationColumn, shortId } from '../subagents/short-ids.ts';
import { formatDuration } from '../text/amounts.ts';
import { bracketed, markOf } from '../text/branch-marks.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import type { CallsReport } from './types.ts';

const COLUMNS = [
  { align: 'right' },
  {},
  { maxWidth: 12 },
  { align: 'right' },
  { maxWidth: 10 },
  {},
] as const;

/** One line per call. Below a failed call is a line with its error, and below an unknown outcome why it is unknown. */
export async function callsText(report: CallsReport, style: Style): Promise<string> {
  if (!report.withSubagents) {
    const rows = report.calls.flatMap((call) => rowsOf(call, report, style));
    return renderColumns(COLUMNS, rows, style);
  }
  const conversation = conversationColumn(report, style);
  const named = report.calls.flatMap((call) => {
    const [first = [], ...others] = rowsOf(call, report, style);
    const name = { text: conversation(call.action.slot), paint: style.chalk.dim };
    return [[name, ...first], ...others.map((row) => [{ text: '' }, ...row])];
  });
  return renderColumns([{}, ...COLUMNS], named, style);
}

function rowsOf(call: Call, report: CallsReport, style: Style): Cell[][] {
  const { statuses, zone } = report;
  const { chalk, link } = style;
  const { action, subject, duration, loop } = call;
  const mark = markOf(statuses, action);
  const risk = subject.fields.risk === 'LOW' ? '' : (subject.fields.risk ?? '');
  const repeated = loop ? bracketed(formatLoop(loop)) : '';
  const started = report.started.get(call)?.map(({ id }) => shortId(id, report.subagents().items));
  const subagents = started ? bracketed(`subagent ${safeText(started.join(', '))}`) : '';
  const about = `${bracketed(mark)}${subagents}${repeated}${bracketed(safeText(risk))}${previewLine(subject.description)}`;
  const paint = hasFailed(call) ? chalk.red : call.outcome === 'ok' ? chalk.green : chalk.yellow;
  const row = [
    {
      text: String(action.slot.index),
      paint: (index: string) => chalk.dim(link(index, pathOf(report, action.slot))),
    },
    { text: formatTime(action.entry.stamp, zone, isNarrow(style)), paint: chalk.dim },
    { text: safeText(subject.entry.tool ?? '-'), paint: chalk.cyan },
    { text: formatDuration(duration) },
    { text: resultOf(call), paint },
    mark ? { text: about, paint: chalk.dim } : { text: about },
  ];
  const error = errorOf(call) ?? whyUnknown(call);
  if (error === undefined) return [row];
  const blank = { text: '' };
  return [row, [blank, blank, blank, blank, blank, { text: `↳ ${previewLine(error)}`, paint }]];
}

/** `loop 2: 3× of 2 calls, same answers`. */
function formatLoop({ number, times, period, sameAnswers }: Loop): string {
  const calls = period > 1 ? ` of ${period} calls` : '';
  return `loop ${number}: ${times}×${calls}${sameAnswers ? ', same answers' : ''}`;
}
