import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { shown } from '../helpers/matches.ts';
import { idOf, stampAt } from '../helpers/memory.ts';

const WIDTHS = [20, 40, 60, 80, 160];

/** Checks that each line shows the word, highlighted, within the width. @returns how many lines it checked */
async function checkLines(path: string, word: string, columns: number): Promise<number> {
  const lines = (await shown([path, word], columns)).filter((line) => line !== '');
  for (const line of lines) {
    expect(line.toLowerCase()).toContain(`«${word.toLowerCase()}»`);
    expect(line.replaceAll(/[«»]/g, '').length).toBeLessThanOrEqual(columns);
  }
  return lines.length;
}

test('each line shows the word, however narrow the terminal: fixtures', async () => {
  let lines = 0;
  for (const { path } of fixtures.slice(0, 6)) {
    for (const word of ['the', 'pytest', 'slug', 'project', 'terminal']) {
      for (const columns of WIDTHS) lines += await checkLines(path, word, columns);
    }
  }
  expect(lines).toBeGreaterThan(100);
});

const edit = (index: number, before: string, after: string) => ({
  id: idOf(index),
  timestamp: stampAt(index * 1_000_000),
  source: 'environment',
  kind: 'ObservationEvent',
  tool_name: 'file_editor',
  action_id: idOf(0),
  observation: {
    kind: 'FileEditorObservation',
    content: [{ type: 'text', text: 'edited' }],
    old_content: before,
    new_content: after,
  },
});

test('an excerpt names its field, and says how many more matches there are', async () => {
  const path = makeConversation([
    { ...messageEvent(0), sender: `${'x '.repeat(300)}needle${' y'.repeat(300)} needle` },
    messageEvent(1, 'a needle in the preview'),
  ]);
  const [first, second] = await shown([path, 'NEEDLE']);
  expect(first).toMatch(/ sender: … ?x x.* «needle» y.*… \+1$/);
  expect(second).toMatch(/ a «needle» in the preview$/);
  const { stdout } = await cli(['search', path, 'needle']);
  expect(stdout.split('\n')[0]).toMatch(/ sender: ….{80,110}needle.{80,110}… \+1$/);
});

test('--full prints each line that matches, and --max-columns cuts lines', async () => {
  const long = 'z'.repeat(700);
  const path = makeConversation([messageEvent(0, `first\n${long}\tneedle\nno\nneedle again`)]);
  const { stdout } = await cli(['search', path, 'needle', '--full']);
  expect(stdout.split('\n').map((line) => line.slice(-20).trimStart())).toEqual([
    'zzzzzzzzzz    needle',
    'needle again',
    '',
  ]);
  const cut = await cli(['search', path, 'needle', '--max-columns', '90']);
  expect(cut.stdout.trimEnd().length).toBeLessThanOrEqual(90);
  expect(cut.stdout).toContain('needle');
  for (const args of [['--full', '--max-columns', '9'], ['--full', '--json'], ['--matches']]) {
    const { code, stderr } = await cli(['search', path, 'needle', ...args]);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  }
});

test.each([
  ['a letter whose lower case is longer', 'İİİ needle', 'needle', '«needle»'],
  ['that letter itself', 'x İ y', 'i\u0307', 'x «İ» y'],
  ['a text that is composed first', 'cafe\u0301 needle', 'NEEDLE', 'café «needle»'],
  ['a letter with a mark that has no composed form', 'ax\u0302b', 'x', 'a«x\u0302»b'],
  ['wide characters', '漢字漢字needle漢字', 'needle', '漢字漢字«needle»漢字'],
  ['a character that is spelled out', 'a\u202eb needle', 'needle', 'a\\u202eb «needle»'],
  ['a match that is spelled out', 'a\u202eb', '\u202e', 'a«\\u202e»b'],
  ['an emoji of several code points', 'x👩‍💻y', '👩', 'x«👩‍💻»y'],
  ['coloured output', '\u001b[31mneed\u001b[0mle', 'needle', '«needle»'],
  ['two words', 'alpha beta', 'beta', 'alpha «beta»'],
])('highlights exactly: %s', async (_, text, query, expected) => {
  const path = makeConversation([messageEvent(0, text)]);
  const [line] = await shown([path, query], 120);
  expect(line?.slice(-expected.length - 1)).toBe(` ${expected}`);
});

test('all texts and expressions are highlighted, and context lines are not', async () => {
  const path = makeConversation([messageEvent(0, 'before'), messageEvent(1, 'alpha beta 42')]);
  const lines = await shown([path, '-t', 'ALPHA', '-e', '\\d+', '-C', '1'], 120);
  expect(
    lines.map((line) =>
      line
        .split(/ {2,}- {2,}| - +/)
        .at(-1)
        ?.trim(),
    ),
  ).toEqual(['before', '«alpha» beta «42»']);
  const plain = await terminal(['search', path, 'alpha'], 80, { NO_COLOR: '1' });
  expect(plain.output).not.toContain('\u001b[');
});

describe('whole-file fields', () => {
  const path = () => makeConversation([messageEvent(0, 'find me'), edit(1, 'old me', 'find me')]);

  test('are searched only with --all-fields, and one note says what they hold', async () => {
    const folder = path();
    for (const command of ['search', 'count', 'tail', 'export']) {
      const { stderr } = await cli([command, folder, '-t', 'find']);
      expect(stderr.match(/1 event matches only in whole files/g)).toHaveLength(1);
      const all = await cli([command, folder, '-t', 'find', '--all-fields']);
      expect(all.stderr).not.toContain('whole files');
    }
    expect((await cli(['count', folder, '-t', 'find'])).stdout).toBe('1\n');
    expect((await cli(['count', folder, '-e', 'f.nd', '--all-fields'])).stdout).toBe('2\n');
    expect((await cli(['count', folder, '-t', 'find', '--branch', 'all'])).stdout).toBe('1\n');
    const where = await cli(['count', folder, '-w', 'observation.new_content~find']);
    expect([where.stdout, where.stderr]).toEqual(['1\n', '']);
  });

  test('are named in an excerpt', async () => {
    const lines = await shown([path(), 'find', '--all-fields', '-k', 'observation'], 120);
    expect(lines[0]).toMatch(/ observation\.new_content: «find» me$/);
  });

  test('elsewhere than in an observation are text like any other', async () => {
    const folder = makeConversation([{ ...messageEvent(0), extra: { new_content: 'find' } }]);
    expect((await cli(['count', folder, '-t', 'find'])).stdout).toBe('1\n');
  });
});

test('--matches lists paths and offsets in the readable text', async () => {
  const path = makeConversation([messageEvent(0, 'no'), messageEvent(1, 'cafe\u0301 İ 👩 beta')]);
  const { stdout } = await cli(['search', path, 'BETA', '--matches', '-C', '1', '-o', 'ndjson']);
  const [context, hit] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)._meta);
  expect(context.matches).toEqual([]);
  expect(hit.matches).toEqual([
    { path: 'llm_message.content.0.text', start: 10, end: 14, text: 'beta' },
  ]);
  expect('café İ 👩 beta'.slice(10, 14)).toBe('beta');
});
