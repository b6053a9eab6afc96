import { oneLine } from '../../text/json-scanner.ts';
import type { ExportReport } from './types.ts';

/** An event a line, as its file has it. */
export async function* exportNdjson({ events }: ExportReport): AsyncGenerator<string> {
  for await (const { text } of events) yield `${oneLine(text)}\n`;
}
