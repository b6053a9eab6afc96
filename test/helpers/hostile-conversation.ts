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
export function makeHostile(text = HOSTILE, id?: string, root?: string): string {
  const at = (index: number, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(index * 1_000_000),
    source: text,
    tool_name: text,
    tool_call_id: text,
    llm_response_id: text,
    ...fields,
  });
  const action = { kind: text, command: text, path: text, old_str: 'a', new_str: text };
  const images = [SVG, 'https://evil.example/a.png', 'javascript:window.pwned=9', text];
  const events = [
    at(0, {
      kind: 'SystemPromptEvent',
      system_prompt: { text },
      tools: [{ name: text }],
    }),
    at(1, {
      kind: 'MessageEvent',
      source: 'user',
      llm_message: { content: [{ text }, { image_urls: images }] },
      activated_skills: [text],
    }),
    at(2, {
      kind: 'ActionEvent',
      thought: [{ text }],
      action,
      security_risk: text,
      summary: text,
    }),
    at(3, {
      kind: 'ObservationEvent',
      action_id: idOf(2),
      observation: {
        kind: text,
        content: [{ text }],
        is_error: true,
        [text]: text,
      },
    }),
    at(4, { kind: 'AgentErrorEvent', error: text }),
    at(5, { kind: 'Condensation', summary: text, forgotten_event_ids: [idOf(1)] }),
    at(6, { kind: text, [text]: text }),
    at(7, { kind: 'ConversationStateUpdateEvent', key: text, value: { [text]: text } }),
    at(8, {
      kind: 'HookExecutionEvent',
      hook_event_type: text,
      hook_command: text,
      stdout: text,
    }),
    at(9, { kind: 'ACPToolCallEvent', title: text, tool_kind: text, status: text }),
  ];
  const path = makeConversation(events, id, root);
  writeFileSync(
    join(path, 'events', 'event-00010-00000000-0000-4000-8000-000000000010.json'),
    '{"__proto__":{"pwned":1},"kind":"__proto__","constructor":{"x":"y"}}',
  );
  writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: text }));
  const metrics = { model_name: text, accumulated_cost: 1 };
  writeState(path, {
    execution_status: text,
    agent: { kind: 'Agent', llm: { model: text }, tools: [] },
    stats: { usage_to_metrics: { [text]: metrics } },
  });
  return path;
}

/** A text as part of a file's name. */
export function fileNameOf(text: string): string {
  const name = text.toWellFormed().replace(/[\0/]/g, '_');
  // File systems take at most 255 bytes.
  return [...name].reduce(
    (cut, one) => (Buffer.byteLength(cut + one) > 200 ? cut : cut + one),
    'x',
  );
}
