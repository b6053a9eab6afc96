import { createHash } from 'node:crypto';
import type { LoadedEvent } from '../domain/event.ts';
import { exitCodeOf } from '../domain/observation-exit-code.ts';
import { formatJsonInline } from '../text/format-json.ts';
import { isStored, own, ownString, type ReadableValue } from '../text/json-value.ts';
import { readableEvent, storedFiles } from '../text/readable-event.ts';
import { blockTexts } from '../text/visible-text.ts';

/** Length of a fingerprint. 20 characters of base64 are 120 bits. */
const FINGERPRINT_CHARS = 20;

/** Changes texts before they are compared. */
export type TextChange = (text: string) => string;
const UNCHANGED: TextChange = (text) => text;

/**
 * A hash of what an event calls. Equal calls have equal fingerprints. Undefined for an event that is no call.
 *
 * @param change what is equal after it counts as equal
 */
export function callFingerprint(event: LoadedEvent, change = UNCHANGED): string | undefined {
  const { entry } = event;
  const value = readableEvent(event);
  if (entry.kind === 'ActionEvent') {
    const action = own(value, 'action') ?? null;
    const raw = ownString(own(value, 'tool_call'), 'arguments');
    // A call that could not be executed has no action, only the text that the model wrote.
    return digest([entry.tool ?? '', change(action === null ? (raw ?? '') : fieldsOf(action))]);
  }
  if (entry.kind === 'ACPToolCallEvent') {
    return digest([
      change(ownString(value, 'title') ?? ''),
      change(formatJsonInline(own(value, 'raw_input') ?? null)),
    ]);
  }
  return undefined;
}

/** What an answer says, for comparisons with others. */
interface AnswerContent {
  /** A hash of it. Equal answers have equal fingerprints. */
  readonly fingerprint: string;
  /** It has text that is not blank. */
  readonly hasText: boolean;
}

/** The content of an answer. Undefined for an event that answers no call. @param change see callFingerprint */
export function answerContent(event: LoadedEvent, change = UNCHANGED): AnswerContent | undefined {
  const value = readableEvent(event);
  const reason = ownString(value, REASON_FIELDS.get(event.entry.kind) ?? '');
  if (reason !== undefined) return content([change(reason)], []);
  if (event.entry.kind === 'ACPToolCallEvent') {
    const output = ['raw_output', 'content'].flatMap((key) => own(value, key) ?? []);
    return content(
      output.map((one) => change(formatJsonInline(one))),
      [ownString(value, 'status') ?? ''],
    );
  }
  const observation = own(value, 'observation');
  if (observation === undefined) return undefined;
  const texts = [
    ownString(observation, 'output') ?? '',
    ...blockTexts(own(observation, 'content')),
  ];
  const files = Array.from(storedFiles(observation), ({ file }) => file.url);
  return content(texts.map(change), [String(exitCodeOf(observation)), ...files]);
}

/** Kinds of answers that have no observation → the field that says why. */
const REASON_FIELDS = new Map([
  ['AgentErrorEvent', 'error'],
  ['UserRejectObservation', 'rejection_reason'],
]);

function content(texts: readonly string[], others: readonly string[]): AnswerContent {
  const hasText = texts.some((text) => text.trim() !== '');
  return { fingerprint: digest([...others, ...texts]), hasText };
}

/**
 * The fields of an action, sorted, without nulls and false flags: SDK versions differ in the order of fields, and in
 * whether they write defaults.
 */
function fieldsOf(action: ReadableValue): string {
  if (typeof action !== 'object' || action === null || Array.isArray(action) || isStored(action))
    return formatJsonInline(action);
  const keys = Object.keys(action).filter((key) => {
    const member = own(action, key) ?? null;
    return key !== 'kind' && member !== null && member !== false;
  });
  return keys
    .sort()
    .map((key) => `${key}=${formatJsonInline(own(action, key) ?? null)}`)
    .join('\n');
}

function digest(parts: Iterable<string>): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64').slice(0, FINGERPRINT_CHARS);
}
