import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeState,
} from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import {
  addSubagent,
  CHILD,
  GRANDCHILD,
  makeFamily,
  makePriced,
  PARENT,
  stateWith,
} from '../helpers/subagents.ts';

const LINE = '1 subagent, 4 events, $7.25, not counted here';
const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);

/** A subagent that can't be opened: its events are outside the conversation. */
function addBroken(parent: string, id = GRANDCHILD): void {
  const broken = addSubagent(parent, 0, {}, id);
  rmSync(join(broken, 'events'), { recursive: true });
  symlinkSync('/etc', join(broken, 'events'));
}

/** A call of a delegating tool, and its answer. */
function delegation(index: number, action: object, observation: object): object[] {
  const common = { tool_name: 'task', tool_call_id: `c${index}` };
  return [
    {
      ...{ id: idOf(index), timestamp: stampAt(index * 1e6), source: 'agent', ...common },
      tool_call: { id: `c${index}`, name: 'task', arguments: '{}', origin: 'completion' },
      llm_response_id: `r${index}`,
      action: { prompt: 'x', kind: 'TaskAction', ...action },
      kind: 'ActionEvent',
    },
    {
      ...{ id: idOf(index + 1), timestamp: stampAt((index + 1) * 1e6), source: 'environment' },
      ...{ ...common, action_id: idOf(index) },
      observation: { content: [], kind: 'TaskObservation', ...observation },
      kind: 'ObservationEvent',
    },
  ];
}

describe('a conversation with a subagent', () => {
  test.each([
    ['show', 'stdout'],
    ['stats', 'stdout'],
    ['tree', 'stdout'],
    ['export', 'stdout'],
    ['calls', 'stderr'],
    ['search', 'stderr'],
    ['count', 'stderr'],
    ['tail', 'stderr'],
    ['ls', 'stderr'],
  ] as const)('%s says what it does not count, on %s', async (command, stream) => {
    const { parent } = makeFamily();
    const result = await cli([command, parent]);
    expect(result[stream]).toContain(LINE);
    expect((await cli([command, makePriced(3, { agent: 1 })]))[stream]).not.toContain('subagent');
  });

  test('diff and the page say so, too', async () => {
    const { parent } = makeFamily();
    const other = makePriced(3, { agent: 0.05 });
    expect((await cli(['diff', parent, other])).stdout).toMatch(
      new RegExp(`^subagents +${LINE.replace('$', '\\$')} +none$`, 'm'),
    );
    const page = (await cli(['export', parent, '--format', 'html'])).stdout;
    expect(page).toContain(`<li>${LINE}:<ul>`);
    expect(page).toContain('<li>5ab00000: 4 events, $7.25, finished</li>');
  });

  test('every document names it', async () => {
    const { parent, child } = makeFamily();
    const subagents = [
      {
        ...{ id: CHILD, path: child, parent: PARENT, depth: 1, events: 4, cost: 7.25 },
        ...{ status: 'finished', problem: null },
      },
    ];
    const totals = { subagents: 1, unreadable: 0, events: 4, cost: 7.25 };
    const part = { subagents, subagent_totals: { ...totals, cost_is_at_least: false } };
    for (const command of ['show', 'stats', 'tree', 'calls', 'search', 'count']) {
      expect(await json(command, parent)).toMatchObject(part);
    }
    expect((await json('ls', parent)).items[0]).toMatchObject(part);
    expect((await json('diff', parent, parent)).a).toMatchObject(part);
    expect(await json('stats', child)).not.toHaveProperty('subagents');
  });

  test('its subagents of subagents are counted as well', async () => {
    const { parent, child } = makeFamily();
    addSubagent(child, 2, { agent: 1 }, GRANDCHILD);
    const { stdout } = await cli(['stats', parent]);
    expect(stdout).toContain('2 subagents, 6 events, $8.25, not counted here');
    expect(stdout).toContain('  5ab00000: 4 events, $7.25, finished\n    7cd00000: 2 events');
  });

  test('a subagent can still be running when its parent has finished', async () => {
    const { parent, child } = makeFamily();
    writeState(child, stateWith({ agent: 7.25 }, 'running'));
    expect((await cli(['stats', parent])).stdout).toContain('5ab00000: 4 events, $7.25, running');
  });

  test('a list of hundreds is cut, and the sum has them all', async () => {
    const parent = makePriced(1, { agent: 1 });
    for (let at = 0; at < 250; at++)
      addSubagent(parent, 1, { agent: 1 }, `${at}`.padStart(32, 'b'));
    const { stdout } = await cli(['stats', parent]);
    expect(stdout).toContain('250 subagents, 250 events, $250.00, not counted here');
    expect(stdout).toContain('  and 240 more\n');
    expect((await json('stats', parent)).subagents).toHaveLength(250);
    expect((await cli(['count', parent, '--subagents'])).stdout).toBe('251\n');
    expect((await cli(['ls', parent, '--tree', '-q'])).stdout.split('\n')).toHaveLength(253);
    expect((await json('stats', parent, '--subagents')).sum.total.cost).toBe(251);
  });

  test('hostile names and states are escaped on a terminal, and in a page', async () => {
    const parent = makePriced(1, { agent: 1 });
    const child = addSubagent(parent, 1, { agent: 1 }, 'a\u001b[31m<b>');
    writeState(child, stateWith({ agent: 1 }, 'a\u001b[31m<i>'));
    for (const command of ['stats', 'tree', 'ls']) {
      expect((await terminal([command, parent])).output).not.toContain('\u001b[31m<');
    }
    for (const args of [
      ['ls', '--tree'],
      ['search', '--subagents'],
      ['stats', '--subagents'],
    ]) {
      expect((await terminal([args[0]!, parent, args[1]!])).output).not.toContain('\u001b[31m<');
    }
    expect((await cli(['export', parent, '--format', 'html'])).stdout).not.toMatch(/<[bi]>/);
  });
});

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
    expect(items[0]._meta).toEqual({ conversation: CHILD, index: 2, file: `events/${file}` });
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
    const ids = stdout.trimEnd().split('\n');
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

