import { describe, expect, test } from 'vitest';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import { mixed } from '../samples.ts';

describe('a secret that was found once', () => {
  test('is found without its name, later and earlier in the same event', () => {
    const redactor = makeRedactor();
    const secret = `${mixed(9)}-${mixed(9)}`;
    expect(redactor.text(`it is ${secret}`)).toContain(secret);
    expect(redactor.event({ thought: `I use ${secret}.`, action: { password: secret } })).toEqual({
      thought: 'I use [redacted:password].',
      action: { password: '[redacted:password]' },
    });
    expect(redactor.text(`it is ${secret}, not x${secret}x`)).toBe(
      `it is [redacted:password], not x${secret}x`,
    );
    expect(redactor.counts.get('password')).toBe(3);
  });

  test('is not searched for if it is an ordinary word', () => {
    const redactor = makeRedactor();
    redactor.event({ password: 'conversation', secret: 'the whole sentence' });
    const text = 'the whole sentence of a conversation';
    expect(redactor.text(text)).toBe(text);
  });

  test('is forgotten after many others, so that memory is bounded', () => {
    const redactor = makeRedactor();
    const secretOf = (n: number) => `${mixed(12)}${n}`;
    for (let n = 1000; n < 2000; n++) redactor.event({ password: secretOf(n) });
    expect(redactor.text(secretOf(1000))).toBe(secretOf(1000));
    expect(redactor.text(secretOf(1999))).toBe('[redacted:password]');
  });
});
