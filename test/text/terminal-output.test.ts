import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalText } from '../../src/text/terminal-output.ts';
import { runs } from '../helpers/sweep.ts';

describe('control sequences', () => {
  test.each([
    ['a colour in a word', 'de\u001b[01;31mfrob\u001b[mnicate', 'defrobnicate'],
    ['a colour in C1 form', 'a\u009b31mb\u009bmc', 'abc'],
    ['a title, ended by BEL', '\u001b]0;make\u0007done', 'done'],
    ['a link, ended by ST', '\u001b]8;;https://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a title in C1 form', '\u009d0;make\u009cdone', 'done'],
    ['a device control string', 'a\u001bPq#0;2\u001b\\b', 'ab'],
    ['a character set', 'a\u001b(Bb', 'ab'],
    ['a keypad mode', '\u001b=a\u001b>', 'a'],
    ['a private mode', '\u001b[?25lhidden cursor\u001b[?25h', 'hidden cursor'],
    ['a sequence that was cut off', 'a\u001b[31', 'a'],
    ['a sequence that a line end cuts off', 'a\u001b[31\nb', 'a\nb'],
    ['an escape that another one cancels', 'a\u001b\u001b[31mb', 'ab'],
    ['an escape that a C1 character cancels', 'a\u001b\u009b31mb', 'ab'],
    ['two sequences, one in the other', 'a\u001b[\u001b[31m31mb', 'a31mb'],
    ['a move to another line', 'a\u001b[2Ab', 'ab'],
  ])('%s is removed', (_, text, expected) => {
    expect(terminalText(text)).toBe(expected);
  });

  test('a control string without an end hides nothing', () => {
    expect(terminalText('\u001b]0;secret\nplan')).toBe('0;secret\nplan');
    expect(terminalText('\u009d0;secret')).toBe('0;secret');
  });

  test('other control characters stay', () => {
    expect(terminalText('a\u0000b\u0007c\u007fd\te')).toBe('a\u0000b\u0007c\u007fd\te');
  });
});

describe('carriage returns', () => {
  test.each([
    ['progress', '1%\r50%\r100%', '100%'],
    ['progress, and a line end', '1%\r50%\r100%\r\nC:\\a.cs: error\r\n', '100%\nC:\\a.cs: error\n'],
    ['several returns before a line end', 'a\r\r\nb', 'a\nb'],
    ['a shorter text over a longer one', 'loading\rok', 'okading'],
    ['a shorter text, and an erasure', 'loading\rok\u001b[K', 'ok'],
    ['a line erased first', 'loading\u001b[2K\rok', 'ok'],
    ['the start of a line erased', 'loading\u001b[4D\u001b[1K', '    ing'],
    ['a column instead of a return', 'loading\u001b[1G\u001b[0Kok', 'ok'],
    ['backspaces', 'lod\bading', 'loading'],
    ['bold by overstriking', 'N\bNA\bAM\bME\bE', 'NAME'],
    ['a return at the end', '50%\r', '50%'],
    ['a backspace at the start', '\b\ba', 'a'],
    ['colours', '\u001b[31m1%\u001b[m\r\u001b[32m100%\u001b[m', '100%'],
    ['an accent', 'xx\re\u0301', 'e\u0301x'],
    ['a column beyond the text', 'name\u001b[10G[ OK ]', 'name     [ OK ]'],
    ['a step beyond the text', 'A\u001b[3Cb', 'A   b'],
    ['a wide character under two others', '日本語\rab', 'ab本語'],
    ['half of a wide character', '日本\ra', 'a 本'],
    ['a wide character over another half', 'abc\r\u001b[Cあ', 'aあ'],
    ['a picture', 'abc\r🎉', '🎉c'],
  ])('%s', (_, text, expected) => {
    expect(terminalText(text)).toBe(expected);
  });

  test('of a very long line, the last rewrite stays', () => {
    expect(terminalText(`${'x'.repeat(200_000)}\rdone\n`)).toBe('done\n');
  });
});

test('a terminal has nothing more to do on what it left, and long hostile texts take no time', () => {
  const piece = fc.oneof(
    fc.constantFrom('\u001b', '[', '31', 'm', ']', '\u0007', '\\', '\r', '\n', '\b', '\u009b', 'K'),
    fc.constantFrom(
      '\u001b[3D',
      '\u001b[K',
      '\u001b]',
      '\u0090',
      '\u009c',
      'a',
      'é',
      'e\u0301',
      '🎉',
    ),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (one) => {
      const left = terminalText(one);
      expect(terminalText(left)).toBe(left);
      for (const gone of ['\r', '\b', '\u001b[']) expect(left).not.toContain(gone);
    }),
    runs(20_000, 2_000),
  );
  for (const unit of ['\u001b]', '\u009d', '\u001b[', '\u001b[0', '\u0090a']) {
    expect(terminalText(unit.repeat(300_000)).length).toBeLessThan(700_000);
  }
});
