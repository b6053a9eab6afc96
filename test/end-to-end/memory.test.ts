import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, cleanEnv } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import { run } from '../helpers/spawned.ts';
import { sample } from '../helpers/sweep.ts';

/* Hostile events must not take memory without a bound: each command runs with a heap of 400 MB. */

const HEAP_MB = 400;
const MIB = 1024 * 1024;

/** An event whose action is this JSON text. */
function eventWith(index: number, action: string): string {
  const head = { id: idOf(index), timestamp: stampAt(index), source: 'agent', tool_name: 't' };
  const kind = '"tool_call_id":"c","kind":"ActionEvent"';
  return `${JSON.stringify(head).slice(0, -1)},${kind},"action":${action}}`;
}

const listOf = (item: string, count: number) => `[${Array(count).fill(item).join()}]`;

/** What the JSON of an event is made of, and how many events have it. */
const HOSTILE: Record<string, { events: number; json: () => string; isRefused: boolean }> = {
  'empty lists': { events: 1, json: () => listOf('[]', 8 * MIB), isRefused: true },
  'empty objects': { events: 1, json: () => listOf('{}', 8 * MIB), isRefused: true },
  'keys, each once': {
    events: 1,
    json: () => `{${Array.from({ length: 3 * MIB }, (_, at) => `"${at}x":0`).join()}}`,
    isRefused: true,
  },
  'objects of different shapes': {
    events: 1,
    json: () => `[${Array.from({ length: 2 * MIB }, (_, at) => `{"k${at}":0}`).join()}]`,
    isRefused: true,
  },
  nesting: { events: 1, json: () => '['.repeat(20 * MIB) + ']'.repeat(20 * MIB), isRefused: true },
  'short strings': { events: 1, json: () => listOf('"ab"', 8 * MIB), isRefused: true },
  'nesting below the bound': {
    events: 1,
    json: () => '['.repeat(MIB) + ']'.repeat(MIB),
    isRefused: false,
  },
  'many events below the bound': { events: 8, json: () => listOf('[]', MIB), isRefused: false },
  'very many small events': { events: 120, json: () => listOf('[]', 100_000), isRefused: false },
  'one key of 60 MB': { events: 1, json: () => `{"${'k'.repeat(60e6)}":1}`, isRefused: false },
  'a text full of brackets': {
    events: 1,
    json: () => JSON.stringify('[[{{,,::\\"'.repeat(4 * MIB)),
    isRefused: false,
  },
};

const COMMANDS = [
  ['count', '-k', 'action'],
  ['count', '-w', 'action.x=1'],
  ['search', '-e', 'zz+', '--json'],
  ['show', '0'],
  ['stats', '--json'],
  ['calls'],
  ['verify', '--json'],
  ['export', '--format', 'md'],
];

const limited = (args: readonly string[], cache: string) =>
  run(process.execPath, [`--max-old-space-size=${HEAP_MB}`, BIN, ...args], {
    env: cleanEnv({ CONVOSCOPE_CACHE_DIR: cache }),
  });

test.each(sample(Object.entries(HOSTILE), 3))('%s', async (_, { events, json, isRefused }) => {
  const text = json();
  const path = makeConversation(0);
  for (let at = 0; at < events; at++) writeFileSync(eventPath(path, at), eventWith(at, text));
  for (const [command, ...args] of sample(COMMANDS, 2)) {
    const operands = command === 'show' ? [path, ...args] : [...args, path];
    const { code, signal, stderr } = await limited([command!, ...operands], temporaryFolder());
    expect(signal).toBeNull();
    expect(stderr).not.toContain('heap');
    if (command === 'verify') expect(code).toBeLessThan(2);
    else if (isRefused) {
      expect(code).toBe(3);
      expect(stderr).toContain('too-complex');
    } else expect(code).toBeLessThan(2);
  }
});

test('state files are bounded too', async () => {
  const path = makeConversation(2);
  const files = ['base_state.json', 'meta.json', 'owner_lease.json', 'TASKS.json'];
  for (const name of files) writeFileSync(join(path, name), `{"a":${listOf('[]', 8 * MIB)}}`);
  for (const command of sample(['verify', 'stats', 'show', 'count', 'tree'], 2)) {
    const { code, signal, stderr } = await limited([command, path], temporaryFolder());
    expect(signal).toBeNull();
    expect(stderr).not.toContain('heap');
    expect(code).toBeLessThan(2);
  }
});
