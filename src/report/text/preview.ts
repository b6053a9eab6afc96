import type { JsonObject } from '../../domain/event.ts';
import { describeEvent, MAX_DESCRIPTION_CHARS } from '../../domain/event-description.ts';
import { detachString } from '../../text/visible-text.ts';
import { safeLine } from './terminal-safe.ts';

/** What an event is about, on one line that is safe to show. */
export function preview(event: JsonObject): string {
  return previewLine(describeEvent(event));
}

/** A description on one line that is safe to show. */
export function previewLine(text: string): string {
  const isLong = text.length > MAX_DESCRIPTION_CHARS;
  return detachString(isLong ? `${safeLine(cut(text))}…` : safeLine(text));
}

/** The beginning of a text, with no half of a surrogate pair at its end. */
function cut(text: string): string {
  return text.slice(0, MAX_DESCRIPTION_CHARS).replace(/[\ud800-\udbff]$/, '');
}
