import { describe, expect, test } from 'vitest';
import { formatAge } from '../../../src/report/ls/age.ts';
import { shortModels } from '../../../src/report/ls/short-models.ts';
import { shortTitles } from '../../../src/report/ls/short-titles.ts';
import { shortIds } from '../../../src/report/subagents/short-ids.ts';
import { formatCompact } from '../../../src/report/text/amounts.ts';
import { fitColumns } from '../../../src/report/text/fitting/flexible-columns.ts';

const ID = '11111111aaaa4bbb8ccc000000000001';
const short = (...ids: string[]) => ids.map(shortIds(ids));

describe('ids', () => {
  test('keep 8 digits, or as many as are unique', () => {
    expect(short(ID, 'abcdef00aaaa4bbb8ccc000000000001')).toEqual(['11111111', 'abcdef00']);
    expect(short(ID, '11111111aabb4bbb8ccc000000000001')).toEqual(['11111111aaa', '11111111aab']);
    expect(short(ID, ID.toUpperCase().replace(/1$/, '2'))[0]).toBe(ID);
  });

  test('long names are cut at the end of a word, and stay unique', () => {
    expect(
      short('critic1-safety-bypass-auth', 'critic1-safety-business-intelligence', 'short-name'),
    ).toEqual(['critic1-safety-bypass', 'critic1-safety-business', 'short-name']);
    const one = 'critic1-safety-bypass';
    expect(short(one, `${one}-auth-of-the-server`)).toEqual([one, `${one}-auth`]);
    expect(short(`${'a'.repeat(40)}-1`, `${'a'.repeat(40)}-2`)[0]).toBe(`${'a'.repeat(40)}-1`);
    // The unique part ends within a surrogate pair.
    expect(short(`${'x'.repeat(25)}😀 one`, `${'x'.repeat(25)}😁 two`)[0]).toBe(
      `${'x'.repeat(25)}😀`,
    );
  });
});

test('with room, names are shown whole or cut at the end of a word', () => {
  const ids = [
    'critic1-safety-attendance',
    'critic1-safety-applications',
    'critic1-safety-corrupt-transactions',
    `${ID}__tail16_idx-synthetic`,
  ];
  expect(ids.map(shortIds(ids, 160))).toEqual([
    'critic1-safety-attendance',
    'critic1-safety-applications',
    'critic1-safety-corrupt',
    '11111111aaaa4bbb',
  ]);
});

test('names of models lose provider and date where they stay distinct', () => {
  const models = [
    'litellm_proxy/anthropic/claude-sonnet-4-20250514',
    'openai/gpt-4o-2024-08-06',
    'openai/gpt-4o-2024-11-20',
    'gpt-5',
    'openrouter/gpt-5',
    'provider/',
  ];
  expect([...shortModels(models).values()]).toEqual([
    'claude-sonnet-4',
    'gpt-4o-2024-08-06',
    'gpt-4o-2024-11-20',
    'gpt-5',
    'openrouter/gpt-5',
    'provider/',
  ]);
});

describe('titles', () => {
  const prompt = (path: string, issue: string) =>
    `I've uploaded a python code repository in the directory ${path}. Consider the following issue:\n\n${issue}`;

  test('skip the beginning that several of them share, but keep where they differ', () => {
    expect(
      shortTitles([
        prompt('/tmp/a/sympy', 'Sums are wrong'),
        'hello',
        undefined,
        prompt('/tmp/b/sphinx', 'Links are broken'),
      ]),
    ).toEqual(['…sympy: Sums are wrong', 'hello', undefined, '…sphinx: Links are broken']);
  });

  test('stay whole where nothing would be left, or little is shared', () => {
    const same = prompt('/tmp/a/sympy', 'Sums are wrong');
    for (const titles of [
      [same, same],
      [same, `${same} and more`],
      ['Fix the bug in A today', 'Fix the bug in B now'],
      [same],
    ]) {
      expect(shortTitles(titles)).toEqual(titles);
    }
  });
});

test('an age is given in one unit', () => {
  const [minute, hour, day] = [60e6, 3600e6, 86_400e6];
  const now = 2e15;
  const ages = [
    0,
    45e6,
    3 * minute,
    119 * minute,
    5 * hour,
    3 * day,
    59 * day,
    400 * day,
    1100 * day,
  ];
  expect(ages.map((age) => formatAge(now - age, now))).toEqual([
    '0s',
    '45s',
    '3m',
    '119m',
    '5h',
    '3d',
    '59d',
    '13mo',
    '3y',
  ]);
  expect(formatAge(now + 3 * day, now)).toBe('+3d');
  expect(formatAge(undefined, now)).toBe('-');
});

test('large counts are rounded down', () => {
  expect([9999, 12_399, 11_185_962, 2e9].map(formatCompact)).toEqual([
    '9,999',
    '12.3k',
    '11.1M',
    '2.0B',
  ]);
});

test('columns are taken back where a wide one is left out', () => {
  const columns = [
    { width: 8, minWidth: undefined, rank: undefined },
    { width: 6, minWidth: undefined, rank: 8 },
    { width: 60, minWidth: 20, rank: 10 },
    { width: 60, minWidth: 30, rank: 11 },
  ];
  expect(fitColumns(columns, 52)).toEqual([8, 6, undefined, 36]);
});

test('columns of the lowest rank are left out, and the last one is cut further', () => {
  const columns = [
    { width: 8, minWidth: undefined, rank: undefined },
    { width: 6, minWidth: undefined, rank: 1 },
    { width: 50, minWidth: 20, rank: 2 },
  ];
  expect(fitColumns(columns, 100)).toEqual([8, 6, 50]);
  expect(fitColumns(columns, 40)).toEqual([8, 6, 24]);
  expect(fitColumns(columns, 35)).toEqual([8, undefined, 26]);
  expect(fitColumns(columns, 20)).toEqual([8, undefined, 11]);
  expect(fitColumns(columns, 15)).toEqual([8, 6, undefined]);
});
