import { renderJson } from '../json.ts';
import type { Formats } from '../output-formats.ts';
import { callJson, callsJson } from './json.ts';
import { callsText } from './text.ts';
import type { CallsReport } from './types.ts';

/** Calls, by output format. */
export const CALLS: Formats<CallsReport, 'text' | 'json' | 'ndjson'> = {
  text: callsText,
  json: (report, style) => renderJson(callsJson(report), style),
  ndjson: ({ calls, statuses, zone }, style) =>
    calls.map((call) => renderJson(callJson(call, statuses, zone), style)).join(''),
};
