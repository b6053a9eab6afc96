import type { Style } from '../text/style.ts';
import { callLine } from './json-line.ts';
import type { CallsReport } from './types.ts';

/** One call per line. */
export async function* callsNdjson(report: CallsReport, style: Style): AsyncGenerator<string> {
  const line = callLine(report, style);
  for await (const call of report.read()) yield `${line(call)}\n`;
}
