import { MAX_CELL_WIDTH } from '../field-cell.ts';
import type { Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { fit } from '../text/unicode-width.ts';
import { fieldsOf, listStyle } from './text.ts';
import type { LsReport } from './types.ts';

/** A table with the columns of the list. */
export function lsTable(report: LsReport, style: Style): string {
  if (report.items.length === 0) return '';
  const fields = fieldsOf(report, style);
  const list = listStyle(report, style);
  const rows = report.items.map((listed) =>
    fields.map((field) => fit(field.cell(listed, list).text, MAX_CELL_WIDTH)),
  );
  return renderTable(
    fields.map(({ title }) => title),
    rows,
    style,
  );
}
