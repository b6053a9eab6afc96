import type { LoadedEvent } from '../../domain/event.ts';
import { describeConversationError } from '../../domain/event-descriptions.ts';
import { own, ownString } from '../../text/json-value.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { truncateEnd, truncateStart } from '../../text/truncate.ts';
import { blockTexts, messageTexts } from '../../text/visible-text.ts';
import { sectionsOf } from '../sections/event-sections.ts';

/* The texts of events that say how a conversation ended. They are readable, but not safe to print as they are. */

/** Longer texts are cut. In UTF-16 units. */
const MAX_TEXT_CHARS = 10_000;

/** Titles of the sections that say what went wrong. */
const FAILURE_TITLES = new Set(['error', 'output', 'content', 'reason', 'stdout', 'stderr']);

/** What an event that reports a failure says about it, whole. Of a very long text, the end: errors are there. */
export function failureText(event: LoadedEvent): string {
  const value = readableEvent(event);
  const text =
    event.entry.kind === 'ConversationErrorEvent'
      ? describeConversationError(value)
      : sectionsText(event);
  const whole = text.trim();
  return whole.length > MAX_TEXT_CHARS ? `…${truncateStart(whole, MAX_TEXT_CHARS)}` : whole;
}

function sectionsText(event: LoadedEvent): string {
  const texts = sectionsOf(readableEvent(event)).flatMap((section) =>
    section.kind === 'text' || section.kind === 'code' ? [section] : [],
  );
  const failures = texts.filter(({ title }) => FAILURE_TITLES.has(title));
  return (failures.length > 0 ? failures : texts.slice(0, 1)).map(({ text }) => text).join('\n');
}

/** What the agent says in an event: its message, its last message on finishing, or its thought. */
export function wordsOf(event: LoadedEvent): string {
  const value = readableEvent(event);
  const texts =
    event.entry.kind === 'MessageEvent'
      ? messageTexts(value)
      : [finalMessage(event) ?? blockTexts(own(value, 'thought')).join('\n')];
  const whole = texts.join('\n').trim();
  return whole.length > MAX_TEXT_CHARS ? `${truncateEnd(whole, MAX_TEXT_CHARS)}…` : whole;
}

function finalMessage(event: LoadedEvent): string | undefined {
  if (event.entry.tool !== 'finish') return undefined;
  const message = ownString(own(readableEvent(event), 'action'), 'message');
  return message?.trim() ? message : undefined;
}
