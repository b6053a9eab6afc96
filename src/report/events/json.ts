import { forOutput } from '../json.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { Style } from '../text/style.ts';
import { jsonLine } from './json-line.ts';
import type { EventsReport } from './types.ts';

/** One document. It is assembled from pieces, because its items are the exact texts of the events. */
export async function* eventsJson(report: EventsReport, style: Style): AsyncGenerator<string> {
  const head = `{"format_version":1,"conversation":${JSON.stringify(report.conversation)},"items":[`;
  yield forOutput(head, style);
  let separator = '\n';
  for await (const { row } of report.read(jsonLine(report, style))) {
    yield separator + row;
    separator = ',\n';
  }
  const { nextPage, scanned, complete } = report.answer;
  const rest = {
    next_page_id: nextPage,
    ...(report.marked && { branch_unknown: report.marked.unknown }),
    scanned,
    complete,
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
  const end = `${separator === '\n' ? '' : '\n'}],${JSON.stringify(rest).slice(1)}\n`;
  yield forOutput(end, style);
}
