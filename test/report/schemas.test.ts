import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
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
    const lines = (await runInProcess(['calls', path, '-o', 'ndjson'])).stdout
      .split('\n')
      .slice(0, -1);
    expect(lines.flatMap((line) => problems('calls-line', line))).toEqual([]);
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
  const findings = (await cli(['verify', broken, '-o', 'ndjson'])).stdout.trim().split('\n');
  expect(findings.flatMap((line) => problems('verify-line', line))).toEqual([]);
  const listed = (await cli(['ls', root, '-o', 'ndjson'])).stdout.trim().split('\n');
  expect(listed.flatMap((line) => problems('ls-line', line))).toEqual([]);
  const events = (await cli(['tail', story, '--json', '--meta'])).stdout.trim().split('\n');
  expect(events.flatMap((line) => problems('event', line))).toEqual([]);
});
