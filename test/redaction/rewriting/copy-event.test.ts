import { expect, test } from 'vitest';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import type { JsonObject, JsonValue } from '../../../src/text/json-value.ts';

test('`__proto__` is an ordinary key', () => {
  const text =
    '{"__proto__": {"password": "abc", "__proto__": "x"}, "constructor": {"token": "abc123"}}';
  const shown = makeRedactor().event(JSON.parse(text) as JsonObject);
  expect(JSON.stringify(shown)).toBe(
    '{"__proto__":{"password":"[redacted:password]","__proto__":"x"},"constructor":{"token":"[redacted:token]"}}',
  );
  expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
  expect(makeRedactor().json(text)).toContain('"password": "[redacted:password]"');
});

test('nesting of any depth is redacted', () => {
  const depth = 100_000;
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const text = `{"v":${open.repeat(depth)}{"password":"abc"}${close.repeat(depth)}}`;
    const redactor = makeRedactor();
    let value: JsonValue = redactor.event(JSON.parse(text) as JsonObject);
    for (let down = 0; down <= depth; down++) value = Object.values(value as object)[0];
    expect(value).toEqual({ password: '[redacted:password]' });
    expect(redactor.json(text)).toBe(text.replace('abc', '[redacted:password]'));
  }
});
