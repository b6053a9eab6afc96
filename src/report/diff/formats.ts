import { renderJson } from '../json.ts';
import type { Formats } from '../output-formats.ts';
import { diffJson } from './json.ts';
import { diffText } from './text.ts';
import type { DiffReport } from './types.ts';

/** Where two conversations part, by output format. */
export const DIFF: Formats<DiffReport, 'text' | 'json'> = {
  text: diffText,
  json: (report, style) => renderJson(diffJson(report), style),
};
