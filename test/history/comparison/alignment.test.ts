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

const name = (call: Call | undefined) => call?.subject.description ?? '-';

async function aligned(a: readonly MadeCall[], b: readonly MadeCall[]): Promise<string[]> {
  const rows = alignCalls(await openCalls(a), await openCalls(b));
  return rows.map((row) => `${name(row.a)} ${row.isSame ? '=' : '|'} ${name(row.b)}`);
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

  test('each call is there once, in order, whatever the calls are', async () => {
    const many = (word: string) =>
      Array.from({ length: 3000 }, (_, at) => shell(`${word} ${at % 7 === 0 ? 'same' : at}`));
    const [a, b] = [await openCalls(many('one')), await openCalls(many('two'))];
    const rows = alignCalls(a, b);
    expect(rows.flatMap((row) => row.a ?? [])).toEqual(a);
    expect(rows.flatMap((row) => row.b ?? [])).toEqual(b);
  });
});

test('files that calls name are counted for each, the changed ones first', async () => {
  const a = await openCalls([edit('view', '/w/a.py'), edit('create', '/w/b.py')]);
  const b = await openCalls([edit('str_replace', '/w/b.py', 'x'), edit('insert', '/w/b.py', 'y')]);
  expect(compareFiles(a, b)).toEqual([
    { path: '/w/b.py', a: { edits: 1, views: 0 }, b: { edits: 2, views: 0 } },
    { path: '/w/a.py', a: { edits: 0, views: 1 }, b: { edits: 0, views: 0 } },
  ]);
});
