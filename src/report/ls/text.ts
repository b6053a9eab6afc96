import { largest } from '../../domain/numbers/extremes.ts';
import { shortIds } from '../subagents/short-ids.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import { fitColumns } from '../text/fitting/flexible-columns.ts';
import type { Style } from '../text/style.ts';
import { measureFor, type TextMeasure } from '../text/text-width.ts';
import { type Field, type ListStyle, LS_FIELDS, UNKNOWN } from './fields.ts';
import { shortModels } from './short-models.ts';
import { shortTitles } from './short-titles.ts';
import { totalsLines } from './totals.ts';
import type { LsReport } from './types.ts';

/** One line per conversation, below a line of titles, and above a line of totals. */
export async function lsText(report: LsReport, style: Style): Promise<string> {
  if (report.items.length === 0) return '';
  const list = listStyle(report, style);
  const fields = fieldsOf(report, style);
  const rows = report.items.map((listed) => fields.map((field) => field.cell(listed, list)));
  const table =
    style.columns === undefined
      ? await renderTable(fields, rows, style)
      : await renderFitted(fields, rows, style, style.columns);
  return table + totalsLines(report, style);
}

/** The columns of the list for this output. */
export function fieldsOf(report: LsReport, style: Style): readonly Field[] {
  const other = style.columns === undefined ? 'terminal' : 'pipe';
  return LS_FIELDS.filter(
    ({ only, isShown }) => only !== other && (isShown?.(report, style) ?? true),
  );
}

/** How ids, models and titles are shown. */
export function listStyle(report: LsReport, style: Style): ListStyle {
  const { items, ids } = report;
  if (style.columns === undefined) {
    return {
      style,
      report,
      idOf: ({ id }) => id,
      modelOf: ({ facts }) => facts.model?.value,
      titleOf: ({ title }) => title,
    };
  }
  const idOf = shortIds(ids, style.columns);
  const models = shortModels(items.flatMap(({ facts }) => facts.model?.value ?? []));
  const titles = shortTitles(items.map(({ longTitle }) => longTitle));
  const titleOf = new Map(items.map((item, at) => [item, titles[at]]));
  return {
    style,
    report,
    idOf: ({ id }) => idOf(id),
    modelOf: ({ facts: { model } }) => model && models.get(model.value),
    titleOf: (item) => titleOf.get(item),
  };
}

function renderTable(fields: readonly Field[], rows: readonly (readonly Cell[])[], style: Style) {
  const head = fields.map(({ title }) => ({ text: title, paint: style.chalk.bold }));
  return renderColumns(
    fields.map(({ column }) => column ?? {}),
    [head, ...rows],
    style,
  );
}

/** Leaves out columns in which nothing is known, and those that there is no room for. */
async function renderFitted(
  fields: readonly Field[],
  rows: readonly (readonly Cell[])[],
  style: Style,
  room: number,
): Promise<string> {
  // No more of a cell can be seen. The measure must know all characters that can.
  const cut = rows.map((row) =>
    row.map((cell) => ({ ...cell, text: cell.text.slice(0, room + 1) })),
  );
  const measure = await measureFor(cut.flatMap((row) => row.map(({ text }) => text)).join(''));
  const isKnown = fields.map(
    ({ rank }, at) => rank === undefined || cut.some((row) => row[at]?.text !== UNKNOWN),
  );
  const known = fields.filter((_, at) => isKnown[at]);
  const cells = cut.map((row) => row.filter((_, at) => isKnown[at]));
  const widths = fitColumns(
    known.map((field, at) => ({
      width: widthOf(
        field,
        cells.map((row) => row[at]?.text ?? ''),
        measure,
      ),
      minWidth: field.minWidth,
      rank: field.rank,
    })),
    room,
  );
  const isKept = (_: unknown, at: number) => widths[at] !== undefined;
  const fitted = cells.map((row) =>
    row.map((cell, at) => ({ ...cell, text: measure.fit(cell.text, widths[at] ?? 0) })),
  );
  return renderTable(
    known.filter(isKept),
    fitted.map((row) => row.filter(isKept)),
    style,
  );
}

/** The width of a column: that of its widest cell, as far as it may be shown. */
function widthOf({ title, column }: Field, texts: readonly string[], measure: TextMeasure): number {
  const widths = texts.map((text) => measure.widthOf(text));
  const widest = largest(widths, title.length);
  return Math.min(widest, column?.maxWidth ?? widest);
}
