import { className } from '../../domain/event-kinds.ts';
import { exitCodeOf, STILL_RUNNING } from '../../domain/exit-code.ts';
import { formatJson, formatJsonInline } from '../../text/format-json.ts';
import { type JsonObject, type JsonValue, own, ownString } from '../../text/json-value.ts';
import { blockTexts } from '../../text/visible-text.ts';
import { type DiffLine, diffOf } from './file-diff.ts';

/** A part of an event as a person wants it. Texts are as the event has them, not safe to show. */
export type EventSection =
  /** Prose: what somebody says. */
  | { readonly kind: 'text'; readonly title: string; readonly text: string }
  /** What stands in lines: commands, outputs, files, JSON. */
  | { readonly kind: 'code'; readonly title: string; readonly text: string }
  | { readonly kind: 'diff'; readonly title: string; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'image'; readonly title: string; readonly url: string };

/** Title of the part that tells a command's exit code. */
export const EXIT_CODE_TITLE = 'exit code';

type SectionBuilder = (event: JsonObject) => Iterable<EventSection>;

/** The parts of an event, by kind; of an unknown kind all of its fields. */
export function sectionsOf(event: JsonObject): EventSection[] {
  const kind = className(ownString(event, 'kind') ?? '');
  const portray = Object.hasOwn(BY_KIND, kind) ? (BY_KIND[kind] as SectionBuilder) : allFields;
  return [...portray(event)].filter(
    (section) => !('text' in section) || section.text.trim() !== '',
  );
}

const text = (title: string, words: string | undefined): EventSection => ({
  kind: 'text',
  title,
  text: words ?? '',
});
const code = (title: string, lines: string | undefined): EventSection => ({
  kind: 'code',
  title,
  text: lines ?? '',
});
const json = (title: string, value: JsonValue | undefined): EventSection =>
  code(title, value === undefined || value === null ? '' : formatJson(value));

const BY_KIND: Record<string, SectionBuilder> = {
  *SystemPromptEvent(event) {
    yield text('system prompt', ownString(own(event, 'system_prompt'), 'text'));
    yield text('dynamic context', ownString(own(event, 'dynamic_context'), 'text'));
    yield text('tools', toolNames(own(event, 'tools')).join(', '));
  },
  *MessageEvent(event) {
    const message = own(event, 'llm_message');
    yield text('reasoning', ownString(message, 'reasoning_content'));
    yield* thinking(own(message, 'thinking_blocks'));
    yield* content('message', own(message, 'content'));
    yield* content('added to it', own(event, 'extended_content'));
    yield text('skills', names(own(event, 'activated_skills')));
    yield json('critic', own(event, 'critic_result'));
  },
  *ActionEvent(event) {
    yield text('reasoning', ownString(event, 'reasoning_content'));
    yield* thinking(own(event, 'thinking_blocks'));
    yield text('thought', blockTexts(own(event, 'thought')).join('\n'));
    yield* action(own(event, 'action') ?? null, own(event, 'tool_call'));
    yield json('critic', own(event, 'critic_result'));
  },
  *ObservationEvent(event) {
    yield* observation(own(event, 'observation') ?? null);
    yield* content('added to it', own(event, 'extended_content'));
  },
  *UserRejectObservation(event) {
    const by = ownString(event, 'rejection_source');
    yield text(by ? `rejected by the ${by}` : 'rejected', ownString(event, 'rejection_reason'));
  },
  *AgentErrorEvent(event) {
    yield code('error', ownString(event, 'error'));
    yield json('classification', own(event, 'classification'));
  },
  *ConversationErrorEvent(event) {
    yield code(ownString(event, 'code') ?? 'error', ownString(event, 'detail'));
    yield json('classification', own(event, 'classification'));
  },
  *Condensation(event) {
    const forgotten = own(event, 'forgotten_event_ids');
    yield text('forgotten', `${Array.isArray(forgotten) ? forgotten.length : 0} events`);
    yield text('summary', ownString(event, 'summary'));
  },
  *CondensationSummaryEvent(event) {
    yield text('summary', ownString(event, 'summary'));
  },
  *ConversationStateUpdateEvent(event) {
    yield json(ownString(event, 'key') ?? 'state', own(event, 'value'));
  },
  *HookExecutionEvent(event) {
    yield code(ownString(event, 'hook_event_type') ?? 'hook', ownString(event, 'hook_command'));
    yield text('result', hookResult(event));
    yield text('reason', ownString(event, 'reason'));
    yield text('error', ownString(event, 'error'));
    yield text('context added', ownString(event, 'additional_context'));
    yield code('stdout', ownString(event, 'stdout'));
    yield code('stderr', ownString(event, 'stderr'));
    yield json('input', own(event, 'hook_input'));
  },
  *ACPToolCallEvent(event) {
    const status = ownString(event, 'status');
    yield text('call', [ownString(event, 'title'), status && `(${status})`].join(' '));
    yield json('input', own(event, 'raw_input'));
    yield json('output', own(event, 'raw_output'));
    for (const part of listOf(own(event, 'content'))) yield* acpPart(part);
  },
};

function* acpPart(part: JsonValue): Generator<EventSection> {
  if (ownString(part, 'type') === 'diff') {
    const [before, after] = [acpText(part, 'old'), acpText(part, 'new')];
    yield* change(ownString(part, 'path') ?? 'change', before, after);
  } else yield json('content', part);
}

