import { describeEvent } from '../../domain/describe-event.ts';
import { MAX_DESCRIPTION_CHARS } from '../../domain/event-descriptions.ts';
import type { JsonObject } from '../../text/json-value.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { detachString } from '../../text/visible-text.ts';
import { safeLine } from './terminal-safe.ts';

/** Describes an event on one line that is safe to print. */
export function preview(event: JsonObject): string {
  return previewLine(describeEvent(event));
}

/** A description on one line that is safe to print. */
export function previewLine(text: string): string {
  const isLong = text.length > MAX_DESCRIPTION_CHARS;
  const shown = isLong ? `${safeLine(truncateEnd(text, MAX_DESCRIPTION_CHARS))}…` : safeLine(text);
  return detachString(shown);
}
