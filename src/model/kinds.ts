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
