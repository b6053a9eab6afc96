import type { LoadedEvent } from '../../domain/event.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import type { FieldMatches } from '../../query/text-search/field-matches.ts';
import { fieldCell, MAX_CELL_WIDTH } from '../field-cell.ts';
import { conversationColumn } from '../subagents/short-ids.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview as previewOf } from '../text/preview.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { renderTable, type WideRow } from '../text/table.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fit } from '../text/unicode-width.ts';
import { fieldHit, hitOf } from './hit.ts';
import { fieldsRow, hitRow } from './hit-row.ts';
import type { EventsReport } from './types.ts';

const HEAD = ['index', 'time', 'source', 'kind', 'tool', 'preview'] as const;
type Column = (typeof HEAD)[number];

/** Columns that a narrow table leaves out, one after another, until the preview has room. */
const OPTIONAL: readonly Column[] = ['source', 'tool', 'kind'];
/** Widths in columns of the terminal. */
const MIN_PREVIEW_WIDTH = 30;
/** What the columns usually take in a narrow table, with their borders. Of the preview, that is only the borders. */
const NARROW_WIDTHS = { index: 8, time: 17, source: 9, kind: 16, tool: 16, preview: 4 } as const;
const CONVERSATION_WIDTH = 15;
const MAX_NAME_WIDTH = 24;
const MAX_NARROW_NAME_WIDTH = 13;

/** What each row of a table is made with. */
interface Layout {
  readonly report: EventsReport;
  readonly style: Style;
  /** The usual columns that are shown. */
  readonly columns: readonly Column[];
  /** The cells before them. */
  startOf(event: LoadedEvent): readonly string[];
}

/**
 * A table of the usual columns, or of the fields in `--fields`. The preview shows what matches, as a line of text does. So
 * does the cell of a field that the match is in.
 */
export async function* eventsTable(report: EventsReport, style: Style): AsyncGenerator<string> {
  const { fields } = report;
  const conversation = report.withSubagents ? conversationColumn(report, style) : undefined;
  const layout: Layout = {
    report,
    style,
    columns: columnsWithin(style, report.withSubagents),
    startOf: ({ slot }) => (conversation ? [conversation(slot).trim()] : []),
  };
  const rows: (readonly string[] | WideRow)[] = [];
  const select = (event: LoadedEvent, isHit: boolean) => {
    const found = isHit ? (report.matchesIn?.(event) ?? []) : [];
    return fields ? chosenRow(event, fields, found, layout) : usualRow(event, found, layout);
  };
  for await (const { row } of report.read(select)) rows.push(row);
  const head = fields ?? layout.columns;
  const names = report.withSubagents ? ['conversation', ...head] : head;
  if (rows.length > 0) yield renderTable(names, rows, style);
}

/** The usual columns, without those that would leave the preview no room. */
function columnsWithin({ columns: width }: Style, withSubagents: boolean): readonly Column[] {
  if (width === undefined) return HEAD;
  let columns: readonly Column[] = HEAD;
  const room = () =>
    columns.reduce(
      (rest, name) => rest - NARROW_WIDTHS[name],
      width - (withSubagents ? CONVERSATION_WIDTH : 0),
    );
  for (const column of OPTIONAL) {
    if (room() >= MIN_PREVIEW_WIDTH) break;
    columns = columns.filter((name) => name !== column);
  }
  return columns;
}

function chosenRow(
  event: LoadedEvent,
  fields: readonly string[],
  found: readonly FieldMatches[],
  { style, startOf }: Layout,
): WideRow {
  const start = startOf(event);
  const cells = fields.map((path) => fieldCell(event.text, path));
  const hits = fields.map((path) => fieldHit(found, path, MAX_CELL_WIDTH));
  return fieldsRow([...start, ...cells], [...start.map(() => undefined), ...hits], style);
}

function usualRow(
  event: LoadedEvent,
  found: readonly FieldMatches[],
  { report, style, columns, startOf }: Layout,
): readonly string[] | WideRow {
  const { slot, stamp, source, kind, tool } = event.entry;
  const isShort = isNarrow(style);
  const nameWidth = isShort ? MAX_NARROW_NAME_WIDTH : MAX_NAME_WIDTH;
  const name = (text: string) => fit(safeText(text), nameWidth);
  const cells = (names: Partial<Record<Column, () => string>>) =>
    columns.flatMap((column) => names[column]?.() ?? []);
  const before = [
    ...startOf(event),
    ...cells({
      index: () => String(slot.index),
      time: () => formatTime(stamp, report.zone, isShort),
      source: () => name(formatSource(source, isShort)),
      kind: () => name(shortKind(kind)),
    }),
  ];
  const mark = bracketed(report.marks?.of(slot) ?? '');
  if (found.length > 0) {
    const hit = hitOf(event, found, MAX_CELL_WIDTH, false);
    return hitRow(before, hit, mark, columns.includes('tool') ? nameWidth : undefined, style);
  }
  const preview = () => fit(mark + previewOf(event), MAX_CELL_WIDTH);
  return [...before, ...cells({ tool: () => name(tool ?? ''), preview })];
}
