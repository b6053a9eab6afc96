import { textReporter } from './text.ts';
import type { EventsContext, EventsReporter } from './types.ts';

type Make = (context: EventsContext) => Promise<unknown>;

// Formats that are not the usual one are loaded when asked for.
const REPORTERS = {
  text: async (context) => textReporter(context),
  table: async (context) => (await import('./table.ts')).tableReporter(context),
  json: async (context) => (await import('./json.ts')).jsonReporter(context),
  ndjson: async (context) => (await import('./ndjson.ts')).ndjsonReporter(context),
  paths: async (context) => (await import('./paths.ts')).pathsReporter(context),
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
