import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import { eventPath, makeConversation } from '../../helpers/conversation.ts';
import { makeStory } from '../../helpers/story.ts';

const NOTE = 'convoscope: no event here has the field ';

test.each([
  [['search'], 1],
  [['calls'], 1],
  [['count'], 0],
  [['count', '--by', 'kind'], 0],
  [['tail'], 0],
  [['export', '-o', 'ndjson'], 0],
])('%j names a field of --where that no event has, and similar ones', async (words, exit) => {
  const [command = '', ...options] = words;
  const { code, stderr } = await cli([
    command,
    makeStory(),
    ...options,
    '-w',
    'observation.exitcode=1',
  ]);
  expect(code).toBe(exit);
  expect(stderr).toContain(`${NOTE}observation.exitcode (did you mean observation.exit_code?)\n`);
});

test.each([
  ['exit_code=1', 'exit_code (did you mean observation.exit_code'],
  ['obsrvation.kind=x', 'obsrvation.kind (did you mean '],
  ['action.0.comand~x', 'action.0.comand (did you mean action.command'],
  ['zzzzzz:', 'zzzzzz\n'],
])('--where %s', async (where, named) => {
  const { stderr } = await cli(['search', makeStory(), '-w', where]);
  expect(stderr).toContain(NOTE + named);
});

test('every field that no event has is named', async () => {
  const path = makeConversation(3);
  const { stderr } = await cli(['search', path, '-w', 'id~.', '-w', 'sorce=user', '-w', 'qqq=1']);
  expect(stderr).toBe(`${NOTE}sorce (did you mean source?), qqq\n`);
});

test('a field that an event has is no reason, even if the other filters leave that event out', async () => {
  const { code, stderr } = await cli(['search', makeStory(), '-w', 'observation.exit_code=77']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/no events: none of \d+ events passes the filters\n$/);
  expect(
    (await cli(['search', makeStory(), '--index', '0', '-w', 'observation.kind:'])).stderr,
  ).not.toContain('has the field');
});

test('an event that can not be read can have the field', async () => {
  const path = makeConversation(3);
  writeFileSync(eventPath(path, 1), '{');
  const { stderr } = await cli(['search', path, '-w', 'sorce=user']);
  expect(stderr).toContain(
    'no event that can be read has the field sorce (did you mean source?)\n',
  );
});

test('without events there is nothing to say about fields', async () => {
  const { stderr } = await cli(['search', makeConversation(0), '-w', 'sorce=user']);
  expect(stderr).toBe('convoscope: no events: there are none\n');
});
