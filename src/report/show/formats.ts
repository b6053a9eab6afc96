import { renderJson } from '../json.ts';
import type { Style } from '../text/style.ts';
import { showJson } from './json.ts';
import { showText } from './text.ts';
import type { ShowReport } from './types.ts';
import { type ViewReport, viewJson, viewText } from './view.ts';

export const SHOW_FORMATS = ['text', 'json'] as const;
export type ShowFormat = (typeof SHOW_FORMATS)[number];

/** One event in a format. */
export function renderShow(format: ShowFormat, report: ShowReport, style: Style): string {
  return format === 'json' ? showJson(report, style) : showText(report, style);
}

/** What the model saw, in a format. */
export async function renderView(
  format: ShowFormat,
  report: ViewReport,
  style: Style,
): Promise<string> {
  return format === 'json' ? renderJson(viewJson(report), style) : viewText(report, style);
}
