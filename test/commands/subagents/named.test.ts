import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../../helpers/cli.ts';
import { messageEvent, writeState } from '../../helpers/conversation.ts';
import {
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

const LINE = '1 subagent, 4 events, $7.25, not counted here';

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
    expect((await cli(['ls', parent, '--tree', '-q'])).stdout.split('\n')).toHaveLength(254);
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
  const [, first, second] = stdout.split('\n');
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
