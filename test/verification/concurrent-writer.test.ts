import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, ROOT } from '../helpers/cli.ts';
import { makeConversation, writeState } from '../helpers/conversation.ts';
import type { PrintedFinding } from '../helpers/verify.ts';

/** Verifies in a process of its own, so that this process keeps rewriting the state meanwhile. */
async function verifyInChild(path: string): Promise<PrintedFinding[]> {
  const { stdout } = await cli(['verify', path, '--json']);
  return JSON.parse(stdout).conversations.flatMap(
    ({ findings }: { findings: PrintedFinding[] }) => findings,
  );
}

test('verify finds no error in a healthy conversation while an agent writes to it', async () => {
  const path = makeConversation(0);
  const writer = spawn(
    process.execPath,
    [join(ROOT, 'test/helpers/writer.mjs'), join(path, 'events'), '1200', '4', '1'],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => writer.on('close', resolve));
  const timer = setInterval(() => writeState(path, { stats: { n: 'x'.repeat(50_000) } }), 3);
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
  clearInterval(timer);
  expect(runs).toBeGreaterThan(3);
  expect(errors).toEqual([]);
});
