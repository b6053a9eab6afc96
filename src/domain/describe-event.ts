import { ownString } from '../text/json-value.ts';
import type { ReadableEvent } from '../text/readable-event.ts';
import { cutDescription, firstTexts } from './event-descriptions.ts';
import { className, describerOf } from './event-kinds.ts';

/** Describes an event in its own words, cut by `cutDescription`. The text is not safe to print as it is. */
export function describeEvent(event: ReadableEvent): string {
  const kind = className(ownString(event, 'kind') ?? '');
  const description = describerOf(kind)?.(event) || firstTexts(event);
  return cutDescription(description);
}
