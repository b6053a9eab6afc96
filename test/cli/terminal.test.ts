import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Terminal } from '../../src/command-line/terminal.ts';
import { cli, terminal } from '../helpers/cli.ts';
import { makeStory } from '../helpers/story.ts';

/** A terminal whose stderr is or is not one, and what was written there. */
async function makeTerminal(isTTY: boolean, options: { quiet?: boolean } = {}) {
  const stderr = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  let written = '';
  stderr.on('data', (data) => {
    written += data;
  });
  const made = await Terminal.open(
    { stdout, stderr, env: {} },
    { quiet: false, verbose: false, color: 'auto', pager: false, ...options },
  );
  return { terminal: made, written: () => written };
}

async function pass(made: Terminal, count: number, ms: number): Promise<void> {
  let done = 0;
  const work = async () => {
    for (; done < count; done++) await sleep(ms);
  };
  await made.progress(work(), () => done, count);
}

test('a progress line shows on a terminal once work takes long, and goes again', async () => {
  const { terminal: made, written } = await makeTerminal(true);
  await pass(made, 8, 100);
  expect(written().replaceAll('\u001b[K', '|')).toMatch(/^(\rreading \d of 8 events\|)+\r\|$/);
});

test('no progress line elsewhere, for quick work, or when quiet', async () => {
  for (const [isTTY, options, ms] of [
    [false, {}, 100],
    [true, {}, 5],
    [true, { quiet: true }, 100],
  ] as const) {
    const { terminal: made, written } = await makeTerminal(isTTY, options);
    await pass(made, 8, ms);
    expect(written()).toBe('');
  }
});

test('tail on a pipe and on a terminal', async () => {
  const args = ['tail', makeStory(), '-n', '2', '--tz', '+00:00'];
  expect(await cli(args)).toEqual({
    code: 0,
    signal: null,
    stdout:
      '  4 2026-01-01 00:00:04.000 environment observation   terminal     [exit 1] \\x1b[31m2 failed\\x1b[0m, 漢字 \\u202egnp\n' +
      '  5 2026-01-01 00:00:05.000 agent       agent-error   terminal     no such tool\n',
    stderr: '',
  });
  expect(await terminal(args, 80, { NO_COLOR: '1' })).toEqual({
    code: 0,
    output:
      '  4 01-01 00:00:04 env   observation   terminal: [exit 1] \\x1b[31m2 failed\\x1b[…\n' +
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
