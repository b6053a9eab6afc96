import { renderJson } from '../json.ts';
import type { Formats } from '../output-formats.ts';
import { statsJson } from './json.ts';
import { statsText } from './text.ts';
import type { StatsReport } from './types.ts';

/** What a conversation took, by output format. */
export const STATS: Formats<StatsReport, 'text' | 'json'> = {
  text: statsText,
  json: (report, style) => renderJson(statsJson(report), style),
};
