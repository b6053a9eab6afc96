import { z } from 'zod';
import type { LoadedEvent } from '../domain/event.ts';
import type { KINDS } from '../domain/event-kinds.ts';
import { type JsonObject, type JsonValue, own } from '../text/json-value.ts';

/** What of an event does not fit the schema of its kind, as far as every SDK version agrees on it. */
export interface SchemaCheck {
  readonly isKnownKind: boolean;
  /** Paths of fields that every version writes. */
  readonly missing: readonly string[];
  /** Fields whose value no version could have written: `path: what was expected`. */
  readonly bad: readonly string[];
  /** Top-level fields that no version has. */
  readonly unknown: readonly string[];
  /** Shapes of before SDK 1.0 and of its first versions. */
  readonly legacy: readonly string[];
  /** The newest SDK known here (1.58.2) would raise ValidationError. */
  readonly isRefused: boolean;
}

const text = z.string();
/** A list, checked as one: an issue for each of millions of elements helps nobody. */
const listOf = (check: z.ZodType, what: string) =>
  z.custom<unknown[]>(
    (value) => Array.isArray(value) && value.every((one) => check.safeParse(one).success),
    {
      message: `Invalid input: expected a list of ${what}`,
    },
  );
const texts = listOf(text, 'texts');
const numbers = listOf(z.int(), 'integers');
const block = z.looseObject({ text });
const object = z.looseObject({});
const kinded = z.looseObject({ kind: text });
const list = z.array(z.unknown());
/** A content block: text, or an image. */
const part = z.looseObject({ type: text.optional(), text: text.optional() });
const message = z.looseObject({
  role: text,
  content: z.union([text, listOf(part, 'content blocks')]).nullish(),
});
const source = z.enum(['agent', 'user', 'environment', 'hook']);

/** Fields of every event. Source: openhands-sdk event/base.py. */
const BASE = { id: text, timestamp: text, source, kind: text, parent_id: text.nullish() };
const CALL = { tool_name: text, tool_call_id: text };
const ANSWER = { ...CALL, action_id: text };

/*
 * Fields of each kind. What some version leaves out is optional here, what some version writes as
 * null is nullish, and what is inside a field is checked only where all versions agree.
 * Source: the models of openhands-sdk 1.4.1, 1.17.0, 1.30.0 and 1.58.2, and logs of before 1.0.
 */
const FIELDS: Readonly<Record<(typeof KINDS)[number], z.ZodRawShape>> = {
  SystemPromptEvent: { system_prompt: block, tools: list, dynamic_context: block.nullish() },
  MessageEvent: {
    llm_message: message,
    llm_response_id: text.nullish(),
    activated_skills: texts.nullish(),
    activated_microagents: texts.nullish(),
    extended_content: list.nullish(),
    sender: text.nullish(),
    critic_result: object.nullish(),
  },
  ActionEvent: {
    ...CALL,
    thought: listOf(block, 'text blocks'),
    reasoning_content: text.nullish(),
    thinking_blocks: list.nullish(),
    responses_reasoning_item: object.nullish(),
    action: kinded.nullish(),
    tool_call: object,
    llm_response_id: text,
    security_risk: text.nullish(),
    summary: text.nullish(),
    critic_result: object.nullish(),
  },
  ObservationEvent: { ...ANSWER, observation: kinded, extended_content: list.nullish() },
  UserRejectObservation: {
    ...ANSWER,
    rejection_reason: text.nullish(),
    rejection_source: text.nullish(),
  },
  AgentErrorEvent: { ...CALL, error: text, classification: object.nullish() },
  ConversationErrorEvent: { code: text, detail: text, classification: object.nullish() },
  Condensation: {
    forgotten_event_ids: texts.nullish(),
    summary: text.nullish(),
    summary_offset: z.int().min(0).nullish(),
    llm_response_id: text.nullish(),
  },
  CondensationRequest: {},
  CondensationSummaryEvent: { summary: text },
  ConversationStateUpdateEvent: { key: text.nullish(), value: z.unknown().optional() },
  HookExecutionEvent: {
    hook_event_type: text,
    hook_command: text,
    tool_name: text.nullish(),
    success: z.boolean(),
    blocked: z.boolean().nullish(),
    exit_code: z.int(),
    stdout: text.nullish(),
    stderr: text.nullish(),
    reason: text.nullish(),
    additional_context: text.nullish(),
    error: text.nullish(),
    action_id: text.nullish(),
    message_id: text.nullish(),
    hook_input: object.nullish(),
  },
  ACPToolCallEvent: {
    tool_call_id: text,
    title: text,
    status: text.nullish(),
    tool_kind: text.nullish(),
    raw_input: z.unknown().optional(),
    raw_output: z.unknown().optional(),
    content: list.nullish(),
    is_error: z.boolean().nullish(),
  },
  LLMCompletionLogEvent: {
    filename: text,
    log_data: text,
    model_name: text.nullish(),
    usage_id: text.nullish(),
  },
  TokenEvent: { prompt_token_ids: numbers, response_token_ids: numbers },
  PauseEvent: {},
  InterruptEvent: {},
  StreamingDeltaEvent: { content: text.nullish(), reasoning_content: text.nullish() },
  SecurityAnalysisEvent: {
    analyzer: text.nullish(),
    policy: z.unknown().optional(),
    risks: z.unknown().optional(),
    details: z.unknown().optional(),
  },
};

