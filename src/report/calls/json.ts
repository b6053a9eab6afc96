import { coverageJson } from '../facts/coverage-json.ts';
import { forOutput } from '../json.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { Style } from '../text/style.ts';
import { callLine } from './json-line.ts';
import type { CallsReport } from './types.ts';

/** One document. It is assembled from pieces, because its items contain exact texts of the events. */
export async function* callsJson(report: CallsReport, style: Style): AsyncGenerator<string> {
  const head = `{"format_version":1,"conversation":${JSON.stringify(report.conversation)},"items":[`;
  yield forOutput(head, style);
  const line = callLine(report, style);
  let separator = '\n';
  for await (const call of report.read()) {
    yield separator + line(call);
    separator = ',\n';
  }
  const rest = {
    scanned: report.scanned,
    complete: report.coverage.isComplete ?? false,
    coverage: coverageJson(report.coverage),
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
  const end = `${separator === '\n' ? '' : '\n'}],${JSON.stringify(rest).slice(1)}\n`;
  yield forOutput(end, style);
}
