import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, writeEvent, writeState } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { idOf } from '../helpers/memory.ts';
import { call, message, stats, update, work } from '../helpers/steps.ts';
import { sample } from '../helpers/sweep.ts';
import { codesOf, findingsOf } from '../helpers/verify.ts';

const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);
const text = async (...args: string[]) => (await cli([...args, '-q'])).stdout;
const fromEvent = (index: number) => ({ from: 'event', index, event_id: idOf(index) });
const FROM_STATE = { from: 'base_state.json', index: null, event_id: null };

/** A conversation that ended, with its status and usage in events 4 and 5. */
const ended = () =>
  makeConversation([
    ...work(1),
    update(4, 'stats', stats({ cost: 0.3 })),
    update(5, 'execution_status', 'finished'),
  ]);

/** What each view says about the status: all from the one function. */
async function statuses(path: string) {
  const { items } = await json('ls', dirname(path));
  const views = [await json('stats', path), await json('show', path), items[0]];
  const { a } = await json('diff', path, path);
  return [...views, a].map(({ status, sources }) => [status, sources.status]);
}

const everywhere = (status: unknown, source: unknown) => Array(4).fill([status, source]);

describe('without a state', () => {
  test('the newest events stand in, and every view says so', async () => {
    const path = ended();
    rmSync(join(path, 'base_state.json'));
    expect(await statuses(path)).toEqual(everywhere('finished', fromEvent(5)));
    const shown = await text('stats', path);
    expect(shown).toContain('status finished (from event #5)');
    expect(shown).toContain('usage from event #4');
    const { model, sources, usage } = await json('stats', path);
    expect([model, sources.model, usage[0].cost]).toEqual(['m', fromEvent(4), 0.3]);
    expect((await json('ls', dirname(path), '--status', 'finished')).items).toHaveLength(1);
    expect(await text('show', path)).toContain('status finished (from event #5)');
    const markdown = await text('export', path);
    expect(markdown).toContain('- status: `finished (from event #5)`');
    expect(markdown).toContain('- model: `m (from event #4)`');
    expect(markdown).toContain('- cost: `$0.3000 (from event #4)`');
    const page = await text('export', path, '--format', 'html');
    expect(page).toContain('<span class="status">finished</span> (from event #5)');
    const tail = await cli(['tail', path, '--until-done', '-n', '0']);
    expect([tail.code, tail.stderr]).toEqual([
      0,
      'convoscope: execution_status is finished (from event #5)\n',
    ]);
  });

  test('one that can’t be read, or that lacks the fact, is as good as none', async () => {
    const path = ended();
    for (const state of ['{"execution_st', '[]', '{}', '{"execution_status":null}']) {
      writeFileSync(join(path, 'base_state.json'), state);
      expect(await statuses(path)).toEqual(everywhere('finished', fromEvent(5)));
    }
  });

  test('a full state gives all facts, and a later update replaces one', async () => {
    const path = makeConversation([
      update(0, 'full_state', {
        execution_status: 'idle',
        agent: { llm: { model: 'big' } },
        workspace: { working_dir: '/w' },
        max_iterations: 7,
        stats: stats({ cost: 0.1, listed: ['r2'] }),
      }),
      message(1),
      call(2),
      update(3, 'execution_status', 'running'),
    ]);
    rmSync(join(path, 'base_state.json'));
    const { status, model, workspace, max_iterations, sources } = await json('stats', path);
    expect([status, model, workspace, max_iterations]).toEqual(['running', 'big', '/w', 7]);
    expect(sources).toEqual({ status: fromEvent(3), model: fromEvent(0), usage: fromEvent(0) });
    expect((await json('ls', dirname(path))).items[0]).toMatchObject({ model: 'big', sources });
  });

  test('a log of a completion names the model', async () => {
    const log = (index: number, usage_id: string, model_name: string) => ({
      ...update(index, '', ''),
      kind: 'LLMCompletionLogEvent',
      filename: 'f',
      log_data: '{}',
      usage_id,
      model_name,
    });
    const path = makeConversation([
      ...work(1),
      log(4, 'agent', 'large'),
      log(5, 'condenser', 'small'),
    ]);
    rmSync(join(path, 'base_state.json'));
    const { model, sources } = await json('stats', path);
    expect([model, sources.model]).toEqual(['large', fromEvent(4)]);
    expect((await json('ls', dirname(path))).items[0].model).toBe('large');
  });

  test('an action that waits is judged by the status in the events', async () => {
    const path = makeConversation([
      ...work(1).slice(0, 3),
      update(3, 'execution_status', 'running'),
    ]);
    rmSync(join(path, 'base_state.json'));
    const severity = async () =>
      (await findingsOf(path)).find(({ code }) => code === 'unmatched-action')?.severity;
    expect(await severity()).toBe('info');
    writeEvent(path, 3, update(3, 'execution_status', 'finished'));
    expect(await severity()).toBe('warning');
  });

  test('titles in events stand in for meta.json', async () => {
    const path = makeConversation([...work(1), update(4, 'title', 'Slugs')]);
    expect(await text('export', path)).toContain('## `Slugs`');
    writeFileSync(join(path, 'meta.json'), '{"title":"From the server"}');
    expect(await text('export', path)).toContain('## `From the server`');
  });
});

