import { formatCost, formatDuration, formatNumber, formatSize } from '../text/amounts.ts';
import { type Cell, type Column, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import type { ListedConversation, LsReport } from './types.ts';

interface Field {
  readonly title: string;
  readonly column?: Column;
  /** Left out where there is little room. */
  readonly isRoomy?: boolean;
  cell(listed: ListedConversation, style: Style, report: LsReport): Cell;
}

/** Below this many columns ids and times are shortened, and some fields left out: all of them take as much. */
const MIN_WIDE_COLUMNS = 150;
const right: Column = { align: 'right' };
const isShort = ({ columns }: Style) => columns !== undefined && columns < MIN_WIDE_COLUMNS;

const FIELDS: readonly Field[] = [
  {
    title: 'id',
    cell: ({ id, path }, style, { items }) => ({
      text: safeText(isShort(style) ? shortId(id, items) : id),
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
    cell: ({ status }, { chalk }) => ({
      text: safeText(status ?? '-'),
      paint: status === 'error' || status === 'stuck' ? chalk.red : (text) => text,
    }),
  },
  {
    title: 'model',
    isRoomy: true,
    column: { maxWidth: 28 },
    cell: ({ model }) => ({ text: safeText(model ?? '-') }),
  },
  { title: 'events', column: right, cell: ({ events }) => ({ text: formatNumber(events) }) },
  {
    title: 'size',
    isRoomy: true,
    column: right,
    cell: ({ bytes }) => ({ text: formatSize(bytes) }),
  },
  {
    title: 'took',
    column: right,
    cell: ({ from, to }) => ({
      text: formatDuration(from === undefined || to === undefined ? undefined : to - from),
    }),
  },
  {
    title: 'cost',
    column: right,
    cell: ({ cost }) => ({ text: cost === undefined ? '-' : formatCost(cost) }),
  },
  {
    title: 'errors',
    column: right,
    cell: ({ errors, faults }, { chalk }) => ({
      text: `${errors}${faults.length > 0 ? `+${faults.length}?` : ''}`,
      paint: errors + faults.length > 0 ? chalk.red : chalk.dim,
    }),
  },
  { title: 'title', cell: ({ title }) => ({ text: previewLine(title ?? '-') }) },
];

/** As many digits of an id as tell it from the others, 8 or more; what is no id of the usual form whole. */
function shortId(id: string, items: LsReport['items']): string {
  if (!/^[0-9a-f]{32}$/i.test(id)) return id.length > 24 ? `${id.slice(0, 23)}…` : id;
  const others = items.filter((one) => one.id !== id).map((one) => one.id);
  let length = 8;
  while (length < id.length && others.some((other) => other.startsWith(id.slice(0, length))))
    length++;
  return id.slice(0, length);
}

function timeOf(us: number | undefined, { zone }: LsReport): string {
  return formatTime(us === undefined ? undefined : { us, naive: false }, zone, false).trim();
}

/** `03-02 09:14`, or the day with its year where that is another. */
function shortTime(us: number | undefined, report: LsReport): string {
  const time = timeOf(us, report);
  const isThisYear = time.slice(0, 4) === timeOf(report.now, report).slice(0, 4);
  return isThisYear ? time.slice(5, 16) : time.slice(0, 10);
}

/** A line a conversation, below a line of titles. */
export async function lsText(report: LsReport, style: Style): Promise<string> {
  if (report.items.length === 0) return '';
  const fields = FIELDS.filter(({ isRoomy }) => !(isRoomy && isShort(style)));
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
