import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { statsJson } from './json.ts';
import { statsText } from './text.ts';
import type { StatsReport } from './types.ts';

/** Output formats of `stats`. */
export const STATS_FORMATS = {
  text: () => statsText,
  json: () => (report, style) => renderJson(statsJson(report), style),
} satisfies OutputFormats<StatsReport>;
