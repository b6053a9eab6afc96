import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { callsJson, listedCallJson } from './json.ts';
import { callsText } from './text.ts';
import type { CallsReport } from './types.ts';

/** Output formats of `calls`. */
export const CALLS_FORMATS = {
  text: () => callsText,
  json: () => (report, style) => renderJson(callsJson(report), style),
  ndjson: () => (report, style) =>
    report.calls.map((call) => renderJson(listedCallJson(call, report), style)),
} satisfies OutputFormats<CallsReport>;
