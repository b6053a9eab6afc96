import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { hasRecorded, RECORDED } from '../helpers/screens.ts';
import { action, answer } from '../helpers/views.ts';

const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);

interface Listed {
  readonly tool: string;
  readonly loop: { readonly number: number };
}

/** What `calls --loops` lists, counted. */
async function countedLoops(path: string) {
  const { items } = (await json('calls', path, '--loops')) as { items: Listed[] };
  return {
    count: new Set(items.map(({ loop }) => loop.number)).size,
    calls: items.length,
    tools: Object.fromEntries(
      items.map(({ tool }) => [tool, items.filter((other) => other.tool === tool).length]),
    ),
  };
}

async function statedLoops(path: string) {
  const { count, calls, tools } = (await json('stats', path)).loops;
  const byTool = (tools as { tool: string; calls: number }[]).map((one) => [one.tool, one.calls]);
  return { count, calls, tools: Object.fromEntries(byTool) };
}

const LOOPING = [1, 3, 5, 7].flatMap((n) => [action(n, 'make'), answer(n + 1, 'no rule', 2)]);

test('a line, two columns and JSON say how many loops there are', async () => {
  const path = makeConversation([messageEvent(0), ...LOOPING]);
  expect(await statedLoops(path)).toEqual({ count: 1, calls: 4, tools: { terminal: 4 } });
  expect((await terminal(['stats', path], 80)).output).toContain(
    '1 loop with 4 of 4 calls: terminal 4',
  );
  expect((await cli(['stats', path, '-o', 'table'])).stdout).toMatch(/│ 1 +│ terminal 4 +│/);
  expect(await json('why', path)).toMatchObject({ loops: [{ times: 4, period: 1 }] });
});

test('without loops, there is no line', async () => {
  const path = makeConversation([messageEvent(0), ...LOOPING.slice(0, 4)]);
  expect((await cli(['stats', path])).stdout).not.toContain('loop');
  expect(await statedLoops(path)).toEqual({ count: 0, calls: 0, tools: {} });
});

test('the loops of a fixture are those of calls --loops', async () => {
  for (const { path } of fixtures)
    expect(await statedLoops(path)).toEqual(await countedLoops(path));
});

test.skipIf(!hasRecorded)('so are those of real conversations, and of why', async () => {
  for (const group of readdirSync(RECORDED, { withFileTypes: true })) {
    if (!group.isDirectory()) continue;
    for (const name of readdirSync(join(RECORDED, group.name))) {
      const path = join(RECORDED, group.name, name);
      const stated = await statedLoops(path);
      expect([path, stated]).toEqual([path, await countedLoops(path)]);
      expect([path, (await json('why', path)).loops.length]).toEqual([path, stated.count]);
    }
  }
});
