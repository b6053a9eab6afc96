import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import type { JsonObject, JsonValue } from '../../../src/text/json-value.ts';
import { ROOT } from '../../helpers/cli.ts';
import { runs, sample } from '../../helpers/sweep.ts';
import { mixed, tokens } from '../samples.ts';

const corpus: JsonObject[] = [
  ...tokens.map(([, token]) => ({ text: `a "${token}"\n\u00e9 ${token}`, [token]: 1 })),
  { password: 'é"\\\n', nested: { text: `\u2028 password="${mixed(20)}" \ud83d\ude00` } },
  {
    a: [
      ['--token', 'abcdef'],
      ['--token', 1, 'abcdef'],
      ['--token', ['abcdef'], 'abcdef'],
    ],
  },
  { value: 'abcdef1', name: 'API_TOKEN', key: 'x', b: { key: 'secret', value: 'v' } },
];

describe('the exact text of an event', () => {
  test('numbers, order, white space and escapes stay; only the secret is replaced', () => {
    const text = `{ "b":1.0,\t"a" : [1e22, 12345678901234567890, -0],\r\n "password":"x\\u00e9",
      "t\\u0065xt": "\\u00e9\\/ \\"api_key\\": \\"abc1\\" \\ud83d\\ude00", "1": "z", "b": 2}`;
    const redactor = makeRedactor();
    expect(redactor.json(text)).toBe(
      text.replace('x\\u00e9', '[redacted:password]').replace('abc1', '[redacted:key]'),
    );
    expect(Object.fromEntries(redactor.counts)).toEqual({ password: 1, key: 1 });
  });

  test('JSON without secrets stays as it is', () => {
    const spaced = fc
      .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'))
      .map(([value, space]) => JSON.stringify({ value }, null, space));
    fc.assert(
      fc.property(spaced, (text) => {
        expect(makeRedactor().json(text)).toBe(text);
      }),
      runs(500, 100),
    );
  });

  test('has the same markers as the parsed event', () => {
    for (const event of corpus) {
      for (const space of [undefined, 2]) {
        const text = JSON.stringify(event, null, space);
        const ofText = makeRedactor();
        const ofValue = makeRedactor();
        const shown = JSON.parse(ofText.json(text)) as JsonValue;
        expect(shown).not.toEqual(event);
        expect(shown).toEqual(ofValue.event(event));
        expect([...ofText.counts]).toEqual([...ofValue.counts]);
      }
    }
  });

  test('that is not valid JSON is redacted as plain text', () => {
    expect(makeRedactor().json('{"password": "abcd"')).toBe('{"password": "[redacted:password]"');
  });

  test('recorded events stay as they are, because they contain no secrets', () => {
    const folder = join(ROOT, 'fixtures', 'conversations');
    const counts: Record<string, number> = {};
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of sample(
      names.filter((one) => /event-.*\.json$/.test(one)),
      150,
    )) {
      const text = readFileSync(join(folder, name), 'utf8');
      const redactor = makeRedactor();
      const shown = redactor.json(text);
      for (const [rule, count] of redactor.counts) counts[rule] = (counts[rule] ?? 0) + count;
      if (!isJson(text)) continue;
      const value = JSON.parse(text) as JsonObject;
      expect(JSON.stringify(makeRedactor().event(value))).toBe(JSON.stringify(JSON.parse(shown)));
    }
    expect(counts).toEqual({});
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
