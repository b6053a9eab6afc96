import { jsonReporter } from './json.ts';
import { ndjsonReporter } from './ndjson.ts';
import { pathsReporter } from './paths.ts';
import { textReporter } from './text.ts';
import type { EventsContext, EventsReporter } from './types.ts';

type Make = (context: EventsContext) => Promise<unknown>;

const REPORTERS = {
  text: async (context) => textReporter(context),
  // Tables take long to load.
  table: async (context) => (await import('./table.ts')).tableReporter(context),
  json: async (context) => jsonReporter(context),
  ndjson: async (context) => ndjsonReporter(context),
  paths: async (context) => pathsReporter(context),
} satisfies Record<string, Make>;

export type EventFormat = keyof typeof REPORTERS;
export const EVENT_FORMATS = Object.keys(REPORTERS) as EventFormat[];

/** The reporter of a format. What it keeps of an event is its own affair. */
export async function eventsReporter(
  format: EventFormat,
  context: EventsContext,
): Promise<EventsReporter<unknown>> {
  return (await REPORTERS[format](context)) as EventsReporter<unknown>;
}
