import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { StartAction } from '../src/command-line/options/common-options.ts';
import { callsCommand } from '../src/commands/calls.ts';
import { countCommand } from '../src/commands/count.ts';
import { searchCommand } from '../src/commands/search.ts';
import { showCommand } from '../src/commands/show.ts';
import { statsCommand } from '../src/commands/stats.ts';
import { treeCommand } from '../src/commands/tree.ts';
import { verifyCommand } from '../src/commands/verify.ts';
import { UsageError } from '../src/domain/errors.ts';
import { SCHEMAS } from '../src/report/schemas/index.ts';
import { cli, ROOT } from './helpers/cli.ts';
import { eventPath, makeConversation } from './helpers/conversation.ts';
import { fixtures } from './helpers/fixtures.ts';
import { inside } from './helpers/inside.ts';
import { makeStory } from './helpers/story.ts';

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
  await expect(text).toMatchFileSnapshot(`../docs/schemas/${name}.json`);
});

test('a document that differs from its schema is seen', () => {
  expect(problems('where', '{"format_version":1,"roots":[],"latest":null}')).toEqual([]);
  expect(problems('where', '{"format_version":1,"roots":[],"latest":null,"more":1}')).not.toEqual(
    [],
  );
  expect(problems('where', '{"format_version":2,"roots":[],"latest":null}')).not.toEqual([]);
});

const RECORDED = join(ROOT, '../shared/recorded');
const recorded = existsSync(RECORDED)
  ? readdirSync(RECORDED, { withFileTypes: true })
      .filter((group) => group.isDirectory())
      .flatMap(({ name }) =>
        readdirSync(join(RECORDED, name)).map((id) => join(RECORDED, name, id)),
      )
  : [];

const COMMANDS: [Name, (start: StartAction) => Command, string[]][] = [
  ['calls', callsCommand, []],
  ['count', countCommand, ['--by', 'kind', '--branch', 'all']],
  ['search', searchCommand, ['-n', '3', '--meta', '-A', '1', '--branch', 'all']],
  ['show', showCommand, []],
  ['show-view', showCommand, ['--view']],
  ['stats', statsCommand, []],
  ['tree', treeCommand, []],
  ['verify', verifyCommand, []],
];

describe.each([...fixtures.map(({ path }) => path), ...recorded])('%s', (path) => {
  test('every command answers as its schema says', async () => {
    for (const [name, make, options] of COMMANDS) {
      try {
        const { code, stdout } = await inside(make, [path, ...options, '--json', '-q']);
        expect([name, code === 2, problems(name, stdout)]).toEqual([name, false, []]);
      } catch (error) {
        // There is no event to be shown, or none that has a place in the tree.
        expect([make, error instanceof UsageError && error.message]).toEqual([
          showCommand,
          expect.stringMatching(/there are 0 events|no place in the tree/),
        ]);
      }
    }
    const lines = (await inside(callsCommand, [path, '-o', 'ndjson'])).stdout
      .split('\n')
      .slice(0, -1);
    expect(lines.flatMap((line) => problems('calls-line', line))).toEqual([]);
  });
});

test('and those about several conversations, and about damaged ones', async () => {
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
    ['calls', ['calls', broken]],
  ];
  for (const [name, args] of answers) {
    const json = name === 'seal' ? [] : ['--json'];
    const { stdout } = await cli([...args, ...json]);
    expect([name, problems(name, stdout)]).toEqual([name, []]);
  }
  const findings = (await cli(['verify', broken, '-o', 'ndjson'])).stdout.trim().split('\n');
  expect(findings.flatMap((line) => problems('verify-line', line))).toEqual([]);
  const listed = (await cli(['ls', root, '-o', 'ndjson'])).stdout.trim().split('\n');
  expect(listed.flatMap((line) => problems('ls-line', line))).toEqual([]);
  const events = (await cli(['tail', story, '--json', '--meta'])).stdout.trim().split('\n');
  expect(events.flatMap((line) => problems('event', line))).toEqual([]);
});
