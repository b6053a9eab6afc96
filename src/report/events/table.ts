import type { LoadedEvent } from '../../domain/event.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import { fieldCell, MAX_CELL_WIDTH } from '../field-cell.ts';
import { conversationColumn } from '../subagents/short-ids.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fit } from '../text/unicode-width.ts';
import type { EventsReport } from './types.ts';

const HEAD = ['index', 'time', 'source', 'kind', 'tool', 'preview'];
const MAX_NAME_WIDTH = 24;
const MAX_NARROW_NAME_WIDTH = 13;

/** A table of the usual columns, or of the fields in `--fields`. */
export async function* eventsTable(report: EventsReport, style: Style): AsyncGenerator<string> {
  const { fields } = report;
  const rows: string[][] = [];
  const cells = fields
    ? (event: LoadedEvent) => fields.map((path) => fieldCell(event.text, path))
    : (event: LoadedEvent) => usualCells(event, report, style);
  const conversation = report.withSubagents ? conversationColumn(report, style) : undefined;
  const select = (event: LoadedEvent) =>
    conversation ? [conversation(event.slot).trim(), ...cells(event)] : cells(event);
  for await (const { row } of report.read(select)) rows.push(row);
  const head = fields ?? HEAD;
  const names = report.withSubagents ? ['conversation', ...head] : head;
  if (rows.length > 0) yield renderTable(names, rows, style);
}

function usualCells(event: LoadedEvent, report: EventsReport, style: Style): string[] {
  const { entry } = event;
  const { slot, stamp, source, kind, tool } = entry;
  const isShort = isNarrow(style);
  const names = [formatSource(source, isShort), shortKind(kind), tool ?? ''];
  return [
    String(slot.index),
    formatTime(stamp, report.zone, isShort),
    ...names.map((name) => fit(safeText(name), isShort ? MAX_NARROW_NAME_WIDTH : MAX_NAME_WIDTH)),
    fit(bracketed(report.marks?.of(slot) ?? '') + preview(event), MAX_CELL_WIDTH),
  ];
}
