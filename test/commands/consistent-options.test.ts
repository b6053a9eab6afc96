import type { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { SortOption } from '../../src/command-line/options/sort-option.ts';
import { COMMAND_GROUPS } from '../../src/commands/registry.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { makeStory } from '../helpers/story.ts';

async function allCommands(): Promise<Command[]> {
  const loaders = Object.values(COMMAND_GROUPS).flatMap((group) => Object.values(group));
  return Promise.all(loaders.map(async (load) => (await load())(async () => {})));
}

const optionsOf = async (): Promise<{ command: string; option: Option }[]> =>
  (await allCommands()).flatMap((command) =>
    command.options.map((option) => ({ command: command.name(), option })),
  );

const visible = async () => (await optionsOf()).filter(({ option }) => !option.hidden);

test('an option takes the same value in every command', async () => {
  const forms = new Map<string, Set<string>>();
  for (const { option } of await optionsOf()) {
    const long = option.long ?? '';
    forms.set(long, (forms.get(long) ?? new Set()).add(option.flags.replace(/^-\w, /, '')));
  }
  const different = [...forms].filter(([, flags]) => flags.size > 1).map(([long]) => long);
  expect(different).toEqual([]);
});

test('a letter stands for one option, except that tail counts lines', async () => {
  const longs = new Map<string, Set<string>>();
  for (const { option } of await optionsOf()) {
    if (!option.short) continue;
    longs.set(option.short, (longs.get(option.short) ?? new Set()).add(option.long ?? ''));
  }
  const several = [...longs].filter(([, names]) => names.size > 1);
  expect(several.map(([short, names]) => [short, [...names].sort()])).toEqual([
    ['-n', ['--limit', '--lines']],
  ]);
  const tail = (await allCommands()).find((command) => command.name() === 'tail');
  expect(tail?.options.map(({ long }) => long)).toContain('--limit');
});

test('formats are chosen with -o everywhere, and no other visible option', async () => {
  const formats = (await visible()).filter(({ option }) => {
    const choices = option.argChoices ?? [];
    return ['text', 'json', 'ndjson', 'html', 'md'].some((format) => choices.includes(format));
  });
  expect(new Set(formats.map(({ option }) => option.flags))).toEqual(
    new Set(['-o, --output <format>']),
  );
});

test('every --sort takes words of one table', async () => {
  const sorts = (await visible()).filter(({ option }) => option.long === '--sort');
  expect(sorts.map(({ command }) => command)).toEqual(
    expect.arrayContaining(['search', 'calls', 'ls', 'stats']),
  );
  for (const { option } of sorts) expect(option).toBeInstanceOf(SortOption);
});

test('every word that --sort completes is taken, and an unknown one lists the valid ones', async () => {
  const story = makeStory();
  const operand: Record<string, string> = { ls: temporaryFolder() };
  for (const { command, option } of await visible()) {
    if (!(option instanceof SortOption)) continue;
    const where = operand[command] ?? story;
    for (const word of option.words) {
      const { code, stderr } = await cli([command, where, '--sort', word]);
      expect([command, word, code, stderr]).not.toEqual([command, word, 2, stderr]);
    }
    const { code, stderr } = await cli([command, where, '--sort', 'nonsense']);
    expect([command, code]).toEqual([command, 2]);
    for (const key of option.keys) expect(stderr).toContain(key);
  }
});

/** Commands that list things: arguments, and where in the JSON document the items are. */
const LISTS: [string[], (document: Record<string, unknown>) => unknown[]][] = [
  [['search'], ({ items }) => items as unknown[]],
  [['calls'], ({ items }) => items as unknown[]],
  [['count', '--by', 'kind'], ({ groups }) => groups as unknown[]],
  [['tree'], ({ segments }) => segments as unknown[]],
  [['stats'], (document) => [document]],
  [['stats', '--steps'], ({ steps }) => steps as unknown[]],
];

/** Rows of a table, without its head. A row can't have several lines. */
const rowsOf = (table: string) =>
  Math.max(0, table.split('\n').filter((line) => line.startsWith('│')).length - 1);

const parsed = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

test.each(LISTS)('%j has the same items in json, ndjson and table', async (args, itemsOf) => {
  const [command = '', ...options] = args;
  for (const { path } of fixtures.slice(0, 12)) {
    const print = async (format: string) =>
      (await cli([command, path, ...options, '-o', format])).stdout;
    const items = itemsOf(JSON.parse(await print('json')));
    expect(parsed(await print('ndjson'))).toEqual(items);
    expect(rowsOf(await print('table'))).toBe(items.length);
    if (items.length > 0) expect(await print('text')).not.toBe('');
  }
});

test('ls, where, verify and cache have the same items in json, ndjson and table', async () => {
  const root = new URL('../../fixtures/conversations/1.58.2', import.meta.url).pathname;
  const lists: [string[], (document: Record<string, unknown[]>) => unknown[]][] = [
    [['ls', root], ({ items = [] }) => items],
    [['where', '--root', root], ({ roots = [] }) => roots],
    [
      ['verify', root],
      ({ conversations = [] }) =>
        (conversations as { findings: unknown[] }[]).flatMap(({ findings }) => findings),
    ],
  ];
  for (const [args, itemsOf] of lists) {
    const print = async (format: string) => (await cli([...args, '-o', format])).stdout;
    const items = itemsOf(JSON.parse(await print('json')));
    const lines = parsed(await print('ndjson'));
    expect(lines).toHaveLength(items.length);
    for (const [at, item] of items.entries()) expect(lines[at]).toMatchObject(item as object);
    expect([args[0], rowsOf(await print('table'))]).toEqual([args[0], items.length]);
  }
  const { stdout } = await cli(['cache', '-o', 'ndjson']);
  const document = JSON.parse((await cli(['cache', '--json'])).stdout);
  expect(parsed(stdout)).toEqual(document.indices);
});
