import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { makeStory, STORY_ID } from '../helpers/story.ts';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

test('a field that no event has is an error that names similar ones, and nothing is printed', async () => {
  const story = makeStory();
  for (const [asked, near] of [
    ['timestmp', 'timestamp'],
    ['action.comand', 'action.command'],
  ] as const) {
    for (const command of ['search', 'tail']) {
      const { code, stdout, stderr } = await cli([
        command,
        story,
        '--fields',
        asked,
        '-o',
        'ndjson',
      ]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(new RegExp(`^convoscope: --fields ${asked}: no event here .*${near}`));
      expect(lines(stderr)).toHaveLength(1);
    }
  }
});

test('a field that no call has is an error, too', async () => {
  const args = ['calls', makeStory(), '-o', 'table', '--fields'];
  const { code, stdout, stderr } = await cli([...args, 'index,argument.command']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    '--fields argument.command: no call here has this field; did you mean arguments.command',
  );
});

test('a field of the SDK that no event here has is only a note', async () => {
  const { code, stdout, stderr } = await cli([
    'search',
    makeConversation(2),
    '--fields',
    'id,tool_name',
    '-o',
    'ndjson',
  ]);
  expect(code).toBe(0);
  expect(lines(stdout)).toHaveLength(2);
  expect(stderr).toContain('no event here has the field tool_name');
});

test('a field that only few calls have is only a note', async () => {
  const { code, stderr } = await cli([
    'calls',
    makeStory(),
    '--fields',
    'loop.number',
    '-o',
    'ndjson',
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain('no call here has the field loop.number');
});

test('a field that only one event has is found, wherever it is', async () => {
  const events = Array.from({ length: 50 }, (_, index) => messageEvent(index));
  const path = makeConversation([...events, { ...messageEvent(50), made_up: 1 }]);
  const { code, stdout, stderr } = await cli([
    ...['search', path, '--fields', 'made_up', '-o', 'ndjson'],
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(lines(stdout).at(-1)).toBe('{"made_up":1}');
});

test('--fields alone lists the fields of what was found', async () => {
  const story = makeStory();
  const all = lines((await cli(['search', story, '--fields'])).stdout);
  const actions = lines((await cli(['search', story, '-k', 'action', '--fields'])).stdout);
  expect(all).toEqual([...all].sort());
  expect(all).toContain('action.command');
  expect(actions).toContain('tool_call.arguments');
  expect(all).toEqual(expect.arrayContaining(actions));
  expect(actions.length).toBeLessThan(all.length);
  // Each of them can be asked for.
  const { code, stderr } = await cli(['search', story, '--fields', all.join(','), '-o', 'ndjson']);
  expect([code, stderr]).toEqual([0, '']);
});

test('--fields alone lists the fields of calls, with those of their arguments', async () => {
  const { stdout } = await cli(['calls', makeStory(), '--fields']);
  expect(lines(stdout)).toEqual(
    expect.arrayContaining(['arguments.command', 'time', 'answer.path']),
  );
});

test('a limit still stops the reading when fields are asked for', async () => {
  const path = makeConversation(300);
  const read = async (...args: string[]) => {
    const { stderr } = await cli([
      'search',
      path,
      '--sort',
      'index',
      '-n',
      '3',
      '-v',
      '--no-cache',
      ...args,
    ]);
    return Number(/(\d+) opened/.exec(stderr)?.[1]);
  };
  expect(await read('--fields', 'id,tool_name', '-o', 'ndjson')).toBeLessThan(60);
  expect(await read('--fields', 'made_up', '-o', 'ndjson')).toBeNaN(); // an error
  expect(await read('--fields')).toBeLessThan(60);
});

test('a call has its arguments as they are stored, and the files of its events', async () => {
  const { stdout } = await cli(['calls', makeStory(), '-o', 'ndjson', '--meta']);
  for (const line of lines(stdout)) {
    const call = JSON.parse(line);
    const action = JSON.parse(readFileSync(call.path, 'utf8'));
    expect(action.id).toBe(call.id);
    expect(call.timestamp).toBe(action.timestamp);
    expect(call.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    expect(call.conversation).toBe(STORY_ID);
    expect(call._meta).toMatchObject({
      conversation: STORY_ID,
      index: call.index,
      time: call.time,
    });
    const written = action.tool_call?.arguments;
    if (written !== undefined) expect(line).toContain(`"arguments":${written}`);
    if (call.answer)
      expect(JSON.parse(readFileSync(call.answer.path, 'utf8')).id).toBe(call.answer.id);
  }
});

const argumentsOf = async (written: unknown) => {
  const action = {
    ...messageEvent(0),
    kind: 'ActionEvent',
    action: null,
    tool_call: { id: 'c', name: 't', arguments: written, origin: 'completion' },
  };
  const { stdout } = await cli(['calls', makeConversation([action]), '-o', 'ndjson']);
  return stdout.slice(stdout.indexOf('"arguments":') + '"arguments":'.length, -2);
};

test('no digit, key or order of arguments changes', async () => {
  const written = '{"z": 12345678901234567890, "a": 1.0, "a": 1e400, "\\u0041": "\\ud800"}';
  expect(await argumentsOf(written)).toBe(written);
  expect(await argumentsOf('{\n  "a": 1\n}\n')).toBe('{"a":1}');
  expect(await argumentsOf({ a: 1 })).toBe('{"a":1}');
});

test('arguments that are not JSON are a string', async () => {
  for (const written of ['{"a": NaN}', '{"a": ', '', 'x\u2028"', '[1] 2']) {
    expect(JSON.parse(await argumentsOf(written))).toBe(written);
  }
});

test('a half of a character in arguments stays what it is', async () => {
  expect(await argumentsOf('{"a": "\ud800"}')).toBe('{"a": "\\ud800"}');
});

test('text is found in a call or in its answer', async () => {
  const story = makeStory();
  const found = async (...args: string[]) =>
    lines((await cli(['calls', story, ...args, '-o', 'ndjson'])).stdout).map(
      (line) => JSON.parse(line).index,
    );
  expect(await found('PYTEST')).toEqual([2]);
  expect(await found('2 failed')).toEqual([2]);
  expect(await found('2 failed', '-t', 'pytest')).toEqual([]);
  expect(await found('no such text')).toEqual([]);
  const { code, stderr } = await cli(['calls', 'pytest'], { cwd: story });
  expect(code).toBe(2);
  expect(stderr).toContain('to find text in the latest conversation: calls @latest pytest');
});
