import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn as spawnPty } from '@lydell/node-pty';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BIN, cleanEnv, cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent, temporaryFolder } from '../helpers/conversation.ts';
import { terminalEnv } from '../helpers/environment.ts';
import { type Ended, shellCode } from '../helpers/spawned.ts';
import { isExhaustive, runs } from '../helpers/sweep.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof SIGNALS;

/** Generous, because the machine can be busy. A process that does not hear the signal would go on for longer. */
const LIMIT_MS = 20_000;
/** More than a start takes. In ticks of 10 ms of processor time. */
const BUSY_TICKS = 30;

/** Waits until a process has worked for longer than it takes to start. */
async function isBusy(pid: number): Promise<void> {
  const ticks = () => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[13]);
  while (ticks() < BUSY_TICKS) await sleep(20);
}

/** Starts a command, sends it a signal, and waits for its end. @throws if it does not end by the signal */
async function interrupted(
  args: readonly string[],
  signal: Signal,
  when: (pid: number) => Promise<unknown>,
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { env: cleanEnv() });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, by) => {
      resolve({ code: shellCode(code, by), signal: by, stdout, stderr });
    });
  });
  await when(child.pid!);
  child.kill(signal);
  const late = sleep(LIMIT_MS).then(() => {
    throw new Error(`${args.join(' ')} goes on after ${signal}`);
  });
  return Promise.race([ended, late]);
}

describe.skipIf(process.platform !== 'linux')(
  'whatever a command is doing, a signal ends it',
  () => {
    const NEVER = ['--match-timeout', '1h'];

    test.each([
      ['(a+)+$', 'SIGINT'],
      ['(a|a)*c', 'SIGTERM'],
      ['(a?){40}c', 'SIGHUP'],
    ] as const)('matching %s, %s', async (expression, signal) => {
      const path = makeConversation([messageEvent(0, `${'a'.repeat(60)}b`)]);
      const { code } = await interrupted(
        ['search', path, '-e', expression, ...NEVER],
        signal,
        isBusy,
      );
      expect(code).toBe(SIGNALS[signal]);
    });

    test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
      'hashing one file of 40 GB, %s',
      async (signal) => {
        const path = makeConversation(1);
        writeFileSync(join(path, 'core'), '');
        truncateSync(join(path, 'core'), 40e9);
        const { code, stderr } = await interrupted(['seal', path], signal, isBusy);
        expect([code, stderr]).toEqual([SIGNALS[signal], '']);
      },
    );

    test('writing to a pipe that nobody reads, SIGINT', async () => {
      const path = makeConversation([messageEvent(0, 'x'.repeat(1_000_000))]);
      const script = `"$0" "$1" search "$2" --json & pid=$!; sleep 2; kill -INT $pid; wait $pid; echo "code $?" >&2`;
      const child = spawn(
        'bash',
        ['-c', `exec 3>&1; { ${script}; } | sleep 4`, process.execPath, BIN, path],
        {
          env: cleanEnv(),
        },
      );
      onTestFinished(() => void child.kill('SIGKILL'));
      let stderr = '';
      child.stderr.on('data', (data) => (stderr += data));
      await new Promise((resolve) => child.on('close', resolve));
      expect(stderr).toBe('code 130\n');
    });

    test('a loop of a shell ends with the command that an interrupt ended', async () => {
      const path = makeConversation([messageEvent(0, `${'a'.repeat(60)}b`)]);
      const script = `for i in 1 2 3; do "$0" "$1" search "$2" -e '(a+)+$' --match-timeout 1h; echo "after $?"; done`;
      const pty = spawnPty('bash', ['-c', script, process.execPath, BIN, path], {
        env: cleanEnv() as Record<string, string>,
      });
      onTestFinished(() => pty.kill('SIGKILL'));
      let output = '';
      pty.onData((data) => (output += data));
      const ended = new Promise((resolve) => pty.onExit(resolve));
      await sleep(2000);
      pty.write('\u0003');
      await ended;
      expect(output).toBe('^C');
    });
  },
);

