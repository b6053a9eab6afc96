import type { OutputFormats } from '../output-formats.ts';
import { eventsJson } from './json.ts';
import { eventsNdjson } from './ndjson.ts';
import { eventPaths } from './paths.ts';
import { eventsText } from './text.ts';
import type { EventsReport } from './types.ts';

/** Output formats of `search` and `tail`. */
export const EVENT_FORMATS = {
  text: () => eventsText,
  // Tables take long to load.
  table: async () => (await import('./table.ts')).eventsTable,
  json: () => eventsJson,
  ndjson: () => eventsNdjson,
  paths: () => eventPaths,
} satisfies OutputFormats<EventsReport>;

export type EventFormat = keyof typeof EVENT_FORMATS;
