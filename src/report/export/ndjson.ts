import { oneLine } from '../../text/json-scanner.ts';
import { forOutput } from '../json.ts';
import type { Style } from '../text/style.ts';
import type { ExportReport } from './types.ts';

/** One event per line, as in its file. */
export async function* exportNdjson(
  { events }: ExportReport,
  style: Style,
): AsyncGenerator<string> {
  for await (const { text } of events) yield `${forOutput(oneLine(text), style)}\n`;
}
