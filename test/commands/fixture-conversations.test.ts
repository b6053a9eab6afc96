import { describe, expect, test } from 'vitest';
import { isFault } from '../../src/domain/event.ts';
import { cli, terminal } from '../helpers/cli.ts';
import { fixtures, openFixture } from '../helpers/fixtures.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { ACTS, width } from '../helpers/screen.ts';

/** What an SDK version wrote and refuses itself, by the codes of the findings. */
const WRITTEN_BUT_NOT_READ: Record<string, string[]> = {
  // Half of a surrogate pair, written as an escape.
  '1.4.1/text': ['bad-field'],
  // The first events hold a user's message and no system prompt, so the SDK refuses the next message.
  '1.58.2/days': ['not-resumable'],
};

describe.each(fixtures)('$name', ({ name, conversation, path, events }) => {
  test('search -o ndjson prints its events byte for byte', async () => {
    const { stdout } = await cli(['search', path, '-o', 'ndjson']);
    const log = openFixture(conversation);
    const texts: string[] = [];
    for (const outcome of await outcomesOf(log)) {
      if (!isFault(outcome)) texts.push(outcome.text);
    }
    expect(stdout.split('\n').slice(0, -1).sort()).toEqual(texts.sort());
  });

  test('verify finds no error, judged by the SDK version that wrote it', async () => {
    const version = name.slice(0, name.indexOf('/'));
    const { stdout } = await cli(['verify', path, '--json', '--sdk', version]);
    const { totals, conversations } = JSON.parse(stdout);
    expect(totals).toMatchObject({ events });
    const found = (conversations[0].findings as { code: string; severity: string }[])
      .filter(({ severity }) => severity === 'error')
      .map(({ code }) => code);
    expect(found).toEqual(WRITTEN_BUT_NOT_READ[name] ?? []);
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