/** As the protocol has it, or as the SDK writes it. */
function acpText(part: JsonValue, which: 'old' | 'new'): string {
  return ownString(part, `${which}Text`) ?? ownString(part, `${which}_text`) ?? '';
}

/** Keys of actions and observations that are told in their own way, or tell nothing. */
const PLAIN_KEYS = new Set(['kind', 'content', 'is_error', 'metadata']);

function* action(value: JsonValue, call: JsonValue | undefined): Generator<EventSection> {
  if (value === null) {
    const name = ownString(call, 'name') ?? 'call';
    yield code(`${name}, not executed`, ownString(call, 'arguments'));
    return;
  }
  const at = (key: string) => ownString(value, key);
  const [command, path] = [at('command'), at('path')];
  const fields = new Set(PLAIN_KEYS);
  const tell = (...keys: string[]) => {
    for (const key of keys) fields.add(key);
  };
  if (path !== undefined && command !== undefined) {
    tell('command', 'path', 'old_str', 'new_str', 'file_text');
    yield text('file', `${command} ${path}`);
    if (at('file_text') !== undefined) yield* change(path, '', at('file_text') ?? '');
    else if (command === 'insert') yield* change(path, '', at('new_str') ?? '');
    else if (at('old_str') !== undefined)
      yield* change(path, at('old_str') ?? '', at('new_str') ?? '');
  } else if (command !== undefined) {
    tell('command');
    yield code('command', command);
  } else {
    for (const key of ['message', 'thought']) {
      if (at(key) === undefined) continue;
      tell(key);
      yield text(key, at(key));
    }
  }
  yield rest('with', value, fields);
}

function* observation(value: JsonValue): Generator<EventSection> {
  const at = (key: string) => ownString(value, key);
  const fields = new Set([
    ...PLAIN_KEYS,
    'command',
    'path',
    'exit_code',
    'output',
    'error',
    'prev_exist',
  ]);
  const [before, after] = [at('old_content'), at('new_content')];
  yield code('error', at('error'));
  yield* content('output', at('output') ?? own(value, 'content'), 'code');
  if (before !== undefined || after !== undefined) {
    fields.add('old_content').add('new_content');
    yield* change(at('path') ?? 'file', before ?? '', after ?? '');
  }
  const exit = exitCodeOf(value);
  if (exit !== undefined) {
    yield text(EXIT_CODE_TITLE, exit === STILL_RUNNING ? 'none: still running' : String(exit));
  }
  yield rest('with', value, fields);
}

/** A file's change; two texts where it is too large to be compared. */
function* change(title: string, before: string, after: string): Generator<EventSection> {
  const lines = diffOf(before, after);
  if (lines) {
    if (lines.length > 0) yield { kind: 'diff', title, lines };
  } else {
    yield code(`${title} before`, before);
    yield code(`${title} after`, after);
  }
}

/** Fields that say something and were not told yet. */
function rest(title: string, value: JsonValue, fields: ReadonlySet<string>): EventSection {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return code(title, '');
  const lines = Object.keys(value).flatMap((key) => {
    const member = own(value, key) ?? null;
    const saysNothing = member === null || member === false || isEmpty(member);
    if (fields.has(key) || saysNothing) return [];
    return `${key}: ${typeof member === 'string' ? member : written(member)}`;
  });
  return code(title, lines.join('\n'));
}

/** Over lines; a list of numbers and the like on one. */
function written(value: JsonValue): string {
  const isFlat =
    Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
  return isFlat ? formatJsonInline(value) : formatJson(value);
}

function isEmpty(value: JsonValue): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** Text blocks joined, images each on its own. */
function* content(
  title: string,
  value: JsonValue | undefined,
  kind: 'text' | 'code' = 'text',
): Generator<EventSection> {
  yield { kind, title, text: blockTexts(value).join('\n') };
  for (const block of listOf(value)) {
    for (const url of listOf(own(block, 'image_urls'))) {
      if (typeof url === 'string') yield { kind: 'image', title: 'image', url };
    }
  }
}

function* thinking(blocks: JsonValue | undefined): Generator<EventSection> {
  for (const block of listOf(blocks)) yield text('thinking', ownString(block, 'thinking'));
}

function* allFields(event: JsonObject): Generator<EventSection> {
  yield rest('fields', event, new Set(['id', 'kind', 'timestamp', 'source', 'parent_id']));
}

function hookResult(event: JsonObject): string {
  const exit = own(event, 'exit_code');
  const verdict =
    own(event, 'blocked') === true ? 'blocked' : own(event, 'success') === false ? 'failed' : 'ok';
  return `${verdict}${typeof exit === 'number' ? `, exit code ${exit}` : ''}`;
}

/** Names of tools: objects, and up to 1.4 OpenAI's dictionaries. */
function toolNames(tools: JsonValue | undefined): string[] {
  return listOf(tools).flatMap(
    (tool) =>
      ownString(tool, 'title') ??
      ownString(tool, 'name') ??
      ownString(own(tool, 'function'), 'name') ??
      ownString(tool, 'kind') ??
      [],
  );
}

function names(list: JsonValue | undefined): string {
  return listOf(list)
    .filter((name) => typeof name === 'string')
    .join(', ');
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
