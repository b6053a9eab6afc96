import type { FieldList } from '../fields/field-list.ts';
import { jsonFormats } from '../fields/json-formats.ts';
import type { OutputFormats } from '../output-formats.ts';
import { treeJson } from './json.ts';
import { treeText } from './text.ts';
import type { TreeReport } from './types.ts';

/** Output formats of `tree`. */
export const TREE_FORMATS = {
  text: () => treeText,
  // Tables take long to load.
  table: async () => (await import('./table.ts')).treeTable,
  ...jsonFormats(treeList),
} satisfies OutputFormats<TreeReport>;

/** The segments of the tree. */
export function treeList(report: TreeReport): FieldList {
  const document = treeJson(report);
  return {
    item: 'segment',
    items: document.segments,
    documentOf: (segments) => ({ ...document, segments }),
    schema: 'tree-line',
  };
}
