import { describe, LONGEST } from '../../domain/event-description.ts';
import type { JsonObject } from '../../domain/event.ts';
import { detached } from '../../text/visible-text.ts';
import { visibleLine } from './terminal-safe.ts';

/** What an event is about, on one line that is safe to show. */
export function preview(event: JsonObject): string {
  return showLine(describe(event));
}

/** A description on one line that is safe to show. */
export function showLine(text: string): string {
  const isLong = text.length > LONGEST;
  return detached(isLong ? `${visibleLine(cut(text))}…` : visibleLine(text));
}

/** The beginning of a text, with no half of a surrogate pair at its end. */
function cut(text: string): string {
  return text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
}
