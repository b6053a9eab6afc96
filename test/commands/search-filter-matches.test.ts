import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { shown } from '../helpers/matches.ts';

const far = (word: string) => `${'x '.repeat(300)}${word}${' y'.repeat(300)} ${word}`;

const message = (index: number, ...texts: string[]) => ({
  ...messageEvent(index),
  llm_message: { role: 'user', content: texts.map((text) => ({ type: 'text', text })) },
});

describe('--body', () => {
  test('highlights what it found, in an excerpt if the preview does not show it', async () => {
    const path = makeConversation([
      message(0, 'a Needle here'),
      message(1, far('NEEDLE')),
      { ...messageEvent(2), llm_message: { content: 'other', reasoning_content: far('needle') } },
      { ...message(3, 'needle'), kind: 'UnknownEvent' },
    ]);
    const lines = await shown([path, '--body', 'needle']);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/ a «Needle» here$/);
    expect(lines[1]).toMatch(/ … ?x x .*«NEEDLE» y.*… \+1$/);
    expect(lines[2]).toMatch(/…reasoning_content: ….*«needle» y.*… \+1$/);
  });

  test('highlights text and body, each match once', async () => {
    const path = makeConversation([message(0, 'one needle'), message(1, 'two needles')]);
    expect((await shown([path, 'TWO', '--body', 'needle']))[0]).toMatch(/ «two» «needle»s$/);
    expect((await shown([path, 'two needle', '--body', 'needle']))[0]).toMatch(/ «two needle»s$/);
  });

  test('shows the preview if the match spans fields, or is only in the stored text', async () => {
    const path = makeConversation([message(0, 'one', 'two'), message(1, 'ne\u001b[0mvyn')]);
    expect((await shown([path, '--body', 'one two']))[0]).toMatch(/ one two$/);
    expect((await shown([path, '--body', 'e\u001b[0mv']))[0]).toMatch(/ nevyn$/);
  });
});

describe('-w', () => {
  const path = () =>
    makeConversation([
      { ...messageEvent(0, 'hello'), sender: far('needle'), extra: [{ a: ['b', 'Needle'] }] },
      { ...messageEvent(1, 'a needle'), extra: { exit_code: 12 } },
    ]);

  test('with ~ highlights what the expression matches, and names the field', async () => {
    const [line] = await shown([path(), '-w', 'sender~n..dle']);
    expect(line).toMatch(/ sender: … ?x x .*«needle» y.*… \+1$/);
    expect((await shown([path(), '-w', 'extra.a~needle']))[0]).toMatch(/ extra\.a: «Needle»$/);
    const [preview] = await shown([path(), '-w', 'llm_message.content.text~needle']);
    expect(preview).toMatch(/ a «needle»$/);
    const table = await shown([path(), '-w', 'sender~needle', '-o', 'table']);
    expect(table.join('\n')).toContain('«needle»');
  });

  test.each([
    ['a number', 'extra.exit_code~1'],
    ['a column', 'kind~Message'],
    ['equality', 'llm_message.role=user'],
    ['a match of nothing', 'sender~^'],
  ])('shows the preview for %s', async (_, where) => {
    const lines = await shown([path(), '-w', where]);
    expect(lines.join('\n')).not.toContain('«');
    expect(lines.at(0)).toMatch(/ (hello|a needle)$/);
  });

  test('comes after the text in a line, and once where both match', async () => {
    const [line] = await shown([path(), 'hello', '-w', 'sender~needle'], 120);
    expect(line).toMatch(/ «hello» \+2$/);
    const where = 'llm_message.content.0.text~needle';
    expect((await shown([path(), 'a needle', '-w', where]))[0]).toMatch(/ «a needle»$/);
  });

  test('is listed by --matches, as the body is', async () => {
    const filters = ['--body', 'HELLO', '-w', 'extra.a~e+d', '-w', 'source=user'];
    const { stdout } = await cli(['search', path(), ...filters, '--matches', '-o', 'ndjson']);
    expect(JSON.parse(stdout)._meta.matches).toEqual([
      { path: 'llm_message.content.0.text', start: 0, end: 5, text: 'hello' },
      { path: 'extra.0.a.1', start: 1, end: 4, text: 'eed' },
    ]);
  });

  test('that takes too long for all matches leaves the preview', async () => {
    const slow = makeConversation([
      { ...messageEvent(0, 'hello'), sender: `ab ${'a'.repeat(60)}c` },
    ]);
    const args = [slow, '-w', 'sender~(a+)+b', '--match-timeout', '50ms'];
    const { code, stdout } = await cli(['search', ...args, '--matches', '-o', 'ndjson']);
    expect([code, JSON.parse(stdout)._meta.matches]).toEqual([0, null]);
    expect((await shown(args))[0]).toMatch(/ hello$/);
  });
});
