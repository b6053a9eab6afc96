import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { isExhaustive } from '../helpers/sweep.ts';
import { SpawnedTail } from '../helpers/tail.ts';

const WRITER = fileURLToPath(new URL('../helpers/writer.mjs', import.meta.url));

test('tail -f shows the last events, then each new one, and exits with 130 on SIGINT', async () => {
  const path = makeConversation(5);
  const tail = new SpawnedTail(path, '-f', '-n', '2', '--json', '--meta');
  await tail.until(() => tail.lines().length === 2);
  for (const index of [5, 6]) writeEvent(path, index, messageEvent(index));
  await tail.until(() => tail.lines().length === 4);
  tail.kill('SIGINT');
  await tail.ended;
  expect(tail.indices()).toEqual([3, 4, 5, 6]);
  expect([tail.code, tail.stderr]).toEqual([130, '']);
});

test('tail -f exits with 143 on SIGTERM', async () => {
  const tail = new SpawnedTail(makeConversation(1), '-f');
  await tail.until(() => tail.lines().length === 1);
  tail.kill('SIGTERM');
  await tail.ended;
  expect(tail.code).toBe(143);
});

test('tail -f shows each complete event of writers that are killed once, in order, and no partial one', async () => {
  const path = makeConversation(0);
  const events = join(path, 'events');
  const wanted = isExhaustive ? 5000 : 800;
  const tail = new SpawnedTail(path, '-f', '--json', '--meta');
  // Only when it runs does it see all: it begins with the last ten.
  writeEvent(path, 0, messageEvent(0));
  await tail.until(() => tail.lines().length === 1);
  const others: Promise<unknown>[] = [];
  const problems: string[] = [];
  const files = () => readdirSync(events).length;
  for (let round = 0; files() < wanted; round++) {
    const left = wanted - files();
    const writer = spawn(
      process.execPath,
      [WRITER, events, String(left), '3', round % 2 ? '1' : '0'],
      {
        stdio: 'ignore',
      },
    );
    const ended = new Promise((resolve) => writer.on('close', resolve));
    onTestFinished(() => void writer.kill('SIGKILL'));
    if (round < 12) {
      const command = round % 2 ? ['verify', path, '--json'] : ['search', path, '--json'];
      others.push(
        spawnCli(command).then(({ code, stdout, stderr }) => {
          if (code === null || stderr.includes('internal')) problems.push(`${command}: ${stderr}`);
          const document = JSON.parse(stdout);
          const items: { id: string }[] = document.items ?? [];
          if (new Set(items.map(({ id }) => id)).size !== items.length) problems.push('twice');
        }),
      );
      setTimeout(() => writer.kill('SIGKILL'), 150 + ((round * 211) % 400));
    }
    await ended;
  }
  await Promise.all(others);
  const names = readdirSync(events).sort();
  const whole: number[] = [];
  for (const [index, name] of names.entries()) {
    try {
      JSON.parse(readFileSync(join(events, name), 'utf8'));
      whole.push(index);
    } catch {
      // left half-written by a killed writer
    }
  }
  await tail.until(() => tail.lines().length >= whole.length);
  await sleep(200);
  tail.kill('SIGINT');
  await tail.ended;
  expect(problems).toEqual([]);
  expect(tail.indices()).toEqual(whole);
  const torn = names.length - whole.length;
  expect(tail.stderr.split('\n').filter((line) => line.includes('skipped'))).toHaveLength(torn);
  expect(tail.code).toBe(130);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the following of all conversations',
  async (signal) => {
    const path = makeConversation(1);
    const tail = new SpawnedTail(join(path, '..'), '-f', '--all', '--json');
    await tail.until(() => tail.lines().length === 1);
    tail.kill(signal);
    await tail.ended;
    expect(tail.code).toBe(signal === 'SIGINT' ? 130 : 143);
  },
);
