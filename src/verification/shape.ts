import { z } from 'zod';
import type { JsonObject, JsonValue } from '../model/event.ts';
import { own } from '../model/event.ts';

/** What of an event does not fit the schema of its kind, as far as every SDK version agrees on it. */
export interface Shape {
  readonly isKnownKind: boolean;
  /** Paths of fields that every version writes. */
  readonly missing: readonly string[];
  /** Fields whose value no version could have written: `path: what was expected`. */
  readonly bad: readonly string[];
  /** Top-level fields that no version has. */
  readonly unknown: readonly string[];
  /** Shapes of before SDK 1.0 and of its first versions. */
  readonly legacy: readonly string[];
}

const text = z.string();
const block = z.looseObject({ text });
const object = z.looseObject({});
const list = z.array(z.unknown());
const texts = z.array(text);
const message = z.looseObject({ role: text, content: z.union([text, list]) });
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
const FIELDS: Record<string, z.ZodRawShape> = {
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
    thought: list,
    reasoning_content: text.nullish(),
    thinking_blocks: list.nullish(),
    responses_reasoning_item: object.nullish(),
    action: object.nullish(),
    tool_call: object,
    llm_response_id: text,
    security_risk: text.nullish(),
    summary: text.nullish(),
    critic_result: object.nullish(),
  },
  ObservationEvent: { ...ANSWER, observation: object, extended_content: list.nullish() },
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
    summary_offset: z.int().nullish(),
    llm_response_id: text.nullish(),
  },
  CondensationRequest: {},
  CondensationSummaryEvent: { summary: text },
  ConversationStateUpdateEvent: { key: text.nullish(), value: z.unknown() },
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
  TokenEvent: { prompt_token_ids: z.array(z.int()), response_token_ids: z.array(z.int()) },
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

const SCHEMAS = new Map(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, z.looseObject({ ...BASE, ...fields })]),
);
const BASE_SCHEMA = z.looseObject(BASE);

/** Checks an event against the schema of its kind; of an unknown kind only the common fields. */
export function checkShape(kind: string, event: JsonObject): Shape {
  const fields = Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  const { error } = (SCHEMAS.get(kind) ?? BASE_SCHEMA).safeParse(event);
  const issues = error?.issues ?? [];
  const isMissing = (path: PropertyKey[]) => valueAt(event, path) === undefined;
  return {
    isKnownKind: fields !== undefined,
    missing: issues.filter(({ path }) => isMissing(path)).map(({ path }) => path.join('.')),
    bad: issues
      .filter(({ path }) => !isMissing(path))
      .map(({ path, message }) => `${path.join('.')}: ${message}`),
    unknown: fields ? Object.keys(event).filter((key) => !isField(fields, key)) : [],
    legacy: [...legacyOf(kind, event)],
  };
}

function isField(fields: z.ZodRawShape, key: string): boolean {
  return Object.hasOwn(fields, key) || Object.hasOwn(BASE, key);
}

function valueAt(event: JsonObject, path: PropertyKey[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => own(value, String(key)), event);
}

function* legacyOf(kind: string, event: JsonObject): Generator<string> {
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
