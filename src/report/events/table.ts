import { pick } from '../../model/json.ts';
import { shortKind } from '../../model/kinds.ts';
import { detached } from '../../model/text.ts';
import { bracketed } from '../marks.ts';
import { preview } from '../preview.ts';
import { visible, visibleLine } from '../sanitize.ts';
import { showSource } from '../source.ts';
import { isNarrow } from '../style.ts';
import { renderTable } from '../table.ts';
import { showTime } from '../time.ts';
import { fit } from '../width.ts';
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
