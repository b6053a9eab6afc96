import { errorOf, resultOf } from '../../history/calls.ts';
import { fieldCell, MAX_CELL_WIDTH } from '../field-cell.ts';
import { conversationColumn } from '../subagents/short-ids.ts';
import { formatDuration } from '../text/amounts.ts';
import { bracketed, markOf } from '../text/branch-marks.ts';
import { previewLine } from '../text/preview.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fit } from '../text/unicode-width.ts';
import { wholeCall } from './json-line.ts';
import type { CallsReport } from './types.ts';

const HEAD = ['index', 'time', 'tool', 'took', 'outcome', 'about'];
/** Wider names of tools are cut. In columns of the terminal. */
const MAX_TOOL_WIDTH = 24;

/** A table of the usual columns, or of the fields in `--fields`. */
export async function* callsTable(report: CallsReport, style: Style): AsyncGenerator<string> {
  const { fields } = report;
  const rows = fields ? await fieldRows(report, fields) : usualRows(report, style);
  const head = fields ?? HEAD;
  if (rows.length === 0) return;
  if (!report.withSubagents) return yield renderTable(head, rows, style);
  const conversation = conversationColumn(report, style);
  const named = report.calls.map(({ action }, at) => [
    conversation(action.slot).trim(),
    ...(rows[at] as string[]),
  ]);
  yield renderTable(['conversation', ...head], named, style);
}

async function fieldRows(report: CallsReport, fields: readonly string[]): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { call, details } of report.read()) {
    const json = wholeCall(call, details, report);
    rows.push(fields.map((path) => fieldCell(json, path)));
  }
  return rows;
}

function usualRows({ calls, statuses, zone }: CallsReport, style: Style): string[][] {
  return calls.map((call) => {
    const { action, subject, duration } = call;
    const error = errorOf(call);
    const about = previewLine(subject.description) + (error ? ` ↳ ${previewLine(error)}` : '');
    return [
      String(action.slot.index),
      formatTime(action.entry.stamp, zone, isNarrow(style)),
      fit(safeText(subject.entry.tool ?? ''), MAX_TOOL_WIDTH),
      formatDuration(duration),
      resultOf(call),
      fit(bracketed(markOf(statuses, action)) + about, MAX_CELL_WIDTH),
    ];
  });
}
