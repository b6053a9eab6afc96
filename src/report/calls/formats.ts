import type { OutputFormats } from '../output-formats.ts';
import { callsJson } from './json.ts';
import { callsNdjson } from './ndjson.ts';
import { callsText } from './text.ts';
import type { CallsReport } from './types.ts';

/** Output formats of `calls`. */
export const CALLS_FORMATS = {
  text: () => callsText,
  // Tables take long to load.
  table: async () => (await import('./table.ts')).callsTable,
  json: () => callsJson,
  ndjson: () => callsNdjson,
} satisfies OutputFormats<CallsReport>;

export type CallsFormat = keyof typeof CALLS_FORMATS;
