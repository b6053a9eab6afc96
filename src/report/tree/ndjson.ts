import { renderJson } from '../json.ts';
import type { Style } from '../text/style.ts';
import { treeJson } from './json.ts';
import type { TreeReport } from './types.ts';

/** One segment per line. */
export function treeNdjson(report: TreeReport, style: Style): string[] {
  return treeJson(report).segments.map((segment) => renderJson(segment, style));
}
