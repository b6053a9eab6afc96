import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../../helpers/cli.ts';
import { makeConversation, temporaryFolder, writeState } from '../../helpers/conversation.ts';
import {
  addBroken,
  addSubagent,
  CHILD,
  dashed,
  delegation,
  GRANDCHILD,
  json,
  makeFamily,
  makePriced,
  PARENT,
  stateWith,
} from '../../helpers/subagents.ts';

describe('a subagent that cannot be opened', () => {
  test('is reported by every command, and is part of the lists', async () => {
    const { parent } = makeFamily();
    addBroken(parent);
    const why = 'events is a link to a target outside the conversation';
    for (const command of [
      'show',
      'stats',
      'tree',
      'export',
      'calls',
      'search',
      'count',
      'tail',
      'ls',
    ]) {
      const { stderr } = await cli([command, parent, '-q']);
      expect([command, stderr]).toEqual([command, expect.stringContaining(why)]);
    }
    const { subagents, subagent_totals: totals } = await json('stats', parent);
    expect(subagents[1]).toMatchObject({ events: null, problem: expect.stringContaining(why) });
    expect(totals).toMatchObject({ subagents: 2, unreadable: 1, cost_is_at_least: true });
    expect((await cli(['stats', parent])).stdout).toContain("; 1 more can't be opened");
  });

  test.each(['search', 'count', 'calls', 'stats'])(
    '%s --subagents answers for the others, and exits with 3',
    async (command) => {
      const { parent } = makeFamily();
      addBroken(parent);
      expect((await cli([command, parent])).code).toBe(command === 'calls' ? 1 : 0);
      const { code, stderr } = await cli([command, parent, '--subagents', '-q']);
      expect([code, stderr]).toEqual([3, expect.stringContaining(GRANDCHILD)]);
    },
  );

  test('ls --tree lists the others, and exits with 3', async () => {
    const { parent } = makeFamily();
    addBroken(parent);
    const { code, stdout } = await cli(['ls', parent, '--tree', '-q']);
    expect([code, stdout]).toEqual([3, expect.stringContaining(CHILD)]);
  });

  test('one with a damaged state is counted, and its cost is not known', async () => {
    const { parent, child } = makeFamily();
    writeFileSync(join(child, 'base_state.json'), '{"id": ');
    const { code, stdout, stderr } = await cli(['stats', parent]);
    expect(code).toBe(0);
    expect(stdout).toContain('1 subagent, 4 events, cost not known, not counted here');
    expect(stderr).toContain(`subagents/${CHILD}: base_state.json: `);
    const sum = await cli(['stats', parent, '--subagents']);
    expect(sum.code).toBe(3);
    expect(sum.stdout).toContain('at least $0.0500; usage is known for 1 of 2 conversations');
  });
});

