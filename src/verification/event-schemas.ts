import { z } from 'zod';
import type { KINDS } from '../domain/event-kinds.ts';

/** A list that gets one issue as a whole: an issue for each of millions of elements helps nobody. */
const listOf = (element: z.ZodType, elements: string) =>
  z.custom<unknown[]>(
    (value) => Array.isArray(value) && value.every((one) => element.safeParse(one).success),
    { message: `Invalid input: expected a list of ${elements}` },
  );

const string = z.string();
const optionalString = string.nullish();
const stringList = listOf(string, 'strings');
const integerList = listOf(z.int(), 'integers');
const anyList = z.array(z.unknown());
const anyObject = z.looseObject({});
const optional = z.unknown().optional();
const objectWithKind = z.looseObject({ kind: string });
const textBlock = z.looseObject({ text: string });
/** Text or an image. */
const contentBlock = z.looseObject({ type: string.optional(), text: string.optional() });
const llmMessage = z.looseObject({
  role: string,
  content: z.union([string, listOf(contentBlock, 'content blocks')]).nullish(),
});

/** Fields of every event. Source: openhands-sdk event/base.py. */
export const COMMON_FIELDS: z.ZodRawShape = {
  id: string,
  timestamp: string,
  source: z.enum(['agent', 'user', 'environment', 'hook']),
  kind: string,
  parent_id: optionalString,
};

const TOOL_CALL_FIELDS = { tool_name: string, tool_call_id: string };
const ANSWER_FIELDS = { ...TOOL_CALL_FIELDS, action_id: string };

/**
 * Fields of each kind, as far as all SDK versions agree. A field that some version leaves out is
 * optional, and a field that some version writes as null is nullish. The content of a field is checked
 * only where all versions agree on it.
 * Source: the models of openhands-sdk 1.4.1, 1.17.0, 1.30.0 and 1.58.2, and logs from before 1.0.
 */
export const FIELDS_BY_KIND: Readonly<Record<(typeof KINDS)[number], z.ZodRawShape>> = {
  SystemPromptEvent: {
    system_prompt: textBlock,
    tools: anyList,
    dynamic_context: textBlock.nullish(),
  },
  MessageEvent: {
    llm_message: llmMessage,
    llm_response_id: optionalString,
    activated_skills: stringList.nullish(),
    activated_microagents: stringList.nullish(),
    extended_content: anyList.nullish(),
    sender: optionalString,
    critic_result: anyObject.nullish(),
  },
  ActionEvent: {
    ...TOOL_CALL_FIELDS,
    thought: listOf(textBlock, 'text blocks'),
    reasoning_content: optionalString,
    thinking_blocks: anyList.nullish(),
    responses_reasoning_item: anyObject.nullish(),
    action: objectWithKind.nullish(),
    tool_call: anyObject,
    llm_response_id: string,
    security_risk: optionalString,
    summary: optionalString,
    critic_result: anyObject.nullish(),
  },
  ObservationEvent: {
    ...ANSWER_FIELDS,
    observation: objectWithKind,
    extended_content: anyList.nullish(),
  },
  UserRejectObservation: {
    ...ANSWER_FIELDS,
    rejection_reason: optionalString,
    rejection_source: optionalString,
  },
  AgentErrorEvent: { ...TOOL_CALL_FIELDS, error: string, classification: anyObject.nullish() },
  ConversationErrorEvent: { code: string, detail: string, classification: anyObject.nullish() },
  Condensation: {
    forgotten_event_ids: stringList.nullish(),
    summary: optionalString,
    summary_offset: z.int().min(0).nullish(),
    llm_response_id: optionalString,
  },
  CondensationRequest: {},
  CondensationSummaryEvent: { summary: string },
  ConversationStateUpdateEvent: { key: optionalString, value: optional },
  HookExecutionEvent: {
    hook_event_type: string,
    hook_command: string,
    tool_name: optionalString,
    success: z.boolean(),
    blocked: z.boolean().nullish(),
    exit_code: z.int(),
    stdout: optionalString,
    stderr: optionalString,
    reason: optionalString,
    additional_context: optionalString,
    error: optionalString,
    action_id: optionalString,
    message_id: optionalString,
    hook_input: anyObject.nullish(),
  },
  ACPToolCallEvent: {
    tool_call_id: string,
    title: string,
    status: optionalString,
    tool_kind: optionalString,
    raw_input: optional,
    raw_output: optional,
    content: anyList.nullish(),
    is_error: z.boolean().nullish(),
  },
  LLMCompletionLogEvent: {
    filename: string,
    log_data: string,
    model_name: optionalString,
    usage_id: optionalString,
  },
  TokenEvent: { prompt_token_ids: integerList, response_token_ids: integerList },
  PauseEvent: {},
  InterruptEvent: {},
  StreamingDeltaEvent: { content: optionalString, reasoning_content: optionalString },
  SecurityAnalysisEvent: {
    analyzer: optionalString,
    policy: optional,
    risks: optional,
    details: optional,
  },
};
