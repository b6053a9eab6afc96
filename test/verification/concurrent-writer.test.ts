import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import { makeConversation, writeState } from '../helpers/conversation.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { isExhaustive } from '../helpers/sweep.ts';
import type { PrintedFinding } from '../helpers/verify.ts';

/** Verifies in a process of its own, so that this process keeps rewriting the state meanwhile. */
async function verifyInChild(path: string): Promise<PrintedFinding[]> {
  const { stdout } = await spawnCli(['verify', path, '--json']);
  return JSON.parse(stdout).conversations.flatMap(
    ({ findings }: { findings: PrintedFinding[] }) => findings,
  );
}

test('verify finds no error in a healthy conversation while an agent writes to it', async () => {
  const path = makeConversation(0);
  const writer = spawn(
    process.execPath,
    [
      join(ROOT, 'test/helpers/writer.mjs'),
      join(path, 'events'),
      isExhaustive ? '1200' : '600',
      '4',
      '1',
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(() => void writer.kill('SIGKILL'));
  const ended = new Promise((resolve) => writer.on('close', resolve));
  const timer = setInterval(() => writeState(path, { stats: { n: 'x'.repeat(50_000) } }), 3);
  onTestFinished(() => clearInterval(timer));
  const errors: string[] = [];
  let runs = 0;
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  for (; isRunning; runs++) {
    const found = await verifyInChild(path);
    errors.push(
      ...found
        .filter(({ severity }) => severity === 'error')
        .map((finding) => JSON.stringify(finding)),
    );
  }
  expect(runs).toBeGreaterThan(3);
  expect(errors).toEqual([]);
});
