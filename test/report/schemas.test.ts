import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMAND_GROUPS } from '../../src/commands/registry.ts';
import { SCHEMAS } from '../../src/report/schemas/index.ts';
import { cli, ROOT } from '../helpers/cli.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { hasRecorded, RECORDED } from '../helpers/screens.ts';
import { makeStory } from '../helpers/story.ts';
import { sample } from '../helpers/sweep.ts';

type Name = keyof typeof SCHEMAS;

/** As JSON Schema, of the draft that most validators read. */
function schemaOf(name: Name): object {
  const { $schema, ...schema } = z.toJSONSchema(SCHEMAS[name], { target: 'draft-07' });
  return { $schema, $id: `convoscope/${name}`, title: `convoscope ${name}`, ...schema };
}

const ajv = new Ajv({ allErrors: true });
const validators = Object.fromEntries(
  (Object.keys(SCHEMAS) as Name[]).map((name) => [name, ajv.compile(schemaOf(name))]),
) as Record<Name, Ajv.ValidateFunction>;

function problems(name: Name, json: string): unknown[] {
  validators[name](JSON.parse(json));
  return validators[name].errors ?? [];
}

test.each(Object.keys(SCHEMAS) as Name[])('docs/schemas/%s.json is up to date', async (name) => {
  const text = `${JSON.stringify(schemaOf(name), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`../../docs/schemas/${name}.json`);
});

test('a document that differs from its schema is reported', () => {
  expect(problems('where', '{"format_version":1,"roots":[],"latest":null}')).toEqual([]);
  expect(problems('where', '{"format_version":1,"roots":[],"latest":null,"more":1}')).not.toEqual(
    [],
  );
  expect(problems('where', '{"format_version":2,"roots":[],"latest":null}')).not.toEqual([]);
});

const recorded = hasRecorded
  ? readdirSync(RECORDED, { withFileTypes: true })
      .filter((group) => group.isDirectory())
      .flatMap(({ name }) =>
        readdirSync(join(RECORDED, name)).map((id) => join(RECORDED, name, id)),
      )
  : [];

const COMMANDS: [Name, string[]][] = [
  ['calls', ['calls']],
  ['count', ['count', '--by', 'kind', '--branch', 'all']],
  ['search', ['search', '-n', '3', '--meta', '-A', '1', '--branch', 'all']],
  ['show', ['show']],
  ['show-view', ['show', '--view']],
  ['stats', ['stats']],
  ['tree', ['tree']],
  ['why', ['why']],
  ['verify', ['verify']],
];

/** Command that prints lines → its arguments, and the schema of a line. */
const LINES: Record<string, [Name, string[]][]> = {
  cache: [['cache-line', ['cache']]],
  calls: [['calls-line', ['calls', '@', '--meta']]],
  count: [
    ['count-line', ['count', '@']],
    ['count-line', ['count', '@', '--by', 'tool']],
  ],
  export: [['event', ['export', '@']]],
  ls: [['ls-line', ['ls', '@', '--tree']]],
  search: [['event', ['search', '@', '-n', '3', '--meta', '--matches', '-t', 'e']]],
  stats: [
    ['stats', ['stats', '@']],
    ['stats-steps-line', ['stats', '@', '--steps']],
  ],
  tail: [['event', ['tail', '@', '--meta']]],
  tree: [['tree-line', ['tree', '@']]],
  verify: [['verify-line', ['verify', '@']]],
  where: [['where-line', ['where', '--root', '@']]],
};

/** What is wrong with the lines that a command prints about a folder, and how many there are. */
async function lineProblems(path: string, name: Name, args: readonly string[]) {
  const words = args.map((word) => (word === '@' ? path : word));
  const { stdout } = await runInProcess([...words, '-o', 'ndjson']);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { count: lines.length, wrong: lines.flatMap((line) => problems(name, line)) };
}

test('every command that prints lines has schemas for them', async () => {
  const loaders = Object.values(COMMAND_GROUPS).flatMap((group) => Object.entries(group));
  const printing: string[] = [];
  for (const [name, load] of loaders) {
    const { options } = (await load())(async () => {});
    const formats = options.find(({ long }) => long === '--output')?.argChoices;
    if (formats?.includes('ndjson')) printing.push(name);
  }
  expect(printing.sort()).toEqual(Object.keys(LINES).sort());
});

describe.each(sample([...fixtures.map(({ path }) => path), ...recorded], 12))('%s', (path) => {
  test('every command answers as its schema says', async () => {
    for (const [name, [command = '', ...options]] of COMMANDS) {
      const args = [command, path, ...options, '--json', '-q'];
      const { code, stdout, stderr } = await runInProcess(args);
      if (code === 2) {
        // The conversation has no event to show, or the event is not part of the tree.
        expect([command, stderr]).toEqual([
          'show',
          expect.stringMatching(/there are 0 events|not part of the tree/),
        ]);
      } else expect([name, problems(name, stdout)]).toEqual([name, []]);
    }
    for (const [name, args] of Object.values(LINES).flat()) {
      const { wrong } = await lineProblems(path, name, args);
      expect([name, wrong]).toEqual([name, []]);
    }
  });
});

test('commands on several or damaged conversations answer as their schemas say', async () => {
  const story = makeStory();
  const broken = makeConversation(3);
  await cli(['count', story, '--kind', 'action']);
  truncateSync(eventPath(broken, 1), 20);
  const root = join(ROOT, 'fixtures/conversations/1.58.2');
  const answers: [Name, string[]][] = [
    ['ls', ['ls', root]],
    ['where', ['where', '--root', root]],
    ['diff', ['diff', story, broken]],
    ['cache', ['cache']],
    ['seal', ['seal', story]],
    ['verify', ['verify', broken]],
    ['search', ['search', broken]],
    ['stats', ['stats', broken]],
    ['tree', ['tree', broken]],
    ['why', ['why', broken]],
    ['calls', ['calls', broken]],
  ];
  for (const [name, args] of answers) {
    const json = name === 'seal' ? [] : ['--json'];
    const { stdout } = await cli([...args, ...json]);
    expect([name, problems(name, stdout)]).toEqual([name, []]);
  }
  const printed = new Set<string>();
  for (const folder of [story, broken, root]) {
    for (const [name, args] of Object.values(LINES).flat()) {
      const { count, wrong } = await lineProblems(folder, name, args);
      expect([name, wrong]).toEqual([name, []]);
      if (count > 0) printed.add(args.join(' '));
    }
  }
  expect(printed.size).toBe(Object.values(LINES).flat().length);
  const events = (await cli(['tail', story, '--json', '--meta'])).stdout.trim().split('\n');
  expect(events.flatMap((line) => problems('event', line))).toEqual([]);
});
