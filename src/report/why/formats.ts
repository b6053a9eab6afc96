import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { whyJson } from './json.ts';
import { whyText } from './text.ts';
import type { WhyReport } from './types.ts';

/** Output formats of `why`. */
export const WHY_FORMATS = {
  text: () => whyText,
  json: () => (report, style) => renderJson(whyJson(report), style),
} satisfies OutputFormats<WhyReport>;
