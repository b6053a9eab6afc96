import { StoredFile } from '../text/inline-data.ts';
import {
  isStored,
  own,
  ownString,
  type ReadableObject,
  type ReadableValue,
} from '../text/json-value.ts';
import { StoredNumber } from '../text/stored-number.ts';
import { blockTexts, visibleText } from '../text/visible-text.ts';
import { exitCodeOf, STILL_RUNNING, toolNoteOf } from './observation-exit-code.ts';

/*
 * Descriptions of events in their own words. They are not safe to print as they are. event-kinds.ts assigns
 * one of these functions to each kind.
 */

/** Longer than any line of a terminal. Text after this length is not read at all. In UTF-16 units. */
export const MAX_DESCRIPTION_CHARS = 500;

/**
 * The beginning of a text, cut one UTF-16 unit after MAX_DESCRIPTION_CHARS. From the extra unit, a reporter can see
 * that the text was cut.
 */
export function cutDescription(text: string): string {
  return text.trimStart().slice(0, MAX_DESCRIPTION_CHARS + 1);
}

/** Describes an event by one of its texts. @param path keys that lead to the text */
export function textField(...path: [string, ...string[]]): (event: ReadableObject) => string {
  return (event) => {
    const value = path.reduce<ReadableValue | undefined>((part, key) => own(part, key), event);
    return typeof value === 'string' || value instanceof StoredFile ? String(value) : '';
  };
}

export function describeMessage(event: ReadableObject): string {
  return blockTexts(own(own(event, 'llm_message'), 'content')).join(' ');
}

export function describeConversationError(event: ReadableObject): string {
  return join(': ', ownString(event, 'code'), ownString(event, 'detail'));
}

export function describeTokens(event: ReadableObject): string {
  const prompt = length(event, 'prompt_token_ids');
  return `(${prompt} prompt and ${length(event, 'response_token_ids')} response tokens)`;
}

export function describeAcpToolCall(event: ReadableObject): string {
  return join(' ', ownString(event, 'title'), bracket(ownString(event, 'status')));
}

export function describeAction(event: ReadableObject): string {
  const action = own(event, 'action') ?? null;
  if (action === null) {
    const call = ownString(own(event, 'tool_call'), 'arguments') ?? '';
    return `(not executed) ${cutDescription(call)}`;
  }
  const command = ownString(action, 'command');
  const path = ownString(action, 'path');
  if (path !== undefined) return join(' ', command, path);
  if (command !== undefined && isShell(action, event)) {
    return command.trim() === '' ? '(waits for output)' : `$ ${cutDescription(command)}`;
  }
  if (command !== undefined) return join(' ', cutDescription(command), scalarsOf(action));
  return firstTexts(action) || scalarsOf(action) || firstTexts(event);
}

/** Whether an action's command runs in a shell. This is guessed from the names of the tool and the action. */
function isShell(action: ReadableValue, event: ReadableObject): boolean {
  const names = `${ownString(action, 'kind')} ${ownString(event, 'tool_name')}`;
  return /bash|terminal|shell|cmd|execute/i.test(names);
}

/** The action's numbers, and the flags that are set: `index=3 tab=1`. */
function scalarsOf(action: ReadableValue): string {
  if (typeof action !== 'object' || action === null || Array.isArray(action)) return '';
  const scalars = Object.keys(action).flatMap((key) => {
    const value = own(action, key);
    const isScalar = typeof value === 'number' || value instanceof StoredNumber || value === true;
    return isScalar ? `${key}=${value}` : [];
  });
  return scalars.join(' ');
}

export function describeObservation(event: ReadableObject): string {
  const observation = own(event, 'observation');
  const code = exitCodeOf(observation);
  const error = own(observation, 'error');
  const failed = own(observation, 'is_error') === true || error === true;
  const exit = code === undefined || code === 0 ? '' : `[exit ${code}]`;
  const mark = code === STILL_RUNNING ? '[running]' : exit || (failed ? '[error]' : '');
  const text =
    typeof error === 'string' && error !== '' ? error : cutDescription(resultText(observation));
  return join(' ', mark, text) || '(no output)';
}

/** What a tool answered. Of a command that is still running and printed nothing, what the tool says about that. */
function resultText(observation: ReadableValue | undefined): string {
  const output =
    ownString(observation, 'output') ?? blockTexts(own(observation, 'content')).join(' ');
  if (output.trim() !== '') return output;
  // Up to SDK 1.1, the answer of `finish` has only this field.
  const message = ownString(observation, 'message');
  if (message !== undefined) return message;
  return exitCodeOf(observation) === STILL_RUNNING ? (toolNoteOf(observation) ?? '') : '';
}

export function describeCondensation(event: ReadableObject): string {
  return join(
    ' ',
    `(forgot ${length(event, 'forgotten_event_ids')} events)`,
    ownString(event, 'summary'),
  );
}

export function describeStateUpdate(event: ReadableObject): string {
  const value = own(event, 'value') ?? null; // the SDK leaves nulls out
  const isPlain = typeof value !== 'object' || value === null || isStored(value);
  return join(' = ', ownString(event, 'key'), isPlain ? String(value) : '{…}');
}

export function describeHook(event: ReadableObject): string {
  const verdict =
    own(event, 'blocked') === true ? 'blocked' : own(event, 'success') === false ? 'failed' : 'ok';
  const reason = ownString(event, 'reason') ?? ownString(event, 'error');
  const command = ownString(event, 'hook_command');
  return join(' ', ownString(event, 'hook_event_type'), `[${verdict}]`, reason, bracket(command));
}

/** The first readable strings of a value, up to about MAX_DESCRIPTION_CHARS. */
export function firstTexts(value: ReadableValue): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isStored(value))
    return '';
  let text = '';
  for (const string of visibleText(value)) {
    text = join(' ', text, cutDescription(string));
    if (text.length > MAX_DESCRIPTION_CHARS) break;
  }
  return text;
}

function length(event: ReadableObject, key: string): number {
  const list = own(event, key);
  return Array.isArray(list) ? list.length : 0;
}

function bracket(text: string | undefined): string {
  return text ? `(${cutDescription(text)})` : '';
}

function join(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter((part) => part).join(separator);
}
