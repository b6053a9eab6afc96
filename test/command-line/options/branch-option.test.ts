import { describe, expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import { CONDENSED, screen, TREE } from '../../helpers/views.ts';

describe('--branch', () => {
  const indices = async (command: string, ...args: string[]) => {
    const { stdout } = await cli([command, TREE, ...args, '-o', 'ndjson', '--meta']);
    const lines = stdout.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line)._meta.index as number);
  };

  test('keeps the events of the branch', async () => {
    expect(await indices('search', '--branch', 'active')).toEqual([0, 1, 2, 5]);
    expect(await indices('search', '--branch', '4')).toEqual([0, 1, 2, 3, 4]);
    expect(await indices('tail', '--branch', 'active', '-n', '2')).toEqual([2, 5]);
    expect((await cli(['count', TREE, '--branch', '9'])).stdout).toBe('7\n');
    expect(await indices('search', '--branch', 'all')).toHaveLength(16);
  });

  test('with a filter, it counts forgotten events', async () => {
    const args = ['count', CONDENSED, '--branch', 'all', '--kind', 'action', '--json'];
    expect(JSON.parse((await cli(args)).stdout)).toMatchObject({ count: 7, forgotten: 5 });
  });

  test.each([
    [['search', TREE, '--branch', 'none']],
    [['search', TREE, '--branch', '99']],
    [['tail', TREE, '--branch', '4', '-f']],
  ])('an invalid branch is an error: %s', async (args) => {
    const { code, stdout, stderr } = await cli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^convoscope: --branch [^\n]*\n$/);
  });

  test('search --branch all marks events off the branch', async () => {
    expect(
      await screen('search', TREE, '--branch', 'all', '--index', '2..6'),
    ).toMatchInlineSnapshot(`
      "  2 03-02 09:14:14 agent message       \`sluggish\`, say?
        3 03-02 09:14:16 user  message       [off branch] Too slow. Another?
        4 03-02 09:14:20 agent message       [off branch] \`slugline\`.
        5 03-02 09:14:21 user  message       Too slow. Something from the garden?
        6 03-02 09:14:24 agent action        terminal: [off branch] $ pip index versi…
      exit 0"
    `);
  });
});