describe('--subagents', () => {
  test('search shows which conversation an event is of', async () => {
    const { parent, child } = makeFamily();
    expect((await cli(['search', parent, 'frobnicator', '-q'])).code).toBe(1);
    const found = await cli(['search', parent, 'frobnicator', '--subagents']);
    expect(found.stdout).toMatch(new RegExp(`^${CHILD}   2 .*frobnicator\n$`));
    expect(found.stderr).toBe('');
    const { items, with_subagents: included } = await json(
      ...['search', parent, 'frobnicator', '--subagents'],
    );
    const [file] = readdirSync(join(child, 'events')).filter((name) => name.includes('00002'));
    expect(included).toBe(true);
    expect(items[0]._meta).toEqual({
      conversation: CHILD,
      index: 2,
      file: `events/${file}`,
      time: '2026-01-01T00:00:02.000000+00:00',
    });
    const { stdout: path } = await cli([
      ...['search', parent, 'frobnicator', '--subagents', '-o', 'paths'],
    ]);
    expect(readFileSync(path.trim(), 'utf8')).toContain('frobnicator');
    const shown = (await terminal(['search', parent, '--subagents', '-n', '2', '--color', 'never']))
      .output;
    expect(shown).toMatch(/^aaaa0000 +0 .*\n5ab00000 +0 /);
    const table = await cli(['search', parent, '--subagents', '-o', 'table']);
    expect(table.stdout).toContain('│ conversation ');
  });

  test('search marks the branches of each conversation', async () => {
    const { parent } = makeFamily();
    const { items } = await json('search', parent, '--subagents', '--branch', 'all');
    expect(items).toHaveLength(7);
    for (const { _meta } of items) expect(_meta).toMatchObject({ branch: 'active' });
    expect(await cli(['search', parent, '--subagents', '--branch', '1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--branch 1: with --subagents it can be active or all'),
    });
  });

  test('count counts and groups all events', async () => {
    const { parent } = makeFamily();
    expect((await cli(['count', parent, '--subagents'])).stdout).toBe('7\n');
    expect(await json('count', parent, '--subagents', '--by', 'kind')).toMatchObject({
      ...{ count: 7, reachable: 7, scanned: 7, with_subagents: true },
      groups: [{ key: 'MessageEvent', count: 7 }],
    });
  });

  test('stats sums tokens and cost, and says what the sum covers', async () => {
    const { parent, child } = makeFamily();
    addSubagent(child, 2, { agent: 1 }, GRANDCHILD);
    const { stdout } = await cli(['stats', parent, '--subagents']);
    expect(stdout).toContain(
      [
        'conversation events errors tokens in out    cost',
        'aaaa0000          3      0         5   1 $0.0500',
        '  5ab00000        4      0       725  73   $7.25',
        '    7cd00000      2      0       100  10   $1.00',
        'all               9      0       830  84   $8.30',
        'with 2 subagents: $8.30; usage is known for 3 of 3 conversations',
      ].join('\n'),
    );
    const { sum } = await json('stats', parent, '--subagents');
    expect(sum).toMatchObject({
      total: { events: 9, prompt_tokens: 830, completion_tokens: 84 },
      coverage: { known: 3, conversations: 3, is_at_least: false },
    });
    expect(sum.total.cost).toBeCloseTo(8.3);
  });

  test('stats counts once what the SDK copied into the parent', async () => {
    const { parent } = makeFamily();
    writeState(parent, stateWith({ agent: 0.05, 'task:task_00000001': 7.25 }));
    const { stdout } = await cli(['stats', parent]);
    expect(stdout).toContain('$7.25; the cost is counted here, the events are not');
    const { sum } = await json('stats', parent, '--subagents');
    expect(sum.total.cost).toBeCloseTo(7.3);
    writeState(parent, stateWith({ agent: 1, 'task:task_00000001': 7.25, 'task:gone': 2 }));
    const gone = await cli(['stats', parent, '--subagents']);
    expect(gone.stdout).toMatch(/^copied +- +- +200 +20 +\$2\.00$/m);
    expect(gone.stdout).toContain('with 1 subagent: $10.25; usage is known for 2 of 2');
  });

  test('calls lists the calls of all, each with its conversation', async () => {
    const parent = makePriced(delegation(0, {}, {}), { agent: 1 });
    addSubagent(parent, delegation(0, { prompt: 'y' }, {}), { agent: 1 });
    const { stdout } = await cli(['calls', parent, '--subagents']);
    const [, ...ids] = stdout.trimEnd().split('\n');
    expect(ids.map((line) => line.slice(0, 34))).toEqual([`${PARENT} 0`, `${CHILD} 0`]);
    const { items, scanned } = await json('calls', parent, '--subagents', '--sort', 'duration');
    expect(items.map(({ conversation }: { conversation: string }) => conversation)).toEqual([
      ...[PARENT, CHILD],
    ]);
    expect(scanned).toBe(4);
    const lines = (await cli(['calls', parent, '--subagents', '-o', 'ndjson'])).stdout;
    expect(lines.match(/"conversation":"5ab0/g)).toHaveLength(1);
    expect(await json('calls', parent)).toMatchObject({ items: [{ index: 0 }] });
  });
});

describe('ls --tree', () => {
  test('lists subagents below their parents, in the order of the list', async () => {
    const root = temporaryFolder();
    const { child } = makeFamily(root);
    addSubagent(child, 9, { agent: 1 }, GRANDCHILD);
    makeConversation(20, 'bbbb0000000040008000000000000009', root);
    const { code, stdout } = await cli(['ls', root, '--tree', '--sort', 'events', '-q']);
    const ids = stdout.split('\n').map((line) => /^[└ ]*\w+/.exec(line)?.[0]);
    expect([code, ids.slice(1, -2)]).toEqual([
      0,
      ['bbbb0000000040008000000000000009', PARENT, `└ ${CHILD}`, `  └ ${GRANDCHILD}`],
    ]);
    const { items } = await json('ls', root, '--tree', '--sort', 'events');
    expect(items.map(({ depth, parent }: never) => [depth, parent])).toEqual([
      ...[
        [0, undefined],
        [0, undefined],
        [1, PARENT],
        [2, CHILD],
      ],
    ]);
    const plain = await cli(['ls', root, '-q']);
    expect(plain.stdout).not.toContain(CHILD);
  });

  test('lists a conversation below the one that started it according to meta.json', async () => {
    const root = temporaryFolder();
    const starter = makeConversation(1, PARENT, root);
    const started = makeConversation(2, CHILD, root);
    const parentOf = (path: string, parent: string) =>
      writeFileSync(join(path, 'meta.json'), JSON.stringify({ parent_conversation_id: parent }));
    parentOf(started, dashed(PARENT));
    const { stdout } = await cli(['ls', root, '--tree']);
    expect(stdout).toMatch(new RegExp(`^${PARENT} .*\n└ ${CHILD} `, 'm'));
    // Two that claim to have started each other are both listed.
    parentOf(starter, CHILD);
    const { items } = await json('ls', root, '--tree');
    expect(items.map(({ depth }: never) => depth)).toEqual([0, 0]);
  });

  test('filters and limits subagents as other conversations', async () => {
    const root = temporaryFolder();
    const { parent } = makeFamily(root);
    writeState(parent, stateWith({ agent: 1 }, 'running'));
    const finished = await json('ls', root, '--tree', '--status', 'finished');
    expect(finished.items.map(({ id, depth }: never) => [id, depth])).toEqual([[CHILD, 0]]);
    expect((await json('ls', root, '--tree', '-n', '1')).items).toHaveLength(1);
  });

  test('a conversation stands for itself where a root is expected', async () => {
    const { parent } = makeFamily();
    expect((await json('ls', parent)).items).toMatchObject([{ id: PARENT }]);
    expect((await json('ls', parent, '--tree')).items).toHaveLength(2);
    expect((await json('ls', join(parent, 'subagents'))).items).toMatchObject([{ id: CHILD }]);
  });
});
