import { renderJson } from '../json.ts';
import type { Formats } from '../output-formats.ts';
import { listedJson, lsJson } from './json.ts';
import { lsText } from './text.ts';
import type { LsReport } from './types.ts';

/** A list of conversations, by output format. */
export const LS: Formats<LsReport, 'text' | 'json' | 'ndjson'> = {
  text: lsText,
  json: (report, style) => renderJson(lsJson(report), style),
  ndjson: ({ items }, style) => items.map((item) => renderJson(listedJson(item), style)).join(''),
};
