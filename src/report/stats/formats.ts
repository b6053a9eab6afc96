import type { FieldList } from '../fields/field-list.ts';
import { jsonFormats } from '../fields/json-formats.ts';
import type { OutputFormats } from '../output-formats.ts';
import { statsJson } from './json.ts';
import { statsText } from './text.ts';
import type { StatsReport } from './types.ts';

/** Output formats of `stats`. */
export const STATS_FORMATS = {
  text: () => statsText,
  // Tables take long to load.
  table: async () => (await import('./table.ts')).statsTable,
  ...jsonFormats(statsList),
} satisfies OutputFormats<StatsReport>;

/** The conversation, or with `--steps` the responses of the model. */
export function statsList(report: StatsReport): FieldList {
  const document = statsJson(report);
  if (!report.hasSteps) {
    return {
      item: 'conversation',
      items: [document],
      documentOf: ([selected]) => selected ?? {},
      schema: 'stats',
    };
  }
  return {
    item: 'step',
    items: document.steps,
    documentOf: (steps) => ({ ...document, steps }),
    schema: 'stats-steps-line',
  };
}
