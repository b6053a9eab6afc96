import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { BIN, cleanEnv } from '../helpers/cli.ts';
import { makeConversation, messageEvent, temporaryFolder } from '../helpers/conversation.ts';

/** More than a start takes. In ticks of 10 ms. */
const BUSY_TICKS = 30;

/** Waits until a process has worked for longer than it takes to start. */
async function isBusy(pid: number): Promise<void> {
  const ticks = () => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[13]);
  while (ticks() < BUSY_TICKS) await sleep(20);
}

test.skipIf(process.platform !== 'linux').each([
  ['(a+)+$', 'SIGINT', 130],
  ['(a|a)*c', 'SIGINT', 130],
  ['(a?){40}c', 'SIGINT', 130],
  ['(a+)+$', 'SIGTERM', 143],
] as const)(
  'a regular expression that would run for ever can be interrupted: %s by %s',
  async (expression, signal, expected) => {
    const path = makeConversation([messageEvent(0, `${'a'.repeat(60)}b`)]);
    const child = spawn(process.execPath, [BIN, 'search', path, '-e', expression], {
      env: cleanEnv(),
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise<number>((resolve) => {
      // As a shell counts it.
      child.on('close', (code, by) => resolve(code ?? 128 + constants.signals[by!]));
    });
    await isBusy(child.pid!);
    child.kill(signal);
    expect(await ended).toBe(expected);
  },
);

test('an interrupt of export leaves no partial file behind', async () => {
  const folder = temporaryFolder();
  const path = makeConversation(1500);
  const child = spawn(process.execPath, [BIN, 'export', path, '--out', join(folder, 'x.md')], {
    env: cleanEnv(),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const isThere = () => readdirSync(folder).some((name) => name.endsWith('.part'));
  while (!isThere() && child.exitCode === null) await sleep(2);
  expect(isThere()).toBe(true);
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, readdirSync(folder)]).toEqual([130, []]);
});
