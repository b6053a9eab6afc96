import { rawLine } from './raw.ts';
import type { EventsContext, EventsReporter } from './types.ts';

/** An event a line, as on disk. */
export function ndjsonReporter(context: EventsContext): EventsReporter<string> {
  return {
    select: rawLine(context),
    *render(items) {
      for (const { row } of items) yield `${row}\n`;
    },
  };
}
