import { describe, expect, test } from 'vitest';
import { parseEventFileName } from '../../src/domain/event-file-name.ts';
import { kindKey, shortKind } from '../../src/domain/event-kinds.ts';
import { messageBody, visibleText } from '../../src/text/visible-text.ts';
import { loaded, slotOf } from '../helpers/memory.ts';

const texts = (event: object) => [...visibleText(loaded(slotOf(0), event).value)];
const failed = (event: object) => loaded(slotOf(0), event).entry.failed;

test.each([
  ['event-00000-0a1b2c3d.json', { index: 0, id: '0a1b2c3d' }],
  ['event-100000-0a1b2c3d-ffff.json', { index: 100_000, id: '0a1b2c3d-ffff' }],
  ['event-0000-0a1b2c3d.json', undefined],
  ['event-00000-short.json', undefined],
  ['event-00000-0a1b2c3d.json\n', undefined],
  ['event-00000-0a1b2c3d.json.tmp', undefined],
  ['.eventlog.lock', undefined],
  ['event-99999999999999999999-0a1b2c3d.json', { index: 1e20, id: '0a1b2c3d' }],
])('event name %j', (name, parsed) => {
  expect(parseEventFileName(name)).toEqual(parsed);
});

describe('kinds', () => {
  test.each([
    ['ActionEvent', 'action'],
    ['openhands.sdk.event.llm_convertible.MessageEvent', 'message'],
    ['SystemPromptEvent', 'system-prompt'],
    ['ConversationStateUpdateEvent', 'state-update'],
    ['UserRejectObservation', 'user-reject'],
    ['Condensation', 'condensation'],
    ['ACPToolCallEvent', 'acp-tool-call'],
    ['SecurityAnalysisEvent', 'security-analysis'],
  ])('%s is %s, however it is written', (kind, short) => {
    expect(shortKind(kind)).toBe(short);
    expect(kindKey(short)).toBe(kindKey(kind));
    expect(kindKey(short.toUpperCase())).toBe(kindKey(kind.toLowerCase()));
  });

  test('kinds that differ stay apart', () => {
    expect(kindKey('condensation')).not.toBe(kindKey('condensation-request'));
    expect(kindKey('observation')).not.toBe(kindKey('user-reject'));
  });
});

describe('visible text', () => {
  test('is what a person would read, in the order of the file', () => {
    const event = {
      id: 'hidden',
      kind: 'MessageEvent',
      timestamp: '2026-01-01T00:00:00',
      llm_message: {
        role: 'user',
        content: [
          { type: 'text', text: 'first' },
          { type: 'image', image_urls: ['data:image/png;base64,AAAA', 'https://x.org/a.png'] },
        ],
        thinking_blocks: [{ thinking: 'second', signature: 'hidden' }],
      },
      llm_response_id: 'hidden',
      forgotten_event_ids: ['hidden'],
      sender: 'third',
    };
    expect(texts(event)).toEqual(['first', 'https://x.org/a.png', 'second', 'third']);
  });

  test('leaves the raw call out where the action is there, and only there', () => {
    const call = { id: 'x', name: 'terminal', arguments: '{"command":"ls"}' };
    expect(texts({ action: { kind: 'A', command: 'ls' }, tool_call: call })).toEqual(['ls']);
    expect(texts({ action: null, tool_call: call })).toEqual(['terminal', '{"command":"ls"}']);
  });

  test('of __proto__ is text like any other, and nesting of any depth is no danger', () => {
    const text = `{"__proto__":"a","b":${'['.repeat(50_000)}"deep"${']'.repeat(50_000)}}`;
    expect([...visibleText(JSON.parse(text))]).toEqual(['a', 'deep']);
  });
});

test('the body of a message is its content, extended content and reasoning', () => {
  const { value } = loaded(slotOf(0), {
    llm_message: {
      content: [
        { type: 'text', text: 'a' },
        { type: 'image', image_urls: [] },
      ],
      reasoning_content: 'c',
    },
    extended_content: [{ type: 'text', text: 'b' }],
  });
  expect(messageBody(value)).toBe('a [Image: 0 URLs] b c');
});

test.each([
  [true, { kind: 'AgentErrorEvent' }],
  [true, { kind: 'ConversationErrorEvent' }],
  [true, { kind: 'UserRejectObservation' }],
  [true, { kind: 'ObservationEvent', observation: { is_error: true } }],
  [true, { kind: 'ObservationEvent', observation: { error: 'no such file' } }],
  [true, { kind: 'ObservationEvent', observation: { error: true } }],
  [true, { kind: 'ObservationEvent', observation: { exit_code: 1 } }],
  [
    true,
    { kind: 'ObservationEvent', observation: { exit_code: null, metadata: { exit_code: 127 } } },
  ],
  [true, { kind: 'HookExecutionEvent', success: false }],
  [false, { kind: 'HookExecutionEvent', success: true }],
  [false, { kind: 'ObservationEvent', observation: { exit_code: -1 } }],
  [
    false,
    { kind: 'ObservationEvent', observation: { exit_code: 0, error: false, is_error: false } },
  ],
  [false, { kind: 'ObservationEvent', observation: { error: '' } }],
  [false, { kind: 'ActionEvent' }],
])('tells of a failure: %s, %j', (expected, event) => {
  expect(failed(event)).toBe(expected);
});
