import { shortKind } from '../../domain/event-kinds.ts';
import { pick } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fit } from '../text/unicode-width.ts';
import type { EventsContext, EventsReporter } from './types.ts';

const HEAD = ['index', 'time', 'source', 'kind', 'tool', 'preview'];
/** A cell wider than this is cut, on a pipe too: a table is for eyes. */
const MAX_CELL_WIDTH = 80;

/** A table of the usual columns, or of the fields asked for. */
export function tableReporter(context: EventsContext): EventsReporter<string[]> {
  const { fields, style, zone } = context;
  return {
    select(event) {
      if (fields)
        return fields.map((path) => fit(cell(pick(event.text, path.split('.'))), MAX_CELL_WIDTH));
      const { slot, stamp, source, kind, tool } = event.entry;
      const isShort = isNarrow(style);
      return [
        String(slot.index),
        formatTime(stamp, zone, isShort),
        ...[formatSource(source, isShort), shortKind(kind), tool ?? ''].map((text) =>
          fit(safeText(text), isShort ? 13 : 24),
        ),
        fit(bracketed(context.marks?.of(slot) ?? '') + preview(event.value), MAX_CELL_WIDTH),
      ];
    },
    async *render(items) {
      const rows: string[][] = [];
      for await (const { row } of items) rows.push(row);
      if (rows.length > 0) yield renderTable(fields ?? HEAD, rows, style);
    },
  };
}

function cell(json: string | undefined): string {
  if (json === undefined) return '';
  const value: unknown = json.startsWith('"') ? JSON.parse(json) : json;
  return detachString(safeLine(String(value).slice(0, 10 * MAX_CELL_WIDTH)));
}
