import { makeConversation } from './conversation.ts';
import { idOf, stampAt } from './memory.ts';

const second = 1_000_000;

function event(index: number, fields: Record<string, unknown>): object {
  return { id: idOf(index), timestamp: stampAt(index * second), ...fields };
}

/** A small conversation of many kinds, with one stamped before its neighbour (index 3). */
const STORY: readonly object[] = [
  event(0, {
    source: 'agent',
    system_prompt: { type: 'text', text: 'You are an agent.' },
    tools: [],
    kind: 'SystemPromptEvent',
  }),
  event(1, {
    source: 'user',
    llm_message: { role: 'user', content: [{ type: 'text', text: 'Fix the tests,\nplease 🙏' }] },
    kind: 'MessageEvent',
  }),
  event(2, {
    source: 'agent',
    thought: [],
    action: { kind: 'TerminalAction', command: 'pytest -q' },
    tool_name: 'terminal',
    tool_call_id: 'call-1',
    tool_call: { id: 'call-1', name: 'terminal', arguments: '{"command":"pytest -q"}' },
    llm_response_id: 'r1',
    security_risk: 'LOW',
    kind: 'ActionEvent',
  }),
  event(3, {
    timestamp: stampAt(1.5 * second),
    source: 'environment',
    key: 'execution_status',
    value: 'running',
    kind: 'ConversationStateUpdateEvent',
  }),
  event(4, {
    source: 'environment',
    tool_name: 'terminal',
    tool_call_id: 'call-1',
    action_id: idOf(2),
    observation: {
      kind: 'TerminalObservation',
      content: [{ type: 'text', text: '\u001b[31m2 failed\u001b[0m, 漢字 \u202egnp' }],
      exit_code: 1,
      n: 1.0,
    },
    kind: 'ObservationEvent',
  }),
  event(5, {
    source: 'agent',
    tool_name: 'terminal',
    tool_call_id: 'call-2',
    error: 'no such tool',
    kind: 'AgentErrorEvent',
  }),
];

export const STORY_ID = 'c0ffee00c0ffee00c0ffee00c0ffee00';

export function makeStory(root?: string): string {
  return makeConversation(STORY, STORY_ID, root);
}
