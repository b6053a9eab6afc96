import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { treeJson } from './json.ts';
import { treeText } from './text.ts';
import type { TreeReport } from './types.ts';

/** Output formats of `tree`. */
export const TREE_FORMATS = {
  text: () => treeText,
  json: () => (report, style) => renderJson(treeJson(report), style),
} satisfies OutputFormats<TreeReport>;
