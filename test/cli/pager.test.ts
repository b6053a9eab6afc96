import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect, test } from 'vitest';
import { BIN, cleanEnv, cli, terminal } from '../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';

const ROWS = 40; // of the helper's terminal

/** A pager that keeps what it is given in a file, and says whether it ran. */
function makePager(script = 'cat > "$KEPT"'): { PAGER: string; KEPT: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'pager');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { PAGER: path, KEPT: join(folder, 'kept') };
}

test('what is longer than the screen goes through the pager, and notes come after', async () => {
  const path = makeConversation(500);
  const pager = makePager('cat > "$KEPT"; sleep 0.3; echo "the pager ends"');
  const { code, output } = await terminal(
    ['search', path, '-v', '--color', 'never', '-k', 'message,bogus'],
    80,
    pager,
  );
  expect(code).toBe(0);
  expect(output).toMatch(
    /^the pager ends\nconvoscope: no event .*\n(?:.*\n)?convoscope: event files/,
  );
  const lines = readFileSync(pager.KEPT, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(500);
  expect(lines[499]).toBe('499 01-01 00:08:19 user  message       message 499');
});

test('what fits starts none, nor does a pipe, nor what is followed', async () => {
  const pager = makePager();
  const one = makeConversation(ROWS);
  expect((await terminal(['search', one], 80, pager)).output.split('\n')).toHaveLength(ROWS + 1);
  const long = makeConversation(ROWS + 1);
  expect((await cli(['search', long], { env: cleanEnv(pager) })).stdout).not.toBe('');
  for (const args of [
    ['search', long, '--no-pager'],
    ['tail', long, '-n', '50', '--until-done'],
  ]) {
    writeFileSync(join(long, 'base_state.json'), '{"execution_status":"finished"}');
    expect((await terminal(args, 80, pager)).output).toContain('message 40');
  }
  expect(existsSync(pager.KEPT)).toBe(false);
  await terminal(['search', long], 80, pager);
  expect(existsSync(pager.KEPT)).toBe(true);
});

test('a line that wraps takes its rows', async () => {
  const pager = makePager();
  await terminal(['search', makeConversation(20), '--json'], 40, pager);
  expect(JSON.parse(readFileSync(pager.KEPT, 'utf8')).items).toHaveLength(20);
});

test.each([
  ['', {}],
  ['cat', {}],
  ['false', { CONVOSCOPE_PAGER: '' }],
  ['convoscope-has-no-such-pager', {}],
  ['/dev/null', {}],
  ['false', { TERM: 'dumb' }],
])('no pager by PAGER=%j %j: it is written plainly', async (PAGER, more) => {
  const path = makeConversation(3000);
  const { code, output } = await terminal(['search', path], 80, { PAGER, ...more });
  expect(code).toBe(0);
  expect(output.match(/ message \d+$/gm)).toHaveLength(3000);
});

test('without less it is written plainly, and nobody is told', async () => {
  const env = { PATH: '/nonexistent', PAGER: 'less' };
  const { output } = await terminal(['search', makeConversation(50)], 80, env);
  expect(output.split('\n')).toHaveLength(51);
});

test('the pager is for the shell, CONVOSCOPE_PAGER goes first, and LESS is what git sets', async () => {
  const path = makeConversation(50);
  const { PAGER, KEPT } = makePager('echo "$1 $LESS" > "$KEPT"; cat > /dev/null');
  const env = { CONVOSCOPE_PAGER: `X=1 "${PAGER}" 'a b' | cat`, PAGER: 'false', KEPT };
  const shown = async (more: NodeJS.ProcessEnv) => {
    expect((await terminal(['search', path], 80, { ...env, ...more })).code).toBe(0);
    return readFileSync(KEPT, 'utf8');
  };
  expect(await shown({})).toBe('a b FRX\n');
  expect(await shown({ LESS: 'S' })).toBe('a b S\n');
});

test('leaving it early is no error, and the exit code is that of the command', async () => {
  const path = makeConversation(3000);
  const pager = makePager('head -1');
  const first = await terminal(['search', path], 80, pager);
  expect([first.code, first.output]).toEqual([
    0,
    expect.stringMatching(/^[^\n]* message 0[^\n]*\n$/),
  ]);
  writeEvent(path, 7, {});
  const faulty = await terminal(['verify', path, '-o', 'ndjson'], 20, pager);
  expect(faulty.code).toBe(1);
});

const hasLess = spawnSync('less', ['--version']).status === 0;

test.skipIf(!hasLess)('an interrupt is for less, which ends when it is told to', async () => {
  const path = makeConversation(3000);
  const script = `"${process.execPath}" "${BIN}" search "${path}"; echo "<exit $?>"; stty -a`;
  const pty = spawn('bash', ['-c', script], {
    cols: 80,
    rows: ROWS,
    env: cleanEnv({ TERM: 'xterm-256color' }) as Record<string, string>,
  });
  let output = '';
  const ended = new Promise((resolve) => pty.onExit(resolve));
  let isShown: () => void;
  const shown = new Promise<void>((resolve) => {
    isShown = resolve;
  });
  pty.onData((data) => {
    output += data;
    if (output.includes(' message 20')) isShown();
  });
  await shown;
  pty.write('\u0003');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(output).not.toContain('<exit');
  pty.write('G');
  await expect.poll(() => output, { timeout: 10_000 }).toContain(' message 2999');
  pty.write('q');
  await ended;
  expect(output).toContain('<exit 0>');
  expect(output).toMatch(/ icanon /);
  expect(output).toMatch(/ echo /);
});

test('nothing is lost of a text larger than a pipe holds, where there is no such pager', async () => {
  const path = makeConversation(1);
  const line = 'many words '.repeat(300_000);
  writeEvent(path, 0, messageEvent(0, line));
  const { code, output } = await terminal(['show', path, '0', '--json'], 80, {
    PAGER: 'convoscope-has-no-such-pager',
  });
  expect(code).toBe(0);
  expect(output.replaceAll(/\s/g, '')).toContain(line.replaceAll(' ', ''));
});
