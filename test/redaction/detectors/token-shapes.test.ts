import { expect, test } from 'vitest';
import { mixed, redact, tokens, upper } from '../samples.ts';

test.each(tokens)('a token that becomes %s, alone and inside other text', (rule, token) => {
  const shown = `[redacted:${rule}]`;
  expect(redact(token)).toEqual({ text: shown, counts: { [rule]: 1 } });
  // In prose, after an escape, a colour or an encoded space, in quotes, at the end of a sentence.
  for (const [before, after] of [
    ['It is ', '.'],
    ['a\\n', '\\n'],
    ['\u001b[1;31m', '\u001b[0m'],
    ['%20', '&'],
    ['["', '"]'],
    ['\\"', '\\"'],
    ['x=', ' y'],
  ] as const) {
    expect(redact(before + token + after).text).toBe(before + shown + after);
  }
});

test('the secret part of a webhook, and an AWS key beside its id', () => {
  const hook = `T${upper(8)}/B${upper(8)}/${mixed(24)}`;
  expect(redact(`https://hooks.slack.com/services/${hook}`).text).toBe(
    'https://hooks.slack.com/services/[redacted:slack-webhook]',
  );
  expect(redact(`${'AK'}IA${upper(16)},${mixed(40)}\n`).text).toBe(
    '[redacted:aws-access-key-id],[redacted:aws-secret-key]\n',
  );
});
