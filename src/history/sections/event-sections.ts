import { className } from '../../domain/event-kinds.ts';
import { exitCodeOf, STILL_RUNNING, toolNoteOf } from '../../domain/observation-exit-code.ts';
import { formatJson, formatJsonInline } from '../../text/format-json.ts';
import { StoredFile } from '../../text/inline-data.ts';
import { own, ownString, type ReadableObject, type ReadableValue } from '../../text/json-value.ts';
import { type ReadableEvent, storedFiles } from '../../text/readable-event.ts';
import { blockTexts } from '../../text/visible-text.ts';
import { pluralize } from '../../text/wording.ts';
import { type DiffLine, diffOf } from './file-diff.ts';
import { hookResult, listOf, names, toolNames } from './section-values.ts';

/** A titled part of an event, for people to read. Texts are readable, but not safe to print as they are. */
export type EventSection =
  /** Prose, which can be wrapped. */
  | {
      readonly kind: 'text';
      readonly title: string;
      readonly text: string;
      /** A person or a model wrote it, perhaps in Markdown. */
      readonly isMarkdown?: boolean;
    }
  /** Lines that must stay as they are: commands, outputs, files, JSON. */
  | { readonly kind: 'code'; readonly title: string; readonly text: string }
  | { readonly kind: 'diff'; readonly title: string; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'image'; readonly title: string; readonly url: string };

/** Title of the section with the exit code of a command. */
export const EXIT_CODE_TITLE = 'exit code';

type SectionBuilder = (event: ReadableObject) => Iterable<EventSection>;

/** The sections of an event, depending on its kind. For an unknown kind, all fields. Empty sections are left out. */
export function sectionsOf(event: ReadableEvent): EventSection[] {
  const kind = className(ownString(event, 'kind') ?? '');
  const build = Object.hasOwn(BUILDERS, kind) ? (BUILDERS[kind] as SectionBuilder) : allFields;
  return [...build(event)].filter((section) => !isBlank(section));
}

function isBlank(section: EventSection): boolean {
  return (section.kind === 'text' || section.kind === 'code') && section.text.trim() === '';
}

// A section without text is left out later.
const text = (title: string, plain = ''): EventSection => ({ kind: 'text', title, text: plain });
const prose = (title: string, written = ''): EventSection => ({
  kind: 'text',
  title,
  text: written,
  isMarkdown: true,
});
const code = (title: string, lines = ''): EventSection => ({ kind: 'code', title, text: lines });

function* json(title: string, value: ReadableValue | undefined): Generator<EventSection> {
  if (typeof value === 'string') yield code(title, value);
  else if (value !== undefined && value !== null && !(value instanceof StoredFile)) {
    yield code(title, formatJson(value));
  }
  yield* images(title, value);
}

/** The files in a value, each in a section of its own. */
function* images(title: string, value: ReadableValue | undefined): Generator<EventSection> {
  for (const { file } of storedFiles(value)) yield { kind: 'image', title, url: file.url };
}

/** How the sections of each kind are made, by class name. */
const BUILDERS: Record<string, SectionBuilder> = {
  *SystemPromptEvent(event) {
    yield text('system prompt', ownString(own(event, 'system_prompt'), 'text'));
    yield text('dynamic context', ownString(own(event, 'dynamic_context'), 'text'));
    yield text('tools', toolNames(own(event, 'tools')).join(', '));
  },
  *MessageEvent(event) {
    const message = own(event, 'llm_message');
    yield prose('reasoning', ownString(message, 'reasoning_content'));
    yield* thinking(own(message, 'thinking_blocks'));
    yield* content('message', own(message, 'content'));
    yield* content('extended content', own(event, 'extended_content'));
    yield text('skills', names(own(event, 'activated_skills')));
    yield* json('critic', own(event, 'critic_result'));
  },
  *ActionEvent(event) {
    yield prose('reasoning', ownString(event, 'reasoning_content'));
    yield* thinking(own(event, 'thinking_blocks'));
    yield prose('thought', blockTexts(own(event, 'thought')).join('\n'));
    yield* action(own(event, 'action') ?? null, own(event, 'tool_call'));
    yield* json('critic', own(event, 'critic_result'));
  },
  *ObservationEvent(event) {
    yield* observation(own(event, 'observation') ?? null);
    yield* content('extended content', own(event, 'extended_content'));
  },
  *UserRejectObservation(event) {
    const by = ownString(event, 'rejection_source');
    yield text(by ? `rejected by the ${by}` : 'rejected', ownString(event, 'rejection_reason'));
  },
  *AgentErrorEvent(event) {
    yield code('error', ownString(event, 'error'));
    yield* json('classification', own(event, 'classification'));
  },
  *ConversationErrorEvent(event) {
    yield code(ownString(event, 'code') ?? 'error', ownString(event, 'detail'));
    yield* json('classification', own(event, 'classification'));
  },
  *Condensation(event) {
    const forgotten = own(event, 'forgotten_event_ids');
    yield text('forgotten', pluralize(listOf(forgotten).length, 'event'));
    yield prose('summary', ownString(event, 'summary'));
  },
  *CondensationSummaryEvent(event) {
    yield prose('summary', ownString(event, 'summary'));
  },
  *ConversationStateUpdateEvent(event) {
    yield* json(ownString(event, 'key') ?? 'state', own(event, 'value'));
  },
  *HookExecutionEvent(event) {
    yield code(ownString(event, 'hook_event_type') ?? 'hook', ownString(event, 'hook_command'));
    yield text('result', hookResult(event));
    yield text('reason', ownString(event, 'reason'));
    yield text('error', ownString(event, 'error'));
    yield text('context added', ownString(event, 'additional_context'));
    yield code('stdout', ownString(event, 'stdout'));
    yield code('stderr', ownString(event, 'stderr'));
    yield* json('input', own(event, 'hook_input'));
  },
  *ACPToolCallEvent(event) {
    const status = ownString(event, 'status');
    yield text('call', [ownString(event, 'title'), status && `(${status})`].join(' '));
    yield* json('input', own(event, 'raw_input'));
    yield* json('output', own(event, 'raw_output'));
    for (const part of listOf(own(event, 'content'))) yield* acpPart(part);
  },
};