const FIELDS_OF = new Map(Object.entries(FIELDS));
const SCHEMAS = new Map(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, z.looseObject({ ...BASE, ...fields })]),
);
const BASE_SCHEMA = z.looseObject(BASE);

/** Checks an event against the schema of its kind; of an unknown kind only the common fields. */
export function checkEvent(kind: string, { value: event, text: json }: LoadedEvent): SchemaCheck {
  const fields = FIELDS_OF.get(kind);
  const { error } = (SCHEMAS.get(kind) ?? BASE_SCHEMA).safeParse(event);
  const issues = error?.issues ?? [];
  const isMissing = (path: PropertyKey[]) => valueAt(event, path) === undefined;
  const missing = issues.filter(({ path }) => isMissing(path)).map(({ path }) => path.join('.'));
  const bad = [
    ...issues
      .filter(({ path }) => !isMissing(path))
      .map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...(isDeeper(event, MAX_DEPTH)
      ? [`nested deeper than the ${MAX_DEPTH} levels that the SDK reads`]
      : []),
  ];
  const unknown = fields ? Object.keys(event).filter((key) => !isField(fields, key)) : [];
  const legacy = [...legacyOf(kind, event, json)];
  const isRefused =
    fields === undefined ||
    missing.some(
      (field) => !DEFAULTED.has(field) || (field === 'source' && NEED_SOURCE.has(kind)),
    ) ||
    bad.length + unknown.length + legacy.filter((shape) => !READ_STILL.has(shape)).length > 0;
  return { isKnownKind: fields !== undefined, missing, bad, unknown, legacy, isRefused };
}

/** Fields that every version writes, and the newest makes up where they are missing. */
const DEFAULTED = new Set(['id', 'timestamp', 'source']);
const NEED_SOURCE = new Set(['MessageEvent', 'ConversationErrorEvent', 'TokenEvent']);

/** Levels of nesting that the SDK's JSON parser takes, the event itself among them. */
const MAX_DEPTH = 200;

/** Recursion is bounded by what is asked for. */
function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function hasLoneSurrogate(event: JsonObject): boolean {
  const todo: JsonValue[] = [event];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string' && !value.isWellFormed()) return true;
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) todo.push(key, part);
    }
  }
  return false;
}

function isField(fields: z.ZodRawShape, key: string): boolean {
  return Object.hasOwn(fields, key) || Object.hasOwn(BASE, key);
}

function valueAt(event: JsonObject, path: PropertyKey[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => own(value, String(key)), event);
}

/** Old shapes that the newest SDK reads all the same. */
const READ_STILL = new Set([
  'a condensation without llm_response_id',
  'llm_message.content is a string',
]);

function* legacyOf(kind: string, event: JsonObject, json: string): Generator<string> {
  // The first versions wrote it, and newer ones refuse it.
  if (json.includes('\\u') && /\\ud[89a-f]/i.test(json) && hasLoneSurrogate(event))
    yield 'half of a surrogate pair in a text';
  if (String(own(event, 'kind')).includes('.')) yield 'kind is a dotted path';
  if (own(event, 'activated_microagents') !== undefined) yield 'skills are called microagents';
  if (kind === 'ObservationEvent' && typeof own(own(event, 'observation'), 'output') === 'string') {
    yield 'observation.output is a string';
  }
  if (kind === 'Condensation' && own(event, 'llm_response_id') === undefined) {
    yield 'a condensation without llm_response_id';
  }
  if (typeof own(own(event, 'llm_message'), 'content') === 'string') {
    yield 'llm_message.content is a string';
  }
  const tools = own(event, 'tools');
  if (Array.isArray(tools) && own(own(tools, '0'), 'function') !== undefined) {
    yield 'tools are OpenAI functions';
  }
}
