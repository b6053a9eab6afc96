import { pick } from '../../text/json-scanner.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import { detached } from '../../text/visible-text.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import { visible, visibleLine } from '../text/terminal-safe.ts';
import { showSource } from '../text/source-name.ts';
import { isNarrow } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { showTime } from '../text/time.ts';
import { fit } from '../text/unicode-width.ts';
import type { EventsContext, EventsReporter } from './types.ts';

const HEAD = ['index', 'time', 'source', 'kind', 'tool', 'preview'];
/** A cell wider than this is cut, on a pipe too: a table is for eyes. */
const WIDEST = 80;

/** A table of the usual columns, or of the fields asked for. */
export function tableReporter(context: EventsContext): EventsReporter<string[]> {
  const { fields, style, zone } = context;
  return {
    select(event) {
      if (fields) return fields.map((path) => fit(cell(pick(event.text, path.split('.'))), WIDEST));
      const { slot, stamp, source, kind, tool } = event.entry;
      const isShort = isNarrow(style);
      return [
        String(slot.index),
        showTime(stamp, zone, isShort),
        ...[showSource(source, isShort), shortKind(kind), tool ?? ''].map((text) =>
          fit(visible(text), isShort ? 13 : 24),
        ),
        fit(bracketed(context.marks?.of(slot) ?? '') + preview(event.value), WIDEST),
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
  return detached(visibleLine(String(value).slice(0, 10 * WIDEST)));
}
