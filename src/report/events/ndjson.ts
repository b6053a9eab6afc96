import { rawLine } from './raw.ts';
import type { EventsContext, EventsReporter } from './types.ts';

/** An event a line, as on disk. */
export function ndjsonReporter(context: EventsContext): EventsReporter<string> {
  return {
    select: rawLine(context),
    async *render(items) {
      for await (const { row } of items) yield `${row}\n`;
    },
  };
}
