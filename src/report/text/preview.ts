import { describeEvent } from '../../domain/describe-event.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import { MAX_DESCRIPTION_CHARS } from '../../domain/event-descriptions.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { detachString } from '../../text/visible-text.ts';
import { safeLine } from './terminal-safe.ts';

/** Describes an event on one line that is safe to print. */
export function preview(event: LoadedEvent): string {
  return previewLine(describeEvent(readableEvent(event)));
}

/** A description on one line that is safe to print. */
export function previewLine(text: string): string {
  const isLong = text.length > MAX_DESCRIPTION_CHARS;
  const shown = isLong ? `${safeLine(truncateEnd(text, MAX_DESCRIPTION_CHARS))}…` : safeLine(text);
  return detachString(shown);
}