/** An item in the content of a call over ACP. */
function* acpPart(part: ReadableValue): Generator<EventSection> {
  if (ownString(part, 'type') === 'diff') {
    const [before, after] = [acpText(part, 'old'), acpText(part, 'new')];
    yield* change(ownString(part, 'path') ?? 'change', before, after);
  } else yield* json('content', part);
}

/** The old or new text of a diff, in the spelling of the protocol or of the SDK. */
function acpText(part: ReadableValue, which: 'old' | 'new'): string {
  return ownString(part, `${which}Text`) ?? ownString(part, `${which}_text`) ?? '';
}

/** Keys of actions and observations that are never listed with the remaining fields. */
const UNLISTED_KEYS = new Set(['kind', 'content', 'is_error', 'metadata']);

/** @param call the call as the model wrote it, for an action that could not be executed */
function* action(value: ReadableValue, call: ReadableValue | undefined): Generator<EventSection> {
  if (value === null) {
    const name = ownString(call, 'name') ?? 'call';
    yield code(`${name}, not executed`, ownString(call, 'arguments'));
    return;
  }
  const at = (key: string) => ownString(value, key);
  const [command, path] = [at('command'), at('path')];
  const shown = new Set(UNLISTED_KEYS);
  const markShown = (...keys: string[]) => {
    for (const key of keys) shown.add(key);
  };
  if (path !== undefined && command !== undefined) {
    markShown('command', 'path', 'old_str', 'new_str', 'file_text');
    yield text('file', `${command} ${path}`);
    if (at('file_text') !== undefined) yield* change(path, '', at('file_text') ?? '');
    else if (command === 'insert') yield* change(path, '', at('new_str') ?? '');
    else if (at('old_str') !== undefined)
      yield* change(path, at('old_str') ?? '', at('new_str') ?? '');
  } else if (command !== undefined) {
    markShown('command');
    yield code('command', command);
  } else {
    for (const key of ['message', 'thought']) {
      if (at(key) === undefined) continue;
      markShown(key);
      yield prose(key, at(key));
    }
  }
  yield* remainingFields('arguments', value, shown);
}

function* observation(value: ReadableValue): Generator<EventSection> {
  const at = (key: string) => ownString(value, key);
  const shown = new Set([
    ...UNLISTED_KEYS,
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
    shown.add('old_content').add('new_content');
    yield* change(at('path') ?? 'file', before ?? '', after ?? '');
  }
  const exit = exitCodeOf(value);
  if (exit !== undefined) {
    yield text(EXIT_CODE_TITLE, exit === STILL_RUNNING ? 'none: still running' : String(exit));
  }
  const note = toolNoteOf(value);
  if (note !== undefined) yield text('note of the tool', note);
  yield* remainingFields('details', value, shown);
}

/** The change of a file as a diff, or as two texts if they are too large to compare. */
function* change(title: string, before: string, after: string): Generator<EventSection> {
  const lines = diffOf(before, after);
  if (lines) {
    if (lines.length > 0) yield { kind: 'diff', title, lines };
  } else {
    yield code(`${title} before`, before);
    yield code(`${title} after`, after);
  }
}

/** All fields that have a value and were not shown yet. */
function* remainingFields(
  title: string,
  value: ReadableValue,
  shown: ReadonlySet<string>,
): Generator<EventSection> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const members = Object.entries(value).filter(([key, one]) => !shown.has(key) && !isEmpty(one));
  const texts = members.filter(([, member]) => !(member instanceof StoredFile));
  const lines = texts.map(
    ([key, member]) => `${key}: ${typeof member === 'string' ? member : formatValue(member)}`,
  );
  yield code(title, lines.join('\n'));
  for (const [key, member] of members) yield* images(key, member);
}

/** Formats a value over several lines, but a list of plain values on one line. */
function formatValue(value: ReadableValue): string {
  const isFlat =
    Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
  return isFlat ? formatJsonInline(value) : formatJson(value);
}

function isEmpty(value: ReadableValue): boolean {
  return (
    value === null ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Content blocks: the texts joined in one section, each image in its own. */
function* content(
  title: string,
  value: ReadableValue | undefined,
  kind: 'text' | 'code' = 'text',
): Generator<EventSection> {
  const texts = listOf(value).filter((block) => !(own(block, 'text') instanceof StoredFile));
  const written = blockTexts(typeof value === 'string' ? value : texts).join('\n');
  yield kind === 'text' ? prose(title, written) : code(title, written);
  yield* images('image', value);
  for (const block of listOf(value)) {
    for (const url of listOf(own(block, 'image_urls'))) {
      if (typeof url === 'string') yield { kind: 'image', title: 'image', url };
    }
  }
}

function* thinking(blocks: ReadableValue | undefined): Generator<EventSection> {
  for (const block of listOf(blocks)) yield prose('thinking', ownString(block, 'thinking'));
}

function* allFields(event: ReadableObject): Generator<EventSection> {
  yield* remainingFields(
    'fields',
    event,
    new Set(['id', 'kind', 'timestamp', 'source', 'parent_id']),
  );
}
