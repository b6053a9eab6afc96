import { expect, test } from 'vitest';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import type { JsonObject } from '../../../src/text/json-value.ts';
import { mixed } from '../samples.ts';

test('the whole value of a field whose name means a secret is replaced', () => {
  const event = {
    password: 'two words',
    nested: [{ apiKey: 'x y', ACCESS_TOKEN: 'abc', 'x-api-key': '1', clientSecret: '2' }],
    headers: { Authorization: 'Bearer abc', Cookie: 'a=b', accept: 'text/html' },
    env: [
      { name: 'GITHUB_TOKEN', value: 'abc' },
      { value: 'def', name: 'HOME' },
    ],
    argv: ['login', '--password', 'abc', 'def'],
    secrets: { a: 'b' },
    secret_sources: { A: { kind: 'StaticSecret', value: 'abc' } },
    token: 'abc123',
  };
  const redactor = makeRedactor();
  expect(redactor.event(event)).toEqual({
    password: '[redacted:password]',
    nested: [
      {
        apiKey: '[redacted:key]',
        ACCESS_TOKEN: '[redacted:token]',
        'x-api-key': '[redacted:key]',
        clientSecret: '[redacted:secret]',
      },
    ],
    headers: {
      Authorization: 'Bearer [redacted:authorization]',
      Cookie: '[redacted:cookie]',
      accept: 'text/html',
    },
    env: [
      { name: 'GITHUB_TOKEN', value: '[redacted:token]' },
      { value: 'def', name: 'HOME' },
    ],
    argv: ['login', '--password', '[redacted:password]', 'def'],
    secrets: { a: '[redacted:secret]' },
    secret_sources: { A: { kind: 'StaticSecret', value: '[redacted:secret]' } },
    token: '[redacted:token]',
  });
  expect(Object.fromEntries(redactor.counts)).toEqual({
    password: 2,
    key: 2,
    token: 3,
    secret: 3,
    authorization: 1,
    cookie: 1,
  });
});

test('fields of the schema, numbers and masked secrets stay', () => {
  const event: JsonObject = {
    kind: 'ConversationStateUpdateEvent',
    id: mixed(32),
    timestamp: '2026-01-01T00:00:00',
    source: 'environment',
    key: mixed(20),
    tool_call_id: `call_${mixed(24)}`,
    llm_response_id: `chatcmpl-${mixed(24)}`,
    tool_call: { id: mixed(32), name: 'terminal' },
    value: {
      api_key: '**********',
      token: null,
      password: 1234,
      token_usages: [{ prompt_tokens: 1200, per_turn_token: 3 }],
      prompt_token_ids: [1, 2, 3],
      usage: { auth_type: 'api_key', key: 'Enter', secret_source: 'x' },
      thinking_blocks: [{ signature: mixed(200) }],
      secret_sources: { A: { kind: 'StaticSecret', value: '<secret-hidden>' } },
    },
  };
  const redactor = makeRedactor();
  expect(redactor.event(event)).toEqual(event);
  expect(redactor.counts.size).toBe(0);
});
