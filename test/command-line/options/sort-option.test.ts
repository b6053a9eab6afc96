import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveSort, type SortKey } from '../../../src/command-line/options/sort-option.ts';
import { cli, ROOT } from '../../helpers/cli.ts';
import { makeStory } from '../../helpers/story.ts';

const LIST_ROOT = join(ROOT, 'fixtures/conversations/1.58.2');

test.each([
  ['ls', 'time', 'activity or started'],
  ['ls', 'TIMESTAMP_DESC', 'activity or started'],
  ['ls', 'updated_at', 'activity'],
  ['ls', 'created_at', 'started'],
  ['ls', 'activty', 'activity'],
  ['ls', 'name', 'title'],
  ['stats', 'time', 'index or latency'],
  ['stats', 'price', 'cost'],
  ['calls', 'latency', 'duration'],
  ['calls', 'durations', 'duration'],
  ['search', 'activity', 'time_desc or index_desc'],
  ['search', 'latest', 'time_desc or index_desc'],
])(
  '%s --sort %s lists the words that it takes, and says what may be meant',
  async (command, word, meant) => {
    const where = command === 'ls' ? LIST_ROOT : makeStory();
    const { code, stdout, stderr } = await cli([command, where, '--sort', word]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^convoscope: --sort \S+: not one of [a-z, ]+, each also with _desc or _asc.*\n$/,
    );
    expect(stderr).toContain(` (did you mean ${meant}?)\n`);
  },
);

test('a word that means nothing here gets no suggestion', async () => {
  const { stderr } = await cli(['calls', makeStory(), '--sort', 'cost']);
  expect(stderr).toBe(
    'convoscope: --sort cost: not one of index, time, duration, each also with _desc or _asc, or TIMESTAMP, TIMESTAMP_DESC, asc, desc\n',
  );
});

test.each<[SortKey, string]>([
  ['activity', 'last_activity'],
  ['started', 'started'],
  ['events', 'events'],
  ['size', 'bytes'],
  ['duration', 'seconds'],
  ['cost', 'cost'],
  ['id', 'id'],
])('ls --sort %s goes in the direction that the word has everywhere', async (key, field) => {
  const { descending } = resolveSort(key, [key]);
  const values = async (word: string) => {
    const { stdout } = await cli(['ls', LIST_ROOT, '--sort', word, '--json']);
    const { items } = JSON.parse(stdout) as { items: Record<string, number | string | null>[] };
    return items.flatMap((item) => item[field] ?? []);
  };
  const found = await values(key);
  expect(new Set(found).size).toBeGreaterThan(1);
  const sorted = found.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(found).toEqual(descending ? sorted.toReversed() : sorted);
  expect(await values(`${key}_${descending ? 'asc' : 'desc'}`)).toEqual(found.toReversed());
});
