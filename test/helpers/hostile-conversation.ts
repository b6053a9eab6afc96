import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeConversation, writeState } from './conversation.ts';
import { idOf, stampAt } from './memory.ts';

/** Markup that would run a script or ask for something, if a page did not escape it. */
const HOSTILE = [
  '<script>window.pwned = 1</script>',
  '"><img src=x onerror="window.pwned = 2">',
  '</script></style></title></pre><svg onload="window.pwned = 3">',
  "' onfocus='window.pwned = 4' autofocus tabindex=1 x='",
  '<a href="javascript:window.pwned = 5">x</a> ]]> <!-- --> {{window.pwned = 6}}',
  '<iframe srcdoc="<script>parent.pwned = 7</script>"></iframe><base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/"><link rel=stylesheet href=//evil.example>',
  '*{background:url(https://evil.example/x)} @import "https://evil.example/"',
  '\u001b[31mred\u001b]0;x\u0007 \u0000 \u202egnp.exe\u2066 \ud800',
].join('\n');
const SVG = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" onload="parent.pwned=8"/>')}`;

/** A conversation with the hostile text in every field of its events, state and title that can hold text. */
export function makeHostile(): string {
  const at = (index: number, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(index * 1_000_000),
    source: HOSTILE,
    tool_name: HOSTILE,
    tool_call_id: HOSTILE,
    llm_response_id: HOSTILE,
    ...fields,
  });
  const action = { kind: HOSTILE, command: HOSTILE, path: HOSTILE, old_str: 'a', new_str: HOSTILE };
  const images = [SVG, 'https://evil.example/a.png', 'javascript:window.pwned=9', HOSTILE];
  const path = makeConversation([
    at(0, {
      kind: 'SystemPromptEvent',
      system_prompt: { text: HOSTILE },
      tools: [{ name: HOSTILE }],
    }),
    at(1, {
      kind: 'MessageEvent',
      source: 'user',
      llm_message: { content: [{ text: HOSTILE }, { image_urls: images }] },
      activated_skills: [HOSTILE],
    }),
    at(2, {
      kind: 'ActionEvent',
      thought: [{ text: HOSTILE }],
      action,
      security_risk: HOSTILE,
      summary: HOSTILE,
    }),
    at(3, {
      kind: 'ObservationEvent',
      action_id: idOf(2),
      observation: {
        kind: HOSTILE,
        content: [{ text: HOSTILE }],
        is_error: true,
        [HOSTILE]: HOSTILE,
      },
    }),
    at(4, { kind: 'AgentErrorEvent', error: HOSTILE }),
    at(5, { kind: 'Condensation', summary: HOSTILE, forgotten_event_ids: [idOf(1)] }),
    at(6, { kind: HOSTILE, [HOSTILE]: HOSTILE }),
    at(7, { kind: 'ConversationStateUpdateEvent', key: HOSTILE, value: { [HOSTILE]: HOSTILE } }),
    at(8, {
      kind: 'HookExecutionEvent',
      hook_event_type: HOSTILE,
      hook_command: HOSTILE,
      stdout: HOSTILE,
    }),
    at(9, { kind: 'ACPToolCallEvent', title: HOSTILE, tool_kind: HOSTILE, status: HOSTILE }),
  ]);
  writeFileSync(
    join(path, 'events', 'event-00010-00000000-0000-4000-8000-000000000010.json'),
    '{"__proto__":{"pwned":1},"kind":"__proto__","constructor":{"x":"y"}}',
  );
  writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: HOSTILE }));
  const metrics = { model_name: HOSTILE, accumulated_cost: 1 };
  writeState(path, {
    execution_status: HOSTILE,
    agent: { kind: 'Agent', llm: { model: HOSTILE }, tools: [] },
    stats: { usage_to_metrics: { [HOSTILE]: metrics } },
  });
  return path;
}
