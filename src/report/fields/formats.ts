import { fieldTree, project } from '../../text/json-fields.ts';
import { fieldCell } from '../field-cell.ts';
import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';

/** A list of which only some fields are printed. */
export interface FieldsReport {
  readonly items: readonly object[];
  /** The paths of these fields. */
  readonly fields: readonly string[];
  /** The document that contains the given items. */
  readonly documentOf: (items: readonly object[]) => object;
}

/** Output formats of a list with `--fields`. */
export const FIELDS_FORMATS = {
  table: async () => {
    const { renderTable } = await import('../text/table.ts');
    return ({ items, fields }, style) => {
      const rows = items.map((item) => {
        const json = JSON.stringify(item);
        return fields.map((path) => fieldCell(json, path));
      });
      return rows.length === 0 ? '' : renderTable([...fields], rows, style);
    };
  },
  json: () => (report, style) => renderJson(report.documentOf(selected(report)), style),
  ndjson: () => (report, style) => selected(report).map((item) => renderJson(item, style)),
} satisfies OutputFormats<FieldsReport>;

function selected({ items, fields }: FieldsReport): object[] {
  const tree = fieldTree(fields);
  return items.map((item) => JSON.parse(project(JSON.stringify(item), tree)) as object);
}
