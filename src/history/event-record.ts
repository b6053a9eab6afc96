import { stripVTControlCharacters } from 'node:util';
import { describeEvent } from '../domain/describe-event.ts';
import type { Entry } from '../domain/entry.ts';
import type { LoadedEvent } from '../domain/event.ts';
import { MAX_DESCRIPTION_CHARS } from '../domain/event-descriptions.ts';
import { type EventLinks, linksOf } from '../domain/event-links.ts';
import { exitCodeOf } from '../domain/exit-code.ts';
import type { Slot } from '../domain/slot.ts';
import { type JsonObject, own, ownString } from '../text/json-value.ts';
import { blockTexts, detachString, visibleText } from '../text/visible-text.ts';
import { fingerprintOf } from './call-fingerprint.ts';

/** How much of the end of a text is looked at for its last line. In UTF-16 units. */
const MAX_TAIL_CHARS = 20_000;

/** What the views of a conversation keep of an event, so that the event itself need not stay in memory. */
export interface EventRecord {
  readonly slot: Slot;
  readonly position: number;
  readonly entry: Entry;
  readonly fields: RecordFields;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** UTF-16 units of the text that a person would read. */
  readonly characters: number;
  /** What the event is about, in its own words. Not safe to print as it is. */
  readonly description: string;
  /** The last line of the text of a failed event, where commands say how they ended. Not safe to print as it is. */
  readonly lastLine: string | undefined;
}

/** Fields of an event that views need. A field that the event does not have is undefined. */
interface RecordFields extends EventLinks {
  /** Of the model's response that it comes from. */
  readonly responseId: string | undefined;
  /** Of a state update: what was set. */
  readonly key: string | undefined;
  readonly hasThinking: boolean;
  /** Of a call over ACP: pending, in_progress, completed, failed. */
  readonly status: string | undefined;
  /** Of an action: what the model, or an analyst, said of it; not UNKNOWN. */
  readonly risk: string | undefined;
  /** Of an observation. */
  readonly exitCode: number | undefined;
  /** Of a condensation. */
  readonly summaryOffset: number | undefined;
  readonly hasSummary: boolean;
  /** Two actions with the same are the same call; two observations, the same answer. */
  readonly fingerprint: string | undefined;
}

export function recordOf(event: LoadedEvent, position: number): EventRecord {
  const { slot, entry, value, bytes } = event;
  let characters = 0;
  let last = '';
  for (const text of visibleText(value)) {
    characters += text.length;
    if (text.trim() !== '') last = text;
  }
  return {
    slot,
    position,
    // Calls over ACP name no tool, but tell what kind of one it is.
    entry: { ...entry, slot, tool: entry.tool ?? ownString(value, 'tool_kind') },
    fields: readFields(event),
    bytes,
    characters,
    description: detachString(plain(describeEvent(value))),
    lastLine: entry.failed ? detachString(lastLine(output(value) ?? last)) : undefined,
  };
}

/** Without colours and other escape sequences: here is told what a text says, not what it does. */
function plain(text: string): string {
  return text.includes('\u001b') ? stripVTControlCharacters(text).trim() : text;
}

/** What a tool printed. */
function output(value: JsonObject): string | undefined {
  const observation = own(value, 'observation');
  if (observation === undefined) return undefined;
  const texts = blockTexts(own(observation, 'content'));
  return ownString(observation, 'output') ?? texts.findLast((text) => text.trim() !== '');
}

/** The last line that says anything, and no more of it than a line can show. */
function lastLine(text: string): string {
  const lines = plain(text.slice(-MAX_TAIL_CHARS)).split(/[\r\n]+/);
  return (lines.findLast((line) => line.trim() !== '') ?? '')
    .trim()
    .slice(0, MAX_DESCRIPTION_CHARS + 1);
}

function readFields(event: LoadedEvent): RecordFields {
  const { value } = event;
  const thinking = own(value, 'thinking_blocks');
  const risk = ownString(value, 'security_risk');
  const offset = own(value, 'summary_offset');
  return {
    ...linksOf(event),
    responseId: ownString(value, 'llm_response_id'),
    key: ownString(value, 'key'),
    status: ownString(value, 'status'),
    hasThinking: Array.isArray(thinking) && thinking.length > 0,
    risk: risk === 'UNKNOWN' ? undefined : risk,
    exitCode: exitCodeOf(own(value, 'observation')),
    summaryOffset: typeof offset === 'number' && offset >= 0 ? Math.floor(offset) : undefined,
    hasSummary: ownString(value, 'summary') !== undefined,
    fingerprint: fingerprintOf(event),
  };
}
