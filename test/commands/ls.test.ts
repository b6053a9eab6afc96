import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { width } from '../helpers/screen.ts';
import { fixture, NO_COLOR, PLAIN, screen } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  const root = join(PLAIN, '..');
  expect(await screen('ls', root, '--sort', 'cost', '-n', '3')).toMatchInlineSnapshot(`
    "id       age outcome  events     cost errors title
    e9d19a6d 8mo lost        148  $0.5850      8 Deploy the docs #1
    1628edc9 8mo finished     20  $0.0872      1 Fix the failing slug test
    8bfe064d 8mo finished     18 ≥$0.0872      0 Upgrade every dependency, one at a…
    3 conversations, 186 events, 0 failed, at least $0.7595 and 509.8k tokens
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
});
