import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import type { FieldList } from './field-list.ts';

/** The JSON formats of a view that is a list: the whole document, and one line per item. */
export function jsonFormats<R>(listOf: (report: R) => FieldList) {
  return {
    json: () => (report, style) => {
      const { items, documentOf } = listOf(report);
      return renderJson(documentOf(items), style);
    },
    ndjson: () => (report, style) => listOf(report).items.map((item) => renderJson(item, style)),
  } satisfies OutputFormats<R>;
}
