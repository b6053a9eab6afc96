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
    // It is too random to be a part of another word.
    expect(redactor.text(`it is ${secret}, and in x${secret}x`)).toBe(
      'it is [redacted:password], and in x[redacted:password]x',
    );
    expect(redactor.counts.get('password')).toBe(4);
  });

  test('is a whole word elsewhere if it is short', () => {
    const redactor = makeRedactor();
    const secret = mixed(12);
    redactor.event({ password: secret });
    expect(redactor.text(`it is ${secret}, not x${secret}x`)).toBe(
      `it is [redacted:password], not x${secret}x`,
    );
  });

  test.each([
    ['letters alone, inside of a word', 'gPdKfYFfHcqxliOeIcMoO', 'ygPdKfYFfHcqxliOeIcMoOy'],
    ['words with many signs', `see & "me" </there`, `it's see & "me" </there, and`],
  ])('is found if it has %s', (_, secret, text) => {
    const redactor = makeRedactor();
    redactor.event({ db_password: secret });
    expect(redactor.text(text)).not.toContain(secret);
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
    for (let n = 10_000; n < 15_000; n++) redactor.event({ password: secretOf(n) });
    expect(redactor.text(secretOf(10_000))).toBe(secretOf(10_000));
    expect(redactor.text(secretOf(11_000))).toBe('[redacted:password]');
    expect(redactor.text(secretOf(14_999))).toBe('[redacted:password]');
  });
});
