import { costCell } from '../facts/coverage-text.ts';
import { shortId } from '../subagents/short-ids.ts';
import { formatDuration, formatNumber, formatSize } from '../text/amounts.ts';
import { type Cell, type Column, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import type { ListedConversation, LsReport } from './types.ts';

/** A column of the list. */
interface Field {
  readonly title: string;
  readonly column?: Column;
  /** The field is shown only on a wide terminal, or on a pipe. */
  readonly isOnlyWide?: boolean;
  /** The field is shown only if a conversation of the list has subagents. */
  readonly isOnlyWithSubagents?: boolean;
  cell(listed: ListedConversation, style: Style, report: LsReport): Cell;
}

/** On narrower terminals, ids and times are shortened, and some fields are left out. */
const MIN_WIDE_COLUMNS = 150;
const right: Column = { align: 'right' };
const isShort = ({ columns }: Style) => columns !== undefined && columns < MIN_WIDE_COLUMNS;

const FIELDS: readonly Field[] = [
  {
    title: 'id',
    cell: ({ id, path, depth }, style, { items }) => ({
      text: indentOf(depth) + safeText(isShort(style) ? shortId(id, items) : id),
      paint: (text) => style.chalk.cyan(style.link(text, path)),
    }),
  },
  {
    title: 'active',
    cell: ({ to }, style, report) => ({
      text: isShort(style) ? shortTime(to, report) : timeOf(to, report).slice(0, 16),
    }),
  },
  {
    title: 'status',
    column: { maxWidth: 9 },
    cell: ({ facts: { status } }, { chalk }) => ({
      text: safeText(status?.value ?? '-'),
      paint: status?.value === 'error' || status?.value === 'stuck' ? chalk.red : (text) => text,
    }),
  },
  {
    title: 'model',
    isOnlyWide: true,
    column: { maxWidth: 28 },
    cell: ({ facts: { model } }) => ({ text: safeText(model?.value ?? '-') }),
  },
  { title: 'events', column: right, cell: ({ events }) => ({ text: formatNumber(events) }) },
  {
    title: 'size',
    isOnlyWide: true,
    column: right,
    cell: ({ bytes }) => ({ text: formatSize(bytes) }),
  },
  {
    title: 'took',
    column: right,
    cell: ({ took, jumps }) => ({ text: `${jumps > 0 ? '≥' : ''}${formatDuration(took)}` }),
  },
  {
    title: 'cost',
    column: right,
    cell: ({ usages, usageCoverage }) => ({ text: costCell(usages, usageCoverage) }),
  },
  {
    title: 'errors',
    column: right,
    cell: ({ errors, faults }, { chalk }) => ({
      text: `${errors}${faults.length > 0 ? `+${faults.length}?` : ''}`,
      paint: errors + faults.length > 0 ? chalk.red : chalk.dim,
    }),
  },
  {
    title: 'subagents',
    isOnlyWithSubagents: true,
    column: right,
    cell: ({ subagents: { items } }, { chalk }) => ({
      text: items.length > 0 ? formatNumber(items.length) : '-',
      paint: items.some(({ problem }) => problem !== undefined) ? chalk.red : (text) => text,
    }),
  },
  { title: 'title', cell: ({ title }) => ({ text: previewLine(title ?? '-') }) },
];

function timeOf(us: number | undefined, { zone }: LsReport): string {
  return formatTime(us === undefined ? undefined : { us, naive: false }, zone, false).trim();
}

/** `03-02 09:14`, or `2025-03-02` for a time in another year. */
function shortTime(us: number | undefined, report: LsReport): string {
  const time = timeOf(us, report);
  const isThisYear = time.slice(0, 4) === timeOf(report.now, report).slice(0, 4);
  return isThisYear ? time.slice(5, 16) : time.slice(0, 10);
}

/** Deeper subagents are not indented any further, because there is no room. */
const MAX_INDENTED_DEPTH = 8;

/** What stands before the id of a subagent in a tree. */
function indentOf(depth: number): string {
  return depth === 0 ? '' : `${'  '.repeat(Math.min(depth, MAX_INDENTED_DEPTH) - 1)}└ `;
}

/** The columns of the list that there is something in, and room for. */
export function fieldsOf({ items }: LsReport, style: Style): readonly Field[] {
  const hasSubagents = items.some(({ subagents }) => subagents.items.length > 0);
  return FIELDS.filter(
    ({ isOnlyWide, isOnlyWithSubagents }) =>
      !(isOnlyWide && isShort(style)) && (hasSubagents || !isOnlyWithSubagents),
  );
}

/** One line per conversation, below a line of titles. */
export async function lsText(report: LsReport, style: Style): Promise<string> {
  if (report.items.length === 0) return '';
  const fields = fieldsOf(report, style);
  const head = fields.map(({ title }) => ({ text: title, paint: style.chalk.bold }));
  const rows = report.items.map((listed) =>
    fields.map((field) => field.cell(listed, style, report)),
  );
  return renderColumns(
    fields.map(({ column }) => column ?? {}),
    [head, ...rows],
    style,
  );
}