describe('with a state that differs from the events', () => {
  test('an event at the end of the log is newer', async () => {
    const path = ended();
    writeState(path, { execution_status: 'running' });
    expect(await statuses(path)).toEqual(everywhere('finished', fromEvent(5)));
  });

  test('an event that others follow is older', async () => {
    const path = makeConversation([
      ...work(1),
      update(4, 'execution_status', 'waiting_for_confirmation'),
      call(5),
    ]);
    writeState(path, { execution_status: 'finished' });
    expect(await statuses(path)).toEqual(everywhere('finished', FROM_STATE));
  });

  test('a state that names the event, or a later one, is newer', async () => {
    const path = ended();
    writeState(path, { execution_status: 'paused', leaf_event_id: idOf(5) });
    expect(await statuses(path)).toEqual(everywhere('paused', FROM_STATE));
  });

  test('a state that was written over a minute later is newer', async () => {
    const path = ended();
    writeState(path, { execution_status: 'paused' });
    utimesSync(eventPath(path, 5), 1e9, 1e9);
    expect(await statuses(path)).toEqual(everywhere('paused', FROM_STATE));
  });

  test('a state that was written over a minute before is older', async () => {
    const path = makeConversation([...work(1), update(4, 'execution_status', 'error'), call(5)]);
    writeState(path, { execution_status: 'running' });
    utimesSync(join(path, 'base_state.json'), 1e9, 1e9);
    expect(await statuses(path)).toEqual(everywhere('error', fromEvent(4)));
    expect((await cli(['tail', path, '--until-done', '-n', '0'])).code).toBe(1);
  });

  test('of two records of the usage, the larger one counts', async () => {
    const path = ended();
    writeState(path, { stats: stats({ cost: 0.1, tokens: 40 }) });
    expect((await json('stats', path)).sources.usage).toEqual(fromEvent(4));
    expect((await json('ls', dirname(path))).items[0]).toMatchObject({ cost: 0.3 });
    writeState(path, { stats: stats({ cost: 0.4, tokens: 200 }) });
    expect((await json('stats', path)).sources.usage).toEqual(FROM_STATE);
    expect((await json('ls', dirname(path))).items[0]).toMatchObject({ cost: 0.4 });
  });

  test('a value that is no status is shown as it is, and safely', async () => {
    const path = makeConversation([update(0, 'execution_status', 'a\u001b[31mb\u202e')]);
    rmSync(join(path, 'base_state.json'));
    expect(await text('stats', path)).toContain('status a\\x1b[31mb\\u202e (from event #0)');
    const other = makeConversation([update(0, 'execution_status', { finished: true })]);
    rmSync(join(other, 'base_state.json'));
    expect((await json('stats', other)).status).toBeNull();
  });
});

