import { expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { makeStory } from '../helpers/story.ts';

test('tail on a pipe and on a terminal', async () => {
  const args = ['tail', makeStory(), '-n', '2', '--tz', '+00:00'];
  expect(await cli(args)).toEqual({
    code: 0,
    signal: null,
    stdout:
      '  4 2026-01-01 00:00:04.000 environment observation   terminal     [exit 1] 2 failed, 漢字 \\u202egnp\n' +
      '  5 2026-01-01 00:00:05.000 agent       agent-error   terminal     no such tool\n',
    stderr: '',
  });
  expect(await terminal(args, 80, { NO_COLOR: '1' })).toEqual({
    code: 0,
    output:
      '  4 01-01 00:00:04 env   observation   terminal: [exit 1] 2 failed, 漢字 \\u202e…\n' +
      '  5 01-01 00:00:05 agent agent-error   terminal: no such tool\n',
  });
});

test('the last events that pass, in index order, read from the end', async () => {
  const path = makeStory();
  const { stdout, stderr } = await cli([
    'tail',
    path,
    '-n',
    '1',
    '--tool',
    'terminal',
    '--json',
    '--fields',
    'kind',
    '-v',
  ]);
  expect(stdout).toBe('{"kind":"AgentErrorEvent"}\n');
  expect(stderr).toContain('event files: 1 opened');
  expect((await cli(['tail', path, '-n', '0'])).stdout).toBe('');
});
