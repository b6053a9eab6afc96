import { renderJson } from '../document.ts';
import type { Style } from '../style.ts';
import { treeJson } from './json.ts';
import { treeText } from './text.ts';
import type { TreeReport } from './types.ts';

const REPORTERS = {
  text: treeText,
  json: (report: TreeReport, style: Style) => renderJson(treeJson(report), style),
};

export type TreeFormat = keyof typeof REPORTERS;
export const TREE_FORMATS = Object.keys(REPORTERS) as TreeFormat[];

/** A conversation's branches in a format. */
export async function renderTree(
  format: TreeFormat,
  report: TreeReport,
  style: Style,
): Promise<string> {
  return REPORTERS[format](report, style);
}
