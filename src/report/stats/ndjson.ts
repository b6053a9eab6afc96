import { renderJson } from '../json.ts';
import type { Style } from '../text/style.ts';
import { statsJson } from './json.ts';
import type { StatsReport } from './types.ts';

/** The conversation on one line, or with `--steps` one response of the model per line. */
export function statsNdjson(report: StatsReport, style: Style): string[] {
  const document = statsJson(report);
  const items: readonly object[] = report.hasSteps ? document.steps : [document];
  return items.map((item) => renderJson(item, style));
}
