import { describeEvent } from '../domain/describe-event.ts';
import type { Entry } from '../domain/entry.ts';
import type { LoadedEvent } from '../domain/event.ts';
import { isCall } from '../domain/event-kinds.ts';
import { type EventLinks, linksOf } from '../domain/event-links.ts';
import { exitCodeOf } from '../domain/observation-exit-code.ts';
import type { Slot } from '../domain/slot.ts';
import {
  isStored,
  own,
  ownString,
  type ReadableObject,
  type ReadableValue,
} from '../text/json-value.ts';
import { type ReadableEvent, readableEvent } from '../text/readable-event.ts';
import { blockTexts, detachString, visibleFields, visibleText } from '../text/visible-text.ts';
import { answerContent, callFingerprint } from './call-fingerprint.ts';
import { type TouchedFile, touchedFiles } from './comparison/touched-files.ts';
import { errorLineOf } from './error-line.ts';

/** The parts of an event that views need. The event itself need not stay in memory. */
export interface EventRecord {
  readonly slot: Slot;
  readonly position: number;
  readonly entry: Entry;
  readonly fields: RecordFields;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** Length of the text that a person would read, in UTF-16 units. */
  readonly characters: number;
  /**
   * The same without the whole files that tools store for people. The model does not see them. Source: openhands-tools
   * file_editor/definition.py, `to_llm_content`.
   */
  readonly contextCharacters: number;
  /** A description of the event in its own words. Not safe to print as it is. */
  readonly description: string;
  /**
   * For a failed event, the line of what it says that names the error. Undefined if it says nothing. Not safe to print as it
   * is.
   */
  readonly errorLine: string | undefined;
}

/** Fields of an event that views need. A field that the event does not have is undefined. */
interface RecordFields extends EventLinks {
  /** Id of the model response that the event comes from. */
  readonly responseId: string | undefined;
  /** For a state update: the key that was set. */
  readonly key: string | undefined;
  readonly hasThinking: boolean;
  /** For a call over ACP: the event contains the call's input. */
  readonly hasInput: boolean;
  /** For a call over ACP: pending, in_progress, completed or failed. */
  readonly status: string | undefined;
  /** For an action: its risk, as rated by the model or a security analyzer. Undefined if it is UNKNOWN. */
  readonly risk: string | undefined;
  /** For an observation. */
  readonly exitCode: number | undefined;
  /** For a condensation: the position at which its summary is inserted. */
  readonly summaryOffset: number | undefined;
  /** For a condensation. */
  readonly hasSummary: boolean;
  /** For a call that names files. */
  readonly files: readonly TouchedFile[] | undefined;
  /** Path of the file that an action is about, as it is written there. */
  readonly path: string | undefined;
  /** Two events with equal fingerprints are the same call. */
  readonly fingerprint: string | undefined;
  /** Two events with equal fingerprints are the same answer. */
  readonly answerFingerprint: string | undefined;
  /** For an answer: it has text that is not blank. */
  readonly hasAnswerText: boolean;
}

export function recordOf(event: LoadedEvent, position: number): EventRecord {
  const { slot, entry, value, bytes } = event;
  const readable = readableEvent(event);
  let characters = 0;
  let contextCharacters = 0;
  for (const { text, isWholeFile } of visibleFields(value)) {
    characters += text.length;
    if (!isWholeFile) contextCharacters += text.length;
  }
  return {
    slot,
    position,
    entry: { ...entry, slot },
    fields: readFields(event),
    bytes,
    characters,
    contextCharacters,
    description: detachString(describeEvent(readable)),
    errorLine: entry.failed ? detached(statedError(readable)) : undefined,
  };
}

/**
 * What a failed event says, as `errorLineOf` shortens it. Undefined if it says nothing: its other fields, such as a working
 * directory, are no error.
 */
export function statedError(event: ReadableEvent): string | undefined {
  const last = saidBy(event).findLast((text) => text.trim() !== '');
  return last === undefined ? undefined : errorLineOf(last);
}

/** The texts in which a failed event says what happened. */
function saidBy(event: ReadableEvent): string[] {
  const observation = own(event, 'observation');
  if (observation !== undefined) {
    return [
      ...blockTexts(own(observation, 'content')),
      ...textsAt(observation, ['error', 'output']),
    ];
  }
  const content = own(event, 'content');
  const shown = Array.isArray(content) ? content.flatMap((one) => own(one, 'content') ?? []) : [];
  return [
    ...textsAt(event, SAYING_FIELDS),
    ...blockTexts(shown),
    ...acpTexts(own(event, 'raw_output') ?? null),
  ];
}

/** The fields in which events that are no answers of tools say why something failed. The last one that is not blank counts. */
const SAYING_FIELDS = ['stdout', 'reason', 'detail', 'rejection_reason', 'stderr', 'error'];

/** The fields in which agents give the output of a command. The last one that is not blank counts. */
const ACP_OUTPUT_FIELDS = [
  ...['text', 'message', 'formatted_output', 'aggregated_output'],
  ...['stdout', 'output', 'stderr', 'error'],
];

/** The output of a call over ACP: a text, an object with the output in its fields, or a list of content blocks. */
function acpTexts(rawOutput: ReadableValue): string[] {
  if (typeof rawOutput === 'string') return [rawOutput];
  if (typeof rawOutput !== 'object' || rawOutput === null || isStored(rawOutput)) return [];
  if (Array.isArray(rawOutput)) return [...visibleText(rawOutput as unknown as ReadableObject)];
  return [...blockTexts(own(rawOutput, 'content')), ...textsAt(rawOutput, ACP_OUTPUT_FIELDS)];
}

function textsAt(value: ReadableValue, keys: readonly string[]): string[] {
  return keys.flatMap((key) => ownString(value, key) ?? []);
}

function detached(text: string | undefined): string | undefined {
  return text === undefined ? undefined : detachString(text);
}

function filesOf(event: LoadedEvent): TouchedFile[] | undefined {
  if (!isCall(event.entry.kind)) return undefined;
  const files = touchedFiles(readableEvent(event));
  if (files.length === 0) return undefined;
  return files.map(({ path, isEdit }) => ({ path: detachString(path), isEdit }));
}

function readFields(event: LoadedEvent): RecordFields {
  const { value } = event;
  const thinking = own(value, 'thinking_blocks');
  const risk = ownString(value, 'security_risk');
  const offset = own(value, 'summary_offset');
  const path = ownString(own(value, 'action'), 'path');
  const answered = answerContent(event);
  return {
    ...linksOf(event),
    responseId: ownString(value, 'llm_response_id'),
    key: ownString(value, 'key'),
    hasInput: Object.keys(own(value, 'raw_input') ?? {}).length > 0,
    status: ownString(value, 'status'),
    hasThinking: Array.isArray(thinking) && thinking.length > 0,
    risk: risk === 'UNKNOWN' ? undefined : risk,
    exitCode: exitCodeOf(own(value, 'observation')),
    summaryOffset: typeof offset === 'number' && offset >= 0 ? Math.floor(offset) : undefined,
    hasSummary: ownString(value, 'summary') !== undefined,
    files: filesOf(event),
    path: path === undefined ? undefined : detachString(path),
    fingerprint: callFingerprint(event),
    answerFingerprint: answered?.fingerprint,
    hasAnswerText: answered?.hasText ?? false,
  };
}