test.each([
  ['the answer', {}, { conversation_id: CHILD }],
  [
    'the answer, with dashes',
    {},
    { content: [{ type: 'text', text: `started ${dashed(CHILD)}` }] },
  ],
  ['the call', { resume: CHILD }, {}],
])('a call names the subagent whose id is in %s', async (_, action, observation) => {
  const events = [...delegation(0, action, observation), ...delegation(2, {}, {})];
  const parent = makePriced(events, { agent: 1 });
  addSubagent(parent, 4, { agent: 7.25 });
  const { stdout } = await cli(['calls', parent, '-q']);
  const [first, second] = stdout.split('\n');
  expect(first).toContain('[subagent 5ab00000] ');
  expect(second).not.toContain('subagent');
  expect((await json('calls', parent)).items[0].subagents).toEqual([CHILD]);
  expect((await json('calls', parent)).items[1]).not.toHaveProperty('subagents');
  for (const event of ['0', '1']) {
    const shown = await cli(['show', parent, event]);
    expect(shown.stdout).toContain('\nsubagent 5ab00000: 4 events, $7.25, finished\n');
    expect((await json('show', parent, event)).call.subagents).toEqual([CHILD]);
  }
});

function dashed(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

describe('ls --tree', () => {
  test('lists subagents below their parents, in the order of the list', async () => {
    const root = temporaryFolder();
    const { child } = makeFamily(root);
    addSubagent(child, 9, { agent: 1 }, GRANDCHILD);
    makeConversation(20, 'bbbb0000000040008000000000000009', root);
    const { code, stdout } = await cli(['ls', root, '--tree', '--sort', 'events', '-q']);
    const ids = stdout.split('\n').map((line) => /^[└ ]*\w+/.exec(line)?.[0]);
    expect([code, ids.slice(1, -1)]).toEqual([
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

test('a name or a state of a subagent is redacted in an export', async () => {
  const { parent } = makeFamily();
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const child = addSubagent(parent, [messageEvent(0)], { agent: 1 }, secret);
  writeState(child, stateWith({ agent: 1 }, secret));
  for (const format of ['md', 'html']) {
    const { stdout } = await cli(['export', parent, '--format', format, '--redact']);
    expect(stdout).not.toContain(secret.slice(0, 20));
    expect(stdout).toContain('2 subagents, 5 events, $8.25, not counted here');
  }
});
