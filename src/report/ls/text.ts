import { showCost, showDuration, showNumber, showSize } from '../amounts.ts';
import { showLine } from '../preview.ts';
import { type Cell, type Column, renderRows } from '../rows.ts';
import { visible } from '../sanitize.ts';
import type { Style } from '../style.ts';
import { showTime } from '../time.ts';
import type { Listed, LsReport } from './types.ts';

interface Field {
  readonly title: string;
  readonly column?: Column;
  /** Left out where there is little room. */
  readonly isRoomy?: boolean;
  cell(listed: Listed, style: Style, report: LsReport): Cell;
}

/** Below this many columns ids and times are shortened, and some fields left out. */
const ROOMY = 130;
const right: Column = { align: 'right' };
const isNarrow = ({ columns }: Style) => columns !== undefined && columns < ROOMY;

const FIELDS: readonly Field[] = [
  {
    title: 'id',
    cell: ({ id, path }, style) => ({
      text: visible(isNarrow(style) ? id.slice(0, 8) : id),
      paint: (text) => style.chalk.cyan(style.link(text, path)),
    }),
  },
  {
    title: 'active',
    cell({ to }, style, { zone }) {
      const stamp = to === undefined ? undefined : { us: to, naive: false };
      return {
        text: showTime(stamp, zone, false)
          .slice(isNarrow(style) ? 5 : 0, 16)
          .trim(),
      };
    },
  },
  {
    title: 'status',
    column: { most: 9 },
    cell: ({ status }, { chalk }) => ({
      text: visible(status ?? '-'),
      paint: status === 'error' || status === 'stuck' ? chalk.red : (text) => text,
    }),
  },
  {
    title: 'model',
    isRoomy: true,
    column: { most: 28 },
    cell: ({ model }) => ({ text: visible(model ?? '-') }),
  },
  { title: 'events', column: right, cell: ({ events }) => ({ text: showNumber(events) }) },
  {
    title: 'size',
    isRoomy: true,
    column: right,
    cell: ({ bytes }) => ({ text: showSize(bytes) }),
  },
  {
    title: 'took',
    column: right,
    cell: ({ from, to }) => ({
      text: showDuration(from === undefined || to === undefined ? undefined : to - from),
    }),
  },
  {
    title: 'cost',
    column: right,
    cell: ({ cost }) => ({ text: cost === undefined ? '-' : showCost(cost) }),
  },
  {
    title: 'errors',
    column: right,
    cell: ({ errors, faults }, { chalk }) => ({
      text: `${errors}${faults.length > 0 ? `+${faults.length}?` : ''}`,
      paint: errors + faults.length > 0 ? chalk.red : chalk.dim,
    }),
  },
  { title: 'title', cell: ({ title }) => ({ text: showLine(title ?? '-') }) },
];

/** A line a conversation, below a line of titles. */
export async function lsText(report: LsReport, style: Style): Promise<string> {
  if (report.items.length === 0) return '';
  const fields = FIELDS.filter(({ isRoomy }) => !(isRoomy && isNarrow(style)));
  const head = fields.map(({ title }) => ({ text: title, paint: style.chalk.bold }));
  const rows = report.items.map((listed) =>
    fields.map((field) => field.cell(listed, style, report)),
  );
  return renderRows(
    fields.map(({ column }) => column ?? {}),
    [head, ...rows],
    style,
  );
}
