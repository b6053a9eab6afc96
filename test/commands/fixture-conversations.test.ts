import { describe, expect, test } from 'vitest';
import { isFault } from '../../src/domain/event.ts';
import { cli, terminal } from '../helpers/cli.ts';
import { fixtures, openFixture } from '../helpers/fixtures.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { ACTS, width } from '../helpers/screen.ts';

describe.each(fixtures)('$name', ({ conversation, path, events }) => {
  test('search -o ndjson prints its events byte for byte', async () => {
    const { stdout } = await cli(['search', path, '-o', 'ndjson']);
    const log = openFixture(conversation);
    const texts: string[] = [];
    for (const outcome of await outcomesOf(log)) {
      if (!isFault(outcome)) texts.push(outcome.text);
    }
    expect(stdout.split('\n').slice(0, -1).sort()).toEqual(texts.sort());
  });

  test('verify finds no error', async () => {
    const { code, stdout } = await cli(['verify', path, '--json']);
    expect([code, JSON.parse(stdout).totals]).toMatchObject([0, { events, errors: 0 }]);
  });
});

test.each(fixtures.filter(({ name }) => /text$|plain$/.test(name)))(
  'search on $name fits a terminal of any width, and prints no escape',
  async ({ path }) => {
    for (const columns of [80, 200]) {
      const { output } = await terminal(['search', path], columns, { NO_COLOR: '1' });
      expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
      for (const line of output.split('\n')) {
        expect(width(line)).toBeLessThanOrEqual(columns);
      }
    }
  },
);
