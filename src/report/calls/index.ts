import { renderJson } from '../document.ts';
import type { Style } from '../style.ts';
import { callJson, callsJson } from './json.ts';
import { callsText } from './text.ts';
import type { CallsReport } from './types.ts';

type RenderCalls = (report: CallsReport, style: Style) => string | Promise<string>;

const REPORTERS = {
  text: callsText,
  json: (report, style) => renderJson(callsJson(report), style),
  ndjson: ({ calls, standings, zone }, style) =>
    calls.map((call) => renderJson(callJson(call, standings, zone), style)).join(''),
} satisfies Record<string, RenderCalls>;

export type CallsFormat = keyof typeof REPORTERS;
export const CALLS_FORMATS = Object.keys(REPORTERS) as CallsFormat[];

/** Calls in a format. */
export async function renderCalls(
  format: CallsFormat,
  report: CallsReport,
  style: Style,
): Promise<string> {
  return REPORTERS[format](report, style);
}
