import { describe, expect, test } from 'vitest';
import { terminal } from '../../helpers/cli.ts';
import { fixtures } from '../../helpers/fixtures.ts';
import { ACTS, width } from '../../helpers/screen.ts';
import { NO_COLOR, PLAIN } from '../../helpers/views.ts';

describe.each(fixtures.filter(({ name }) => /text$|tree$|condensation$|other-kinds$/.test(name)))(
  '$name on a terminal',
  ({ path, events }) => {
    test('every view fits 80 columns, and contains no escape', async () => {
      const views = [
        ['calls'],
        ['stats', '--steps'],
        ['tree'],
        ['show', '--view'],
        ['diff', PLAIN],
      ];
      for (const [view = '', ...options] of views) {
        const { output } = await terminal([view, path, ...options], 80, NO_COLOR);
        expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
        for (const line of output.split('\n')) expect(width(line)).toBeLessThanOrEqual(80);
      }
    });

    test('every event can be shown, and contains no escape', async () => {
      for (let index = 0; index < events; index += 3) {
        const { code, output } = await terminal(['show', path, String(index)], 80, NO_COLOR);
        expect(code).toBe(0);
        const acting = [...output].filter((one) => !'\n\t'.includes(one) && ACTS.test(one));
        expect(acting).toEqual([]);
      }
    });
  },
);
