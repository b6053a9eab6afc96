import { renderJson } from '../document.ts';
import type { Style } from '../style.ts';
import { statsJson } from './json.ts';
import { statsText } from './text.ts';
import type { StatsReport } from './types.ts';

const REPORTERS = {
  text: statsText,
  json: (report: StatsReport, style: Style) => renderJson(statsJson(report), style),
};

export type StatsFormat = keyof typeof REPORTERS;
export const STATS_FORMATS = Object.keys(REPORTERS) as StatsFormat[];

/** What a conversation took, in a format. */
export async function renderStats(
  format: StatsFormat,
  report: StatsReport,
  style: Style,
): Promise<string> {
  return REPORTERS[format](report, style);
}
