/** Class names of the kinds that some version of the SDK writes. */
export const KINDS = [
  'SystemPromptEvent',
  'MessageEvent',
  'ActionEvent',
  'ObservationEvent',
  'UserRejectObservation',
  'AgentErrorEvent',
  'ConversationErrorEvent',
  'Condensation',
  'CondensationRequest',
  'CondensationSummaryEvent',
  'ConversationStateUpdateEvent',
  'HookExecutionEvent',
  'ACPToolCallEvent',
  'LLMCompletionLogEvent',
  'TokenEvent',
  'PauseEvent',
  'InterruptEvent',
  'StreamingDeltaEvent',
  'SecurityAnalysisEvent',
] as const;

/** Class name of a kind: very old logs hold a dotted path (`openhands.sdk.….MessageEvent`). */
export function className(kind: string): string {
  return kind.slice(kind.lastIndexOf('.') + 1);
}

/** Short forms that are not just the class name in kebab case. */
const SHORT = new Map([
  ['ConversationStateUpdateEvent', 'state-update'],
  ['UserRejectObservation', 'user-reject'],
  ['HookExecutionEvent', 'hook'],
  ['ACPToolCallEvent', 'acp-tool-call'],
  ['LLMCompletionLogEvent', 'llm-completion-log'],
]);

/** Short form of a kind: `action` for `ActionEvent`, `state-update`, `agent-error` … */
export function shortKind(kind: string): string {
  const name = className(kind);
  return (
    SHORT.get(name) ??
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
const FULL = new Map([...SHORT].map(([name, short]) => [fold(short), fold(name)]));
FULL.set('reject', fold('UserRejectObservation')).set('rejection', fold('UserRejectObservation'));

/** One spelling for every way to write a kind: class name, dotted path or short form, any case. */
export function kindKey(kind: string): string {
  const folded = fold(className(kind));
  return FULL.get(folded) ?? folded;
}

const SIDE_KINDS = new Set(['ConversationStateUpdateEvent', 'ConversationErrorEvent']);

/** Whether events of a kind hang off the tree: they are never the leaf by default. */
export function isSide(kind: string): boolean {
  return SIDE_KINDS.has(kind);
}

/** Kinds that become messages to the model. Source: openhands-sdk event/base.py, LLMConvertibleEvent. */
const FOR_MODEL = new Set([
  'SystemPromptEvent',
  'MessageEvent',
  'ActionEvent',
  'ObservationEvent',
  'UserRejectObservation',
  'AgentErrorEvent',
  'CondensationSummaryEvent',
]);

/** Whether the model is shown events of a kind. */
export function isForModel(kind: string): boolean {
  return FOR_MODEL.has(kind);
}
