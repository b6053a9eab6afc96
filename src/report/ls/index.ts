import { renderJson } from '../document.ts';
import type { Style } from '../style.ts';
import { listedJson, lsJson } from './json.ts';
import { lsText } from './text.ts';
import type { LsReport } from './types.ts';

type RenderLs = (report: LsReport, style: Style) => string | Promise<string>;

const REPORTERS = {
  text: lsText,
  json: (report, style) => renderJson(lsJson(report), style),
  ndjson: ({ items }, style) => items.map((item) => renderJson(listedJson(item), style)).join(''),
} satisfies Record<string, RenderLs>;

export type LsFormat = keyof typeof REPORTERS;
export const LS_FORMATS = Object.keys(REPORTERS) as LsFormat[];

/** A list of conversations in a format. */
export async function renderLs(format: LsFormat, report: LsReport, style: Style): Promise<string> {
  return REPORTERS[format](report, style);
}
