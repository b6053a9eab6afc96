import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/history/calls.ts';
import { alignCalls } from '../../../src/history/comparison/alignment.ts';
import { compareFiles } from '../../../src/history/comparison/compared-files.ts';
import { type MadeCall, openCalls } from '../../helpers/calls.ts';

const shell = (command: string) => ({
  tool: 'terminal',
  action: { kind: 'TerminalAction', command },
});
const edit = (command: string, path: string, text = '') => ({
  tool: 'file_editor',
  action: { kind: 'FileEditorAction', command, path, new_str: text },
});

const side = async (made: readonly MadeCall[]) => ({
  calls: await openCalls(made),
  shorten: (text: string) => text.replaceAll('/tmp/run/', '…/'),
});

const name = (call: Call | undefined) => call?.subject.description ?? '-';

async function aligned(a: readonly MadeCall[], b: readonly MadeCall[]): Promise<string[]> {
  const { pairs } = alignCalls(await side(a), await side(b));
  return pairs.map((row) => `${name(row.a)} ${row.isSame ? '=' : '|'} ${name(row.b)}`);
}

describe('calls side by side', () => {
  test('a call that only one conversation has leaves a gap in the other', async () => {
    expect(
      await aligned([shell('ls'), shell('pwd'), shell('make')], [shell('ls'), shell('make')]),
    ).toEqual(['$ ls = $ ls', '$ pwd | -', '$ make = $ make']);
  });

  test('the same file or program stands side by side, although the calls differ', async () => {
    expect(
      await aligned(
        [edit('str_replace', '/w/a.py', 'one'), shell('pytest -q tests/a'), shell('ls')],
        [shell('cd /w && pytest -q tests/b'), edit('str_replace', '/w/a.py', 'two'), shell('ls')],
      ),
    ).toEqual([
      '- | $ cd /w && pytest -q tests/b',
      'str_replace /w/a.py | str_replace /w/a.py',
      '$ pytest -q tests/a | -',
      '$ ls = $ ls',
    ]);
  });

  test('one of them can have no calls', async () => {
    expect(await aligned([], [])).toEqual([]);
    expect(await aligned([shell('ls')], [])).toEqual(['$ ls | -']);
    expect(await aligned([], [shell('ls')])).toEqual(['- | $ ls']);
  });

  test('the same beginning and end are paired, however much is different between them', async () => {
    const many = (word: string) => [
      ...Array.from({ length: 100 }, (_, at) => shell(`first ${at}`)),
      ...Array.from({ length: 1100 }, (_, at) => shell(`${word}-${at}`)),
      ...Array.from({ length: 50 }, (_, at) => shell(`last ${at}`)),
    ];
    const { pairs, isCutShort } = alignCalls(await side(many('one')), await side(many('two')));
    expect([isCutShort, pairs.filter(({ isSame }) => isSame).length]).toEqual([true, 150]);
    const same = alignCalls(await side(many('one')), await side(many('one')));
    expect([same.isCutShort, same.pairs.every(({ isSame }) => isSame)]).toEqual([false, true]);
  });

  test('each call is there once, in order, whatever the calls are', async () => {
    const many = (word: string) =>
      Array.from({ length: 3000 }, (_, at) => shell(`${word} ${at % 7 === 0 ? 'same' : at}`));
    const [a, b] = [await side(many('one')), await side(many('two'))];
    const { pairs: rows, isCutShort } = alignCalls(a, b);
    expect(isCutShort).toBe(true);
    expect(rows.flatMap((row) => row.a ?? [])).toEqual(a.calls);
    expect(rows.flatMap((row) => row.b ?? [])).toEqual(b.calls);
  });
});

test('files that calls name are counted for each, the changed ones first, wherever the folder lies', async () => {
  const a = await side([edit('view', '/w/a.py'), edit('create', '/tmp/run/b.py')]);
  const b = await side([edit('str_replace', '…/b.py', 'x'), edit('insert', '…/b.py', 'y')]);
  const none = { path: undefined, edits: 0, views: 0 };
  expect(compareFiles(a, b)).toEqual([
    {
      path: '…/b.py',
      a: { path: '/tmp/run/b.py', edits: 1, views: 0 },
      b: { path: '…/b.py', edits: 2, views: 0 },
    },
    { path: '/w/a.py', a: { path: '/w/a.py', edits: 0, views: 1 }, b: none },
  ]);
});
