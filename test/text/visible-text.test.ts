import { describe, expect, test } from 'vitest';
import { messageBody, visibleText } from '../../src/text/visible-text.ts';
import { loaded, slotOf } from '../helpers/memory.ts';

const texts = (event: object) => [...visibleText(loaded(slotOf(0), event).value)];

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

  test('omits the raw call only where the action is present', () => {
    const call = { id: 'x', name: 'terminal', arguments: '{"command":"ls"}' };
    expect(texts({ action: { kind: 'A', command: 'ls' }, tool_call: call })).toEqual(['ls']);
    expect(texts({ action: null, tool_call: call })).toEqual(['terminal', '{"command":"ls"}']);
  });

  test('handles __proto__ like any other field, and nesting of any depth', () => {
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
