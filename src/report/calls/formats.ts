import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { callJson, callsJson } from './json.ts';
import { callsText } from './text.ts';
import type { CallsReport } from './types.ts';

/** Output formats of `calls`. */
export const CALLS_FORMATS = {
  text: () => callsText,
  json: () => (report, style) => renderJson(callsJson(report), style),
  ndjson: () => (report, style) =>
    report.calls.map((call) => renderJson(callJson(call, report.statuses), style)),
} satisfies OutputFormats<CallsReport>;
