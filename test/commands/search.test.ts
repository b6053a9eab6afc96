import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { makeStory } from '../helpers/story.ts';

test('the second operand is a pattern, and no option swallows it', async () => {
  const path = makeStory();
  const ids = async (...args: string[]) =>
    (await cli(['search', ...args, '-o', 'ndjson', '--meta'])).stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)._meta.index);
  expect(await ids(path, 'PYTEST')).toEqual([2]);
  expect(await ids('-k', 'action', path, 'pytest')).toEqual([2]);
  expect(await ids('-k', 'action,message', '-k', '!message', path)).toEqual([2]);
  expect(await ids(path, 'fix', '-t', 'please')).toEqual([1]);
  expect(await ids(path, 'type: text')).toEqual([]);
  expect(await ids(path, '--sort', 'desc', '--index', '2..4')).toEqual([4, 2, 3]);
  expect(
    await ids(path, '--since', '2026-01-01T00:00:01.500000', '--until', '2026-01-01T00:00:04Z'),
  ).toEqual([3, 2]);
  expect(await ids(path, '--since', '2026-01-01T00:00:04', '--tz', '+01:00')).toEqual([4, 5]);
  expect(await ids(path, '--id', idOf(3))).toEqual([3]);
});

test('nothing found is 1, and stderr says why', async () => {
  expect(await cli(['search', makeStory(), 'unheard of'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'convoscope: no events: none of 6 events passes the filters\n',
  });
  expect(await cli(['search', makeConversation(0)])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'convoscope: no events: there are none\n',
  });
});

test('tail and count --by say why they show nothing, and -q does not', async () => {
  const story = makeStory();
  const note = 'convoscope: no events: none of 6 events passes the filters\n';
  for (const args of [['tail'], ['count', '--by', 'kind'], ['search']]) {
    const [command = '', ...options] = args;
    const line = [command, story, ...options, '-t', 'unheard of'];
    expect(await cli(line)).toMatchObject({ stdout: '', stderr: note });
    expect(await cli([...line, '-q'])).toMatchObject({ stdout: '', stderr: '' });
  }
  expect(await cli(['count', story, '-t', 'unheard of'])).toMatchObject({
    stdout: '0\n',
    stderr: '',
  });
});

test('for an unknown kind, stderr lists the kinds found', async () => {
  const { code, stderr } = await cli(['search', makeStory(), '-k', 'mesage']);
  expect(code).toBe(1);
  expect(stderr).toBe(
    'convoscope: found no event of kind mesage (did you mean message?); kinds found: ActionEvent, AgentErrorEvent, ' +
      'ConversationStateUpdateEvent, MessageEvent, ObservationEvent, SystemPromptEvent\n',
  );
  expect((await cli(['search', makeStory(), '-k', 'mesage', '-q'])).stderr).toBe('');
});

test('-v prints read statistics', async () => {
  const { stderr } = await cli(['search', makeStory(), '--page', idOf(1), '-v']);
  expect(stderr).toMatch(
    /^convoscope: event files: 6 opened, 6 read \(\d+ bytes\), 6 parsed, \d+ from memory, 0 cache hits; jobs 16, one at a time; \d+ ms\n$/,
  );
});

test('a limit stops the reading: 1,000 events, the first five match', async () => {
  const path = makeConversation(
    Array.from({ length: 1000 }, (_, at) => messageEvent(at, at < 5 ? 'needle' : 'hay')),
  );
  for (const extra of [[], ['--json'], ['--jobs', '1']]) {
    const { code, stderr } = await cli(['search', path, 'needle', '--limit', '5', '-v', ...extra]);
    expect(code).toBe(0);
    expect(Number(/(\d+) opened/.exec(stderr)?.[1])).toBeLessThan(64);
  }
});

test('very long white space and lists are searched like other events', async () => {
  const path = makeConversation(1);
  writeFileSync(eventPath(path, 0), `{${'\n'.repeat(300_000)}"id":"x"${' '.repeat(300_000)}}`);
  writeFileSync(eventPath(path, 1), `{"x":[${'1,'.repeat(3_000_000)}1],"y":"end"}`);
  expect((await cli(['search', path, '-o', 'ndjson', '--index', '0'])).stdout).toBe('{"id":"x"}\n');
  expect((await cli(['count', path, '-t', 'end', '--index', '1'])).stdout).toBe('1\n');
});
