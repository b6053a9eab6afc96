import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRedactor, type Redactor } from '../../src/redaction/redactor.ts';
import { runs } from '../helpers/sweep.ts';
import { mixed, pem, tokens } from './samples.ts';

/** Texts that consist of what the detectors search for, in any order. */
const parts = fc.constantFrom(
  ...tokens.map(([, token]) => token),
  ...'password token api_key X_KEY Authorization Cookie Bearer secret --token https:// user: @ ?key= = : " \' \\" ` , ; & ( ) [ ] { } < > \\n % *** a1 abc [redacted:jwt] [redacted: redacted:key]'.split(
    ' ',
  ),
  ...'curl docker login -p -u admin: machine name: value: auth=( define( kind: Secret data: | is ** IDENTIFIED BY echo --password-stdin \\@ -phunter22 auth'.split(
    ' ',
  ),
  ' ',
  '\n',
  mixed(16),
  btoa(`DB_PASSWORD=${mixed(16)} and more text`),
  pem('\n'),
);
const tangled = fc.array(parts, { maxLength: 14 }).map((all) => all.join(''));

describe('redacting again', () => {
  const isStable = (redactor: Redactor, text: string) => {
    const counts = [...redactor.counts];
    expect(redactor.text(text)).toBe(text);
    expect([...redactor.counts]).toEqual(counts);
  };

  test('changes and counts nothing in any text', () => {
    fc.assert(
      fc.property(tangled, (text) => {
        const redactor = makeRedactor();
        const shown = redactor.text(text);
        isStable(redactor, shown);
        isStable(makeRedactor(), shown);
      }),
      runs(3000, 300),
    );
  });

  test('changes and counts nothing in any event', () => {
    fc.assert(
      fc.property(fc.dictionary(tangled, fc.oneof(tangled, fc.array(tangled))), (event) => {
        const redactor = makeRedactor();
        const shown = redactor.event(event);
        const counts = [...redactor.counts];
        expect(redactor.event(shown)).toEqual(shown);
        expect([...redactor.counts]).toEqual(counts);
      }),
      runs(500, 60),
    );
  });
});
