import type { FieldList } from '../fields/field-list.ts';
import { jsonFormats } from '../fields/json-formats.ts';
import type { OutputFormats } from '../output-formats.ts';
import { lsJson } from './json.ts';
import { lsText } from './text.ts';
import type { LsReport } from './types.ts';

/** Output formats of `ls`. */
export const LS_FORMATS = {
  text: () => lsText,
  // Tables take long to load.
  table: async () => (await import('./table.ts')).lsTable,
  ...jsonFormats(lsList),
} satisfies OutputFormats<LsReport>;

/** The conversations of the list. */
export function lsList(report: LsReport): FieldList {
  const document = lsJson(report);
  return {
    item: 'conversation',
    items: document.items,
    documentOf: (items) => ({ ...document, items }),
    schema: 'ls-line',
  };
}
