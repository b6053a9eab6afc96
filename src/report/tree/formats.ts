import { renderJson } from '../json.ts';
import type { Formats } from '../output-formats.ts';
import { treeJson } from './json.ts';
import { treeText } from './text.ts';
import type { TreeReport } from './types.ts';

/** A conversation's branches, by output format. */
export const TREE: Formats<TreeReport, 'text' | 'json'> = {
  text: treeText,
  json: (report, style) => renderJson(treeJson(report), style),
};
