import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { diffJson } from './json.ts';
import { diffText } from './text.ts';
import type { DiffReport } from './types.ts';

/** Output formats of `diff`. */
export const DIFF_FORMATS = {
  text: () => diffText,
  json: () => (report, style) => renderJson(diffJson(report), style),
} satisfies OutputFormats<DiffReport>;
