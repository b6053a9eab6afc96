import { mkdirSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';
import { width } from '../helpers/screen.ts';
import { action, fixture, NO_COLOR, PLAIN, screen } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T12:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const root = join(PLAIN, '..');
  expect(await screen('ls', root, '--sort', 'cost', '-n', '3')).toMatchInlineSnapshot(`
    "id       age outcome  events     cost errors title
    e9d19a6d 8mo lost        148  $0.5850      8 Deploy the docs #1
    1628edc9 8mo finished     20  $0.0872      1 Fix the failing slug test
    8bfe064d 8mo finished     18 ≥$0.0872      0 Upgrade every dependency, one at a…
    3 conversations, 186 events, 2 finished, 0 failed, 1 lost,
    at least $0.7595 and 509.8k tokens
    convoscope: stopped at --limit 3; there are 16
    exit 0"
  `);
});

describe('ls', () => {
  test.each([40, 60, 80, 120, 200])('fits %d columns', async (columns) => {
    const roots = [join(PLAIN, '..'), join(fixture('1.4.1/plain'), '..')];
    const { output } = await terminal(['ls', ...roots], columns, NO_COLOR);
    for (const line of output.split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    expect(output.split('\n').length).toBeGreaterThan(28);
  });

  test('filters by status, and lists the statuses there are', async () => {
    const root = join(PLAIN, '..');
    const ids = async (...args: string[]) =>
      JSON.parse((await cli(['ls', root, ...args, '--json'])).stdout).items.map(
        ({ status }: { status: string }) => status,
      );
    expect(await ids('--status', 'error,paused')).toEqual(['paused', 'error']);
    expect(await ids('--since', '2026-03-05')).toHaveLength(1);
    const none = await cli(['ls', root, '--status', 'stuck']);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('statuses found: error, finished, idle, paused, running');
  });

  test('an event that cannot be read is reported', async () => {
    const root = temporaryFolder();
    const path = makeConversation(3, 'c0ffee00c0ffee00c0ffee00c0ffee00', root);
    truncateSync(eventPath(path, 1), 10);
    const { code, stdout, stderr } = await cli(['ls', root]);
    expect(code).toBe(3);
    expect(stdout).toContain('0+1?');
    expect(stderr).toContain('event-00001');
  });

  test('an empty or missing root is reported', async () => {
    const root = temporaryFolder();
    expect(await cli(['ls', root])).toMatchObject({ code: 1, stdout: '' });
    expect(await cli(['ls', join(root, 'none')])).toMatchObject({ code: 2, stdout: '' });
  });

  test('each id that a terminal shows is taken by other commands', async () => {
    const root = temporaryFolder();
    const names = [
      'c0ffee00c0ffee00c0ffee00c0ffee00',
      'c0ffee00c0ffee00c0ffee00c0ffee01',
      'critic1-safety-bypass-auth',
      'critic1-safety-bypass-auth-of-another-server',
      'critic1-safety-business-intelligence',
      'v1.2.3 of the long experiment',
    ];
    for (const name of names) makeConversation(2, name, root);
    const parent = makeConversation(2, 'critic1-safety-parent', root);
    mkdirSync(join(parent, 'subagents'));
    makeConversation(1, 'c0ffee00c0ffee00c0ffee00c0ffffff', join(parent, 'subagents'));
    const { output } = await terminal(['ls', root, '--sort', 'id'], 80, NO_COLOR);
    const ids = output
      .split('\n')
      .slice(1, 8)
      .map(
        (line) =>
          line
            .slice(0, 32)
            .split(/ +\d+m?o?[smhdy] /)[0]
            ?.trim() ?? '',
      );
    const paths = await Promise.all(
      ids.map(async (id) => {
        const { stdout } = await cli(['count', id, '--root', root, '--json']);
        return basename(JSON.parse(stdout).conversation.path);
      }),
    );
    expect(paths).toEqual([...names, 'critic1-safety-parent'].sort());
  });

  test('the reason is shown where a status is asked for', async () => {
    const root = join(PLAIN, '..');
    const { output } = await terminal(['ls', root, '--status', 'error'], 80, NO_COLOR);
    expect(output).toMatch(/^id +age outcome +.*why/);
    expect((await terminal(['ls', root], 80, NO_COLOR)).output).not.toMatch(/^.*why/);
    expect((await terminal(['ls', root], 170, NO_COLOR)).output).toMatch(/^.*why/);
  });

  test('the totals say what is missing', async () => {
    const root = temporaryFolder();
    const path = makeConversation(3, 'c0ffee00c0ffee00c0ffee00c0ffee00', root);
    truncateSync(eventPath(path, 1), 10);
    const { stdout } = await cli(['ls', root]);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      "1 conversation, 3 events (1 can't be read), 0 failed, 1 lost, cost and tokens not known",
    );
    const { totals } = JSON.parse((await cli(['ls', root, '--json'])).stdout);
    expect(totals).toMatchObject({ conversations: 1, events: 3, unreadable: 1, cost: null });
  });
});

test('without a title and words of the user, a row shows what the agent does first, or what is missing', async () => {
  const root = temporaryFolder();
  const id = (at: number) => `c0ffee00c0ffee00c0ffee00c0ffee0${at}`;
  makeConversation([action(0, 'make all')], id(0), root);
  makeConversation([], id(1), root);
  makeConversation([messageEvent(0, '')], id(2), root);
  const broken = makeConversation([messageEvent(0, 'hi')], id(3), root);
  truncateSync(eventPath(broken, 0), 10);
  makeConversation([{ ...messageEvent(0, 'hi'), source: 'environment' }], id(4), root);
  const { stdout } = await cli(['ls', root, '--sort', 'id_asc']);
  const titles = stdout.split('\n').map((line) => /\(.*$/.exec(line)?.[0]);
  expect(titles.slice(1, 6)).toEqual([
    '(agent) $ make all',
    '(no event)',
    '(no text of the user)',
    '(no readable user message)',
    '(no user message)',
  ]);
  const { stdout: json } = await cli(['ls', root, '-o', 'ndjson']);
  for (const line of json.trim().split('\n')) expect(JSON.parse(line).title).toBeNull();
});
