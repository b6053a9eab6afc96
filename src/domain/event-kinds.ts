import type { ReadableObject } from '../text/json-value.ts';
import {
  describeAcpToolCall,
  describeAction,
  describeCondensation,
  describeConversationError,
  describeHook,
  describeMessage,
  describeObservation,
  describeStateUpdate,
  describeTokens,
  textField,
} from './event-descriptions.ts';

/** The colours that kinds are shown in. */
export type KindColor = 'blue' | 'cyan' | 'green' | 'magenta' | 'yellow';

/** The facts about one kind of event. A fact that is left out is false, or has its default. */
interface EventKind {
  /** Default: the class name in kebab case, without "Event". */
  readonly shortName?: string;
  /** Other names that users can type. */
  readonly aliases?: readonly string[];
  /** Events of this kind are on no branch: they are never the leaf by default. */
  readonly isSide?: true;
  /** It becomes a message to the model. Source: openhands-sdk event/base.py, LLMConvertibleEvent. */
  readonly isForModel?: true;
  /** It calls a tool, or says how a call over ACP goes on. */
  readonly isCall?: true;
  /** It contains the result of a tool call. */
  readonly isResult?: true;
  /** Its `action_id` names the action that it answers. */
  readonly answersAction?: true;
  /** It always reports a failure. */
  readonly alwaysFails?: true;
  /** Nobody was waiting for the model just before this event. */
  readonly endsWait?: true;
  /** It is written while the model is working. The model does not respond to it. */
  readonly isLog?: true;
  /** It is a check of another event, or a part of one, so it does not say how far the agent came. */
  readonly isCheck?: true;
  /** Default: blue. */
  readonly color?: KindColor | ((source: string) => KindColor);
  /** Describes an event of this kind in its own words. Default: its first readable texts. */
  readonly describe?: (event: ReadableObject) => string;
}

/** Every kind that any version of the SDK writes, by class name. Facts about kinds are stored nowhere else. */
const EVENT_KINDS = {
  SystemPromptEvent: { isForModel: true, describe: textField('system_prompt', 'text') },
  MessageEvent: {
    isForModel: true,
    color: (source: string) => (source === 'user' ? 'magenta' : 'green'),
    describe: describeMessage,
  },
  ActionEvent: { isForModel: true, isCall: true, color: 'cyan', describe: describeAction },
  ObservationEvent: {
    isForModel: true,
    isResult: true,
    answersAction: true,
    describe: describeObservation,
  },
  UserRejectObservation: {
    shortName: 'user-reject',
    aliases: ['reject', 'rejection'],
    isForModel: true,
    isResult: true,
    answersAction: true,
    alwaysFails: true,
    describe: (event) => `rejected: ${textField('rejection_reason')(event)}`,
  },
  AgentErrorEvent: {
    isForModel: true,
    isResult: true,
    alwaysFails: true,
    describe: textField('error'),
  },
  ConversationErrorEvent: {
    isSide: true,
    alwaysFails: true,
    describe: describeConversationError,
  },
  Condensation: { color: 'yellow', describe: describeCondensation },
  CondensationRequest: { color: 'yellow', describe: () => '(asks for a condensation)' },
  CondensationSummaryEvent: { color: 'yellow', isForModel: true },
  ConversationStateUpdateEvent: {
    shortName: 'state-update',
    isSide: true,
    describe: describeStateUpdate,
  },
  HookExecutionEvent: { shortName: 'hook', isCheck: true, describe: describeHook },
  ACPToolCallEvent: { shortName: 'acp-tool-call', isCall: true, describe: describeAcpToolCall },
  LLMCompletionLogEvent: { shortName: 'llm-completion-log', isLog: true },
  TokenEvent: { isLog: true, describe: describeTokens },
  PauseEvent: { endsWait: true, describe: () => '(paused)' },
  InterruptEvent: { endsWait: true, describe: () => '(interrupted)' },
  StreamingDeltaEvent: { isCheck: true },
  SecurityAnalysisEvent: { isCheck: true },
} satisfies Record<string, EventKind>;

export type KindName = keyof typeof EVENT_KINDS;

/** Class names of all known kinds. */
export const KINDS = Object.keys(EVENT_KINDS) as readonly KindName[];

const FACTS = new Map<string, EventKind>(Object.entries(EVENT_KINDS));

/** The class name of a kind. Very old logs contain a dotted path (`openhands.sdk.….MessageEvent`). */
export function className(kind: string): string {
  return kind.slice(kind.lastIndexOf('.') + 1);
}

/** The short name of a kind: `action` for `ActionEvent`, `state-update`, `agent-error` … */
export function shortKind(kind: string): string {
  const name = className(kind);
  return (
    FACTS.get(name)?.shortName ??
    name
      .replace(/Event$/, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
  );
}

const fold = (kind: string) =>
  kind
    .toLowerCase()
    .replaceAll(/[-_]/g, '')
    .replace(/(.)event$/, '$1');

/** Short names and aliases, folded → the class name, folded. */
const FULL_NAMES = new Map(
  [...FACTS].flatMap(([name, { shortName, aliases = [] }]) =>
    [...(shortName ? [shortName] : []), ...aliases].map((other) => [fold(other), fold(name)]),
  ),
);

/** Converts every way to write a kind (class name, dotted path or short name, in any case) to one spelling. */
export function kindKey(kind: string): string {
  const folded = fold(className(kind));
  return FULL_NAMES.get(folded) ?? folded;
}

/** Whether the kind is one of those listed here. */
export const isKnownKind = (kind: string) => FACTS.has(kind);
export const isSide = (kind: string) => FACTS.get(kind)?.isSide ?? false;
export const isForModel = (kind: string) => FACTS.get(kind)?.isForModel ?? false;
export const isCall = (kind: string) => FACTS.get(kind)?.isCall ?? false;
export const isResult = (kind: string) => FACTS.get(kind)?.isResult ?? false;
export const answersAction = (kind: string) => FACTS.get(kind)?.answersAction ?? false;
export const alwaysFails = (kind: string) => FACTS.get(kind)?.alwaysFails ?? false;
export const endsWait = (kind: string) => FACTS.get(kind)?.endsWait ?? false;
export const isLog = (kind: string) => FACTS.get(kind)?.isLog ?? false;

/** Whether an event is neither a state update, an error of the conversation nor a log. */
export const isMain = (kind: string) => !isSide(kind) && !isLog(kind);
/** Whether the last such event says how far the agent came. */
export const isStep = (kind: string) => isMain(kind) && !FACTS.get(kind)?.isCheck;

export function colorOf(kind: string, source: string): KindColor {
  const color = FACTS.get(kind)?.color ?? (kind.startsWith('Condensation') ? 'yellow' : 'blue');
  return typeof color === 'function' ? color(source) : color;
}

/** The function that describes events of a kind; undefined if the kind uses the default. */
export function describerOf(kind: string): ((event: ReadableObject) => string) | undefined {
  return FACTS.get(kind)?.describe;
}
