import { isConversationId } from '../../domain/ids.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { costCell } from '../facts/coverage-text.ts';
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
  cell(listed: ListedConversation, style: Style, report: LsReport): Cell;
}

/** On narrower terminals, ids and times are shortened, and some fields are left out. */
const MIN_WIDE_COLUMNS = 150;
/** Limits for the first column on a narrow terminal. */
const MIN_ID_DIGITS = 8;
const MAX_NAME_CHARS = 24;
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
  { title: 'title', cell: ({ title }) => ({ text: previewLine(title ?? '-') }) },
];

/**
 * The shortest prefix of an id that no other id in the list has, but at least 8 digits. A folder name that is not an
 * id is cut only if it is long.
 */
function shortId(id: string, items: LsReport['items']): string {
  if (!isConversationId(id)) {
    return id.length > MAX_NAME_CHARS ? `${truncateEnd(id, MAX_NAME_CHARS - 1)}…` : id;
  }
  const others = items.filter((one) => one.id !== id).map((one) => one.id);
  let length = MIN_ID_DIGITS;
  while (length < id.length && others.some((other) => other.startsWith(id.slice(0, length))))
    length++;
  return id.slice(0, length);
}

function timeOf(us: number | undefined, { zone }: LsReport): string {
  return formatTime(us === undefined ? undefined : { us, naive: false }, zone, false).trim();
}

/** `03-02 09:14`, or `2025-03-02` for a time in another year. */
function shortTime(us: number | undefined, report: LsReport): string {
  const time = timeOf(us, report);
  const isThisYear = time.slice(0, 4) === timeOf(report.now, report).slice(0, 4);
  return isThisYear ? time.slice(5, 16) : time.slice(0, 10);
}

/** One line per conversation, below a line of titles. */
export async function lsText(report: LsReport, style: Style): Promise<string> {
  if (report.items.length === 0) return '';
  const fields = FIELDS.filter(({ isOnlyWide }) => !(isOnlyWide && isShort(style)));
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
