import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFilter } from '../../src/query/filter.ts';
import { applyPrefilters, makePrefilter } from '../../src/text/literal-prefilter.ts';
import { findZone } from '../../src/time/zone.ts';
import { loaded, slotOf } from '../helpers/memory.ts';
import { runs } from '../helpers/sweep.ts';

const UTC = findZone('UTC')!;

/** A text with every kind of character that JSON, case or bytes can make something of. */
const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abikKIqzEe s_/.-"\\\n\t0') },
  { weight: 2, arbitrary: fc.constantFrom(...'éÉß漢字İıſK\u0307σςΣ🎉Ωω\u0001\u2028') },
  // What a terminal takes out, and what Unicode's composed form replaces.
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '\u001b[31m',
        '\u001b[m',
        '\u009b1m',
        '\u001b]0;a\u0007',
        '\u001b[K',
        '\r',
        '\r\n',
        '\b',
        '\u001b[2D',
      ],
      ...[
        'e\u0301',
        'E\u0301',
        '\u212a',
        '\u037e',
        '\u1fef',
        '\ufa9a',
        '\u2f83',
        '\u0958',
        '\u0915\u093c',
      ],
      ...['\u1100\u1161', '가', ';', '`', '\u{2f800}', '\u4e3d'],
    ),
  },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(character, { maxLength: 30 }).map((characters) => characters.join(''));

/** A text as JSON, any of its characters written as an escape, and slashes too. */
function spelled(value: string, dice: readonly number[]): string {
  const units = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at));
  const hex = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
  const parts = units.map((code, at) => {
    const die = dice[at % Math.max(1, dice.length)] ?? 9;
    const isSurrogate = (code & 0xf800) === 0xd800;
    if (die === 0) return hex(code).toUpperCase().replace('\\U', '\\u');
    if (die === 1 || isSurrogate) return hex(code);
    if (code === 0x2f && die === 2) return '\\/';
    return JSON.stringify(String.fromCharCode(code)).slice(1, -1);
  });
  return `"${parts.join('')}"`;
}

describe('a literal prefilter', () => {
  test('never rejects an event that matches, however its text is escaped', () => {
    const parameters = runs(20_000, 2000);
    let kept = 0;
    let passed = 0;
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.boolean(),
        fc.array(fc.nat(9), { maxLength: 40 }),
        fc.constantFrom('same', 'upper', 'lower', 'other'),
        (before, inner, after, caseSensitive, dice, how) => {
          const needle =
            how === 'upper' ? inner.toUpperCase() : how === 'lower' ? inner.toLowerCase() : inner;
          const held = how === 'other' ? after : inner;
          const json = `{"kind":"X","note":${spelled(before + held + after, dice)}}`;
          const event = loaded(slotOf(0), json);
          const filter = makeFilter({ texts: [needle], caseSensitive }, UTC);
          const prefilter = makePrefilter(needle, caseSensitive);
          if (!prefilter) return;
          const { mayHold } = applyPrefilters([prefilter], Buffer.from(json));
          if (filter.passes(event.entry, event)) expect(mayHold).toBe(true);
          if (mayHold) passed++;
          else kept++;
        },
      ),
      parameters,
    );
    // It is of use too.
    expect(kept).toBeGreaterThan(parameters.numRuns / 40);
    expect(passed).toBeGreaterThan(parameters.numRuns / 40);
  });

  test('does not rely on a character that another one becomes in lower case', () => {
    // Whatever a character becomes, a needle of it must find the character.
    for (let code = 0x80; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const lower = character.toLowerCase();
      if (lower === character) continue;
      const bytes = Buffer.from(`{"a":"${character}"}`);
      for (const needle of [lower, ...lower]) {
        const prefilter = makePrefilter(needle, false);
        if (prefilter && !applyPrefilters([prefilter], bytes).mayHold) {
          throw new Error(`U+${code.toString(16)} is rejected for ${JSON.stringify(needle)}`);
        }
      }
    }
    expect(makePrefilter('K', false)).toBeUndefined();
    expect(makePrefilter('漢', false)).toBeDefined();
  });

  test('does not rely on a character that the composed form puts in the place of another one', () => {
    for (let code = 0x80; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const composed = character.normalize('NFC');
      const decomposed = character.normalize('NFD');
      if (composed === character && decomposed === character) continue;
      const bytes = [character, decomposed].map((one) => Buffer.from(`{"a":"${one}"}`));
      for (const needle of [composed, ...composed]) {
        const prefilter = makePrefilter(needle, true);
        if (prefilter && !bytes.every((one) => applyPrefilters([prefilter], one).mayHold)) {
          throw new Error(`U+${code.toString(16)} is rejected for ${JSON.stringify(needle)}`);
        }
      }
    }
    expect(makePrefilter('\u0915', true)).toBeUndefined();
  });

  test('takes a known answer about escapes, and returns its own', () => {
    const prefilter = makePrefilter('quay', false)!;
    const plain = Buffer.from('{"a":"b\\u00e9"}');
    const hidden = Buffer.from('{"a":"\\u0071uay"}');
    expect(applyPrefilters([prefilter], plain)).toEqual({ mayHold: false, escapes: false });
    expect(applyPrefilters([prefilter], hidden)).toEqual({ mayHold: true, escapes: true });
    expect(applyPrefilters([prefilter], plain, false)).toEqual({ mayHold: false, escapes: false });
    expect(applyPrefilters([prefilter], Buffer.from('{"a":"QUAY"}'))).toEqual({
      mayHold: true,
      escapes: undefined,
    });
  });

  test('finds the literal where its rarest character is everywhere', () => {
    const prefilter = makePrefilter('zzzza', false)!;
    const bytes = Buffer.from(`{"a":"${'z'.repeat(100_000)}"}`);
    expect(applyPrefilters([prefilter], bytes).mayHold).toBe(false);
    expect(applyPrefilters([prefilter], Buffer.concat([bytes, Buffer.from('ZZZZA')])).mayHold).toBe(
      true,
    );
  });
});
