/** Class name of a kind: very old logs hold a dotted path (`openhands.sdk.….MessageEvent`). */
export function className(kind: string): string {
  return kind.slice(kind.lastIndexOf('.') + 1);
}

/** Short forms that are not just the class name in kebab case. */
const ALIASES: Record<string, string> = {
  'state-update': 'ConversationStateUpdateEvent',
  reject: 'UserRejectObservation',
  rejection: 'UserRejectObservation',
  'user-reject': 'UserRejectObservation',
  hook: 'HookExecutionEvent',
  'acp-tool-call': 'ACPToolCallEvent',
  'llm-completion-log': 'LLMCompletionLogEvent',
};
const DISPLAYED = new Map(
  ['state-update', 'user-reject', 'hook', 'acp-tool-call', 'llm-completion-log'].map((alias) => [
    ALIASES[alias] as string,
    alias,
  ]),
);

/** Short form of a kind: `action` for `ActionEvent`, `state-update`, `agent-error` … */
export function shortKind(kind: string): string {
  const name = className(kind);
  return (
    DISPLAYED.get(name) ??
    name
      .replace(/Event$/, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
  );
}

/** One spelling for every way to write a kind: class name, dotted path or short form, any case. */
export function kindKey(kind: string): string {
  const name = className(kind);
  const alias = name.toLowerCase();
  const full = Object.hasOwn(ALIASES, alias) ? (ALIASES[alias] as string) : name;
  return full
    .toLowerCase()
    .replaceAll(/[-_]/g, '')
    .replace(/event$/, '');
}