describe('the lease', () => {
  const now = () => Date.now() / 1000;
  const withLease = (fields: object) => {
    const path = makeConversation(work(1));
    const lease = { owner_instance_id: 'other', owner_host: 'elsewhere', owner_pid: 7, ...fields };
    writeFileSync(join(path, 'owner_lease.json'), JSON.stringify(lease));
    return path;
  };

  test('of another server: who holds it, and until when', async () => {
    const path = withLease({ expires_at: now() + 3600 });
    for (const command of ['show', 'stats', 'verify']) {
      expect(await text(command, path)).toMatch(
        /held by other on elsewhere \(pid 7\) until \d{4}-\d\d-\d\d/,
      );
    }
    for (const document of [
      await json('show', path),
      await json('stats', path),
      (await json('ls', dirname(path))).items[0],
    ]) {
      expect(document.lease).toMatchObject({
        owner: 'other',
        host: 'elsewhere',
        pid: 7,
        live: true,
      });
    }
    expect(await codesOf(path)).toContain('live-lease');
  });

  test('that has expired', async () => {
    const path = withLease({ expires_at: 1.5e9 });
    expect(await text('show', path)).toContain(
      'was held by other on elsewhere (pid 7), expired at',
    );
    expect(await text('verify', path)).toContain(
      'the lease of other on elsewhere (pid 7) expired at 2017-07-14T02:40:00.000Z',
    );
    expect((await json('show', path)).lease).toMatchObject({ live: false });
  });

  test.each([
    { expires_at: 'soon' },
    { expires_at: 1e300 },
    { owner_pid: 'x', expires_at: -1e300 },
  ])('with absurd values: %j', async (fields) => {
    const path = withLease(fields);
    expect((await cli(['show', path])).code).toBe(0);
    expect((await json('show', path)).lease.owner).toBe('other');
    expect(await codesOf(path)).not.toContain('internal');
  });
});

describe('the leaf', () => {
  /** The user went back to event 3; event 6 says so. */
  const wentBack = (...later: object[]) => {
    const path = makeConversation([
      ...work(2),
      update(6, 'full_state', { leaf_event_id: idOf(3) }),
      ...later,
    ]);
    rmSync(join(path, 'base_state.json'));
    return path;
  };

  test('is the one that the newest event names, without a state', async () => {
    const path = wentBack();
    const { leaf, leaf_source } = await json('tree', path);
    expect([leaf, leaf_source]).toEqual([idOf(3), fromEvent(6)]);
    expect(await text('tree', path)).toContain('the leaf is from event #6');
    expect((await json('count', path, '--branch', 'active')).count).toBe(4);
  });

  test('has moved on if the log goes on', async () => {
    const { leaf, leaf_source } = await json('tree', wentBack(call(7)));
    expect([leaf, leaf_source]).toEqual([idOf(7), null]);
  });

  test('is that of the state if there is one', async () => {
    const path = wentBack();
    writeState(path, { leaf_event_id: idOf(4) });
    const { leaf, leaf_source } = await json('tree', path);
    expect([leaf, leaf_source]).toEqual([idOf(4), FROM_STATE]);
  });
});

test('every view takes status, model, usage and times from the same place', async () => {
  for (const { path } of sample(fixtures, 12)) {
    const one = await json('stats', path);
    const { items } = await json('ls', dirname(path));
    const item = items.find((other: { path: string }) => other.path === path);
    const shared = ({ status, model, sources, lease }: typeof one) => ({
      status,
      model,
      sources,
      lease,
    });
    expect(shared(item)).toEqual(shared(one));
    expect([item.started, item.last_activity ?? null, item.seconds]).toEqual([
      one.time.from,
      one.time.to ?? item.last_activity,
      one.time.seconds,
    ]);
    for (const what of ['usage', 'cost'] as const) {
      expect(item.coverage[what].complete).toBe(one.coverage[what].complete);
    }
    expect(item.coverage.events).toEqual(one.coverage.events);
    expect((await json('diff', path, path)).a.sources).toEqual(one.sources);
  }
});
