import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMAND_GROUPS } from '../../src/commands/registry.ts';
import { cli, ROOT } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { makeStory } from '../helpers/story.ts';

const LIST_ROOT = join(ROOT, 'fixtures/conversations/1.58.2');
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

/** Commands that list things: arguments, two fields, where in the document the items are, and what an item is called. */
const LISTS: [string[], [string, string], string, string][] = [
  [['ls', LIST_ROOT], ['id', 'coverage.cost.known'], 'items', 'conversation'],
  [['where', '--root', LIST_ROOT], ['path', 'conversations'], 'roots', 'root'],
  [['tree', '@'], ['number', 'first.index'], 'segments', 'segment'],
  [['stats', '@', '--steps'], ['index', 'did.about'], 'steps', 'step'],
];

const over = (args: string[]) => {
  const story = makeStory();
  return args.map((word) => (word === '@' ? story : word));
};
const at = (item: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value.map((one) => (one as Record<string, unknown>)[key]);
    return (value as Record<string, unknown>)[key];
  }, item);

test.each(LISTS)('%j prints only the fields that are asked for', async (list, fields, key) => {
  const args = over(list);
  const asked = [...args, '--fields', fields.join(',')];
  const whole = JSON.parse((await cli([...args, '--json'])).stdout);
  const document = JSON.parse((await cli([...asked, '--json'])).stdout);
  const printed = lines((await cli([...asked, '-o', 'ndjson'])).stdout).map((line) =>
    JSON.parse(line),
  );
  expect(printed.length).toBeGreaterThan(0);
  expect(printed).toEqual(document[key]);
  expect({ ...document, [key]: [] }).toEqual({ ...whole, [key]: [] });
  for (const [position, item] of whole[key].entries()) {
    const short = printed[position];
    expect(Object.keys(short)).toEqual(fields.map((field) => field.split('.')[0]));
    for (const field of fields) expect(at(short, field)).toEqual(at(item, field));
  }
  const table = lines((await cli([...asked, '-o', 'table'])).stdout);
  for (const field of fields) expect(table[1]).toContain(field);
  expect(table.filter((line) => line.startsWith('│'))).toHaveLength(printed.length + 1);
});

test.each(LISTS)(
  '%j lists its fields, and names near ones for a wrong one',
  async (list, fields, _, item) => {
    const args = over(list);
    const listed = lines((await cli([...args, '--fields'])).stdout);
    expect(listed).toEqual(expect.arrayContaining([...fields]));
    const all = await cli([...args, '--fields', listed.join(','), '-o', 'ndjson']);
    expect(all.stderr).not.toContain('has the field');
    const wrong = `${fields[0]}x`;
    const { code, stdout, stderr } = await cli([...args, '--fields', wrong, '-o', 'ndjson']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      new RegExp(`^convoscope: --fields ${wrong}: no ${item} here .*${fields[0]}`),
    );
    const text = await cli([...args, '--fields', fields[0]]);
    expect([text.code, text.stderr]).toEqual([
      2,
      'convoscope: --fields: needs -o json or ndjson or table, not text\n',
    ]);
  },
);

test('a field that a list can have is only a note, also if no item has it', async () => {
  const { code, stdout, stderr } = await cli([
    ...['ls', LIST_ROOT, '--fields', 'id,lease.host', '-o', 'ndjson'],
  ]);
  expect([code === 2, lines(stdout).length > 0]).toEqual([false, true]);
  expect(stderr).toContain('no conversation here has the field lease.host');
});

test('without --steps, the fields are those of the conversation', async () => {
  const args = ['stats', makeStory(), '--fields', 'status,time.seconds'];
  const { stdout } = await cli([...args, '--json']);
  const { status, time, ...rest } = JSON.parse(stdout);
  expect([typeof status, Object.keys(time), rest]).toEqual(['string', ['seconds'], {}]);
  expect((await cli([...args, '-o', 'ndjson'])).stdout).toBe(stdout);
});

test('an empty list has no fields, and none of them is wrong', async () => {
  const args = ['ls', temporaryFolder(), '--fields', 'nothing', '-o', 'ndjson'];
  expect(await cli(args)).toMatchObject({ code: 1, stdout: '' });
});

test('indices of the cache have fields, too', async () => {
  await cli(['count', makeStory(), '--kind', 'action']);
  const { stdout } = await cli(['cache', '--fields', 'events', '-o', 'ndjson']);
  expect(lines(stdout)).toContain('{"events":8}');
});

test('every command with lines takes --fields, except those whose lines have one shape for all', async () => {
  const without: string[] = [];
  for (const [name, load] of Object.values(COMMAND_GROUPS).flatMap((one) => Object.entries(one))) {
    const { options } = (await load())(async () => {});
    const formats = options.find(({ long }) => long === '--output')?.argChoices;
    const hasFields = options.some(({ long }) => long === '--fields');
    if (formats?.includes('ndjson') && !hasFields) without.push(name);
  }
  // Groups have two fields; findings are nested in the document; an export has whole events.
  expect(without.sort()).toEqual(['count', 'export', 'verify']);
});