/** Runs a script of bash on a terminal, where `"$@"` is the command and `$0` a log, and closes the terminal. */
async function logAfterHangup(script: string, command: string): Promise<string> {
  const path = makeConversation([messageEvent(0, `${'a'.repeat(60)}b\n`.repeat(2000))]);
  const log = join(temporaryFolder(), 'log');
  writeFileSync(log, '');
  const [name = '', ...options] = command.split(' ');
  const args = ['-c', script, log, process.execPath, BIN, name, path, ...options];
  const pty = spawnPty('bash', args, {
    env: terminalEnv({ PAGER: 'less' }) as Record<string, string>,
  });
  const ended = new Promise((resolve) => pty.onExit(resolve));
  await sleep(2000);
  (pty as unknown as { destroy(): void }).destroy();
  const late = sleep(LIMIT_MS).then(() => {
    throw new Error(`${command} goes on: ${readFileSync(log, 'utf8')}`);
  });
  await Promise.race([ended, late]);
  return readFileSync(log, 'utf8');
}

describe.skipIf(process.platform !== 'linux')('a terminal that is closed', () => {
  test.each(['tail -f', 'search -e (a+)+$ --match-timeout 1h', 'show 0', 'calls -q'])(
    'ends what runs on it, quietly: %s',
    async (command) => {
      // The program takes the place of the shell, so it gets the signal.
      expect(await logAfterHangup('exec "$@" 2>"$0"', command)).toBe('');
    },
  );

  test.each(['tail -f', 'show 0'])(
    'ends it quietly, even if the shell ignores the signal: %s',
    async (command) => {
      const log = await logAfterHangup(`trap '' HUP; "$@" 2>"$0"; echo "code $?" >>"$0"`, command);
      expect(log).toMatch(/^code (?:129|0)\n$/);
    },
  );
});

describe('random signals at random moments', () => {
  let root: string;
  let conversation: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'convoscope-'));
    const events = Array.from({ length: 600 }, (_, index) =>
      messageEvent(index, `${'a'.repeat(2000)} ${index}`),
    );
    conversation = makeConversation(events, 'c0ffee00', root);
  });
  afterAll(() => expect(readdirSync(conversation).sort()).toEqual(['base_state.json', 'events']));

  const COMMANDS = [
    ['ls'],
    ['show', '3'],
    ['calls'],
    ['stats', '--steps'],
    ['tree'],
    ['search', '-e', 'a.*a.*a.*b'],
    ['search', '--json'],
    ['count', '-t', 'b'],
    ['tail', '-f'],
    ['verify'],
    ['seal'],
    ['export', '--full'],
    ['export', '--format', 'html', '--out'],
    ['export', '--redact', '--full', '--out'],
  ];

  const wholeFiles = new Map<string, string>();

  /** What an export with these options writes if nothing interrupts it. */
  async function wholeFile(options: readonly string[]): Promise<string> {
    const key = options.join(' ');
    const known = wholeFiles.get(key);
    if (known !== undefined) return known;
    const path = join(mkdtempSync(join(root, 'whole-')), 'x.out');
    await cli(['export', conversation, ...options, path]);
    const text = readFileSync(path, 'utf8');
    wholeFiles.set(key, text);
    return text;
  }

  test('end the command, with the right code, and nothing is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...COMMANDS),
        fc.constantFrom(...(Object.keys(SIGNALS) as Signal[])),
        fc.integer({ min: 0, max: isExhaustive ? 2000 : 1200 }),
        async ([command = '', ...options], signal, delay) => {
          const folder = mkdtempSync(join(root, 'out-'));
          const cache = join(folder, 'cache');
          const operand = command === 'ls' ? root : conversation;
          const out = options.at(-1) === '--out' ? [join(folder, 'x.out')] : [];
          const args = [command, operand, ...options, ...out, '--cache-dir', cache];
          const { code, stderr } = await interrupted(args, signal, () => sleep(delay));
          // It may have ended before the signal came.
          expect([0, 1, SIGNALS[signal]]).toContain(code);
          expect(stderr).not.toMatch(/^ +at |internal error|node:|Error:/m);
          const left = readdirSync(folder, { recursive: true }).map(String);
          expect(
            left.filter(
              (name) => !/^cache$|^cache\/(?:cache\.key|[^/]+\.index)$|^x\.out$/.test(name),
            ),
          ).toEqual([]);
          // The signal may have come after the file was complete, and before the end of the process.
          if (left.includes('x.out')) {
            expect(readFileSync(join(folder, 'x.out'), 'utf8')).toBe(await wholeFile(options));
          }
        },
      ),
      runs(200, 14),
    );
  });
});
