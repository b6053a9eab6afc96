import { describe, expect, test } from 'vitest';
import { ownFolders, relativeTo } from '../../../src/history/comparison/own-folders.ts';
import { openCalls } from '../../helpers/calls.ts';

const view = (path: string) => ({
  tool: 'file_editor',
  action: { kind: 'FileEditorAction', command: 'view', path },
});

const user = async (paths: readonly string[], workspace?: string) => ({
  calls: await openCalls(paths.map(view)),
  workspace,
});

/** So many files that their folder is worth a line of its own. */
const many = (folder: string) => Array.from({ length: 9 }, (_, at) => `${folder}/${at}.py`);

describe('the folder that each of two conversations works in', () => {
  test.each([
    ['/tmp/tmpaaaa/project', '/tmp/tmpbbbb/project'],
    ['/srv/runs/1/project', '/srv/runs/2/project'],
  ])('%s, and %s', async (a, b) => {
    expect(ownFolders(await user(many(a)), await user(many(b)))).toEqual([a, b]);
  });

  test('is the same part of both, if one works deeper in it', async () => {
    const a = await user(many('/tmp/tmpaaaa/project'));
    const b = await user(many('/tmp/tmpbbbb/project/src/core'));
    const own = ['/tmp/tmpaaaa/project', '/tmp/tmpbbbb/project'];
    expect(ownFolders(a, b)).toEqual(own);
    expect(ownFolders(b, a)).toEqual(own.toReversed());
    const inWorkspace = await user(many('/srv/two/project/src'), '/srv/two/project');
    expect(ownFolders(await user([], '/srv/one/project'), inWorkspace)).toEqual([
      '/srv/one/project',
      '/srv/two/project',
    ]);
  });

  test('is the temporary folder of the first path, if there are few calls', async () => {
    const few = await user(['/tmp/tmpaaaa/project/a.py']);
    expect(ownFolders(few, await user([]))).toEqual(['/tmp/tmpaaaa', undefined]);
  });
});

describe('texts without the own folder', () => {
  const [a, b] = [relativeTo('/tmp/tmpaaaa/project'), relativeTo('/tmp/tmpbbbb/project')];

  test.each([
    'view @/a.py',
    'in a JSON text: "one\\n@/a.py"',
    'at the end @',
    '@: a folder. And @.',
    'elsewhere in the temporary folder: /tmp/tmp_/out.txt',
  ])('are equal: %s', (text) => {
    const of = (name: string) =>
      text.replaceAll('@', `/tmp/tmp${name}/project`).replaceAll('_', name);
    expect(a(of('aaaa'))).toBe(b(of('bbbb')));
  });

  test.each(['@-old/a.py', '@2', '@.bak'])(
    'another folder that begins alike is not: %s',
    (text) => {
      const alike = relativeTo('/srv/project');
      expect(alike(text.replace('@', '/srv/project'))).toBe(text.replace('@', '/srv/project'));
    },
  );
});
