import { type JsonObject, ownString } from '../text/json-value.ts';
import { firstTexts, MAX_DESCRIPTION_CHARS } from './event-descriptions.ts';
import { className, describerOf } from './event-kinds.ts';

/** What an event is about: its own words as they are, and no more of them than a line can show. */
export function describeEvent(event: JsonObject): string {
  const kind = className(ownString(event, 'kind') ?? '');
  const description = describerOf(kind)?.(event) || firstTexts(event);
  return description.trimStart().slice(0, MAX_DESCRIPTION_CHARS + 1);
}
