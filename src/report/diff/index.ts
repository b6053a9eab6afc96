import { renderJson } from '../document.ts';
import type { Style } from '../style.ts';
import { diffJson } from './json.ts';
import { diffText } from './text.ts';
import type { DiffReport } from './types.ts';

const REPORTERS = {
  text: diffText,
  json: (report: DiffReport, style: Style) => renderJson(diffJson(report), style),
};

export type DiffFormat = keyof typeof REPORTERS;
export const DIFF_FORMATS = Object.keys(REPORTERS) as DiffFormat[];

/** Where two conversations part, in a format. */
export async function renderDiff(
  format: DiffFormat,
  report: DiffReport,
  style: Style,
): Promise<string> {
  return REPORTERS[format](report, style);
}
