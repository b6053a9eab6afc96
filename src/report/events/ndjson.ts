import type { Style } from '../text/style.ts';
import { jsonLine } from './json-line.ts';
import type { EventsReport } from './types.ts';

/** One event per line, as in its file. */
export async function* eventsNdjson(report: EventsReport, style: Style): AsyncGenerator<string> {
  for await (const { row } of report.read(jsonLine(report, style))) yield `${row}\n`;
}
