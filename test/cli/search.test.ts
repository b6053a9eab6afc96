import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, cli, run, terminal } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { makeStory, STORY_ID } from '../helpers/story.ts';

const PLAIN = `\
  0 2026-01-01 00:00:00.000 agent       system-prompt -            You are an agent.
  1 2026-01-01 00:00:01.000 user        message       -            Fix the tests, please 🙏
  3 2026-01-01 00:00:01.500 environment state-update  -            execution_status = running
  2 2026-01-01 00:00:02.000 agent       action        terminal     $ pytest -q
  4 2026-01-01 00:00:04.000 environment observation   terminal     [exit 1] \\x1b[31m2 failed\\x1b[0m, 漢字 \\u202egnp
  5 2026-01-01 00:00:05.000 agent       agent-error   terminal     no such tool
`;

const NARROW = `\
  0 01-01 00:00:00 agent system-prompt You are an agent.
  1 01-01 00:00:01 user  message       Fix the tests, please 🙏
  3 01-01 00:00:01 env   state-update  execution_status = running
  2 01-01 00:00:02 agent action        terminal: $ pytest -q
  4 01-01 00:00:04 env   observation   terminal: [exit 1] \\x1b[31m2 failed\\x1b[…
  5 01-01 00:00:05 agent agent-error   terminal: no such tool
`;

describe('text', () => {
  test('on a pipe', async () => {
    expect(await cli(['search', makeStory()])).toEqual({
      code: 0,
      signal: null,
      stdout: PLAIN,
      stderr: '',
    });
  });

  test('on a terminal of 80 columns, and of 200', async () => {
    const path = makeStory();
    expect(await terminal(['search', path], 80, { NO_COLOR: '1' })).toEqual({
      code: 0,
      output: NARROW,
    });
    expect(await terminal(['search', path], 200, { NO_COLOR: '1' })).toEqual({
      code: 0,
      output: PLAIN,
    });
  });

  test('in colour on a terminal, with no escape but our own', async () => {
    const { output } = await terminal(['search', makeStory()]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it looks for
    const bare = output.replace(/\u001b\[\d+m/g, '');
    expect(output).not.toBe(bare);
    expect(bare).toBe(NARROW);
  });

  test('colour is a wish that can be made and unmade', async () => {
    const path = makeStory();
    const hasColor = async (args: string[], env: NodeJS.ProcessEnv) =>
      (await cli(['search', path, ...args], { env: cleanEnv(env) })).stdout.includes('\u001b[');
    expect(await hasColor([], {})).toBe(false);
    expect(await hasColor(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    expect(await hasColor([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await hasColor([], { FORCE_COLOR: '0' })).toBe(false);
    expect(await hasColor(['--color', 'never'], { FORCE_COLOR: '1' })).toBe(false);
    const onTerminal = async (env: NodeJS.ProcessEnv) =>
      (await terminal(['search', path], 80, env)).output.includes('\u001b[');
    expect(await onTerminal({ NO_COLOR: 'yes' })).toBe(false);
    expect(await onTerminal({ NO_COLOR: '' })).toBe(true);
    expect(await onTerminal({ TERM: 'dumb' })).toBe(false);
  });

  test('context, as grep prints it', async () => {
    const { stdout } = await cli(['search', makeStory(), '--errors', '-B1', '-q']);
    expect(stdout.replace(/^(\s*\d+.).*$/gm, '$1')).toBe('  2-\n  4:\n  5:\n');
    const gap = await cli(['search', makeStory(), '-k', 'system-prompt,agent-error', '-C', '1']);
    expect(gap.stdout.replace(/^(\s*\d+.).*$/gm, '$1')).toBe('  0:\n  1-\n--\n  4-\n  5:\n');
  });
});

describe('table', () => {
  const table = `\
┌───────┬─────────────────────────┬────────┬──────────────┬──────────┬──────────────────────────┐
│ index │ time                    │ source │ kind         │ tool     │ preview                  │
├───────┼─────────────────────────┼────────┼──────────────┼──────────┼──────────────────────────┤
│ 1     │ 2026-01-01 00:00:01.000 │ user   │ message      │          │ Fix the tests, please 🙏 │
│ 5     │ 2026-01-01 00:00:05.000 │ agent  │ agent-error  │ terminal │ no such tool             │
└───────┴─────────────────────────┴────────┴──────────────┴──────────┴──────────────────────────┘
`.replace(/ {2}(│ tool)/, ' $1');

  test('on a pipe and on a terminal', async () => {
    const args = ['search', makeStory(), '-k', 'message,agent-error', '-o', 'table'];
    const piped = await cli(args);
    expect(piped.stdout.replaceAll(/─+/g, '─').replaceAll(/ +/g, ' ')).toBe(
      table.replaceAll(/─+/g, '─').replaceAll(/ +/g, ' '),
    );
    const shown = await terminal(args, 80, { NO_COLOR: '1' });
    expect(shown.output.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(shown.output).toContain('│ 5     │ 01-01 00:00:05 │');
  });

  test('of fields', async () => {
    const { stdout } = await cli([
      'search',
      makeStory(),
      '--errors',
      '-o',
      'table',
      '--fields',
      'kind,observation.exit_code',
    ]);
    expect(stdout).toBe(`\
┌──────────────────┬───────────────────────┐
│ kind             │ observation.exit_code │
├──────────────────┼───────────────────────┤
│ ObservationEvent │ 1                     │
│ AgentErrorEvent  │                       │
└──────────────────┴───────────────────────┘
`);
  });
});

describe('json', () => {
  test('one document, its items byte for byte as on disk', async () => {
    const path = makeStory();
    const odd =
      '{"kind" : "X",  "n":1.0,"big":12345678901234567890,"t":"\u202e\\u00e9","__proto__":{"a":1},"n":2e5}';
    writeFileSync(eventPath(path, 6), `${odd}\n`);
    const { code, stdout, stderr } = await cli(['search', path, '-k', 'X', '--json']);
    const rest = '"next_page_id":null,"scanned":7,"complete":true,"skipped":[]}';
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      `{"format_version":1,"conversation":{"id":"${STORY_ID}","path":"${path}"},"items":[\n${odd}\n],${rest}\n`,
    );
  });

  test('on a terminal too, with what could act on it escaped the JSON way', async () => {
    const path = makeStory();
    const { output } = await terminal(['search', path, '-k', 'observation', '--json'], 2000);
    expect(output).not.toContain('\u001b');
    expect(output).not.toContain('\u202e');
    const file = JSON.parse(readFileSync(eventPath(path, 4), 'utf8'));
    expect(JSON.parse(output).items).toEqual([file]);
  });

  test('a file of several lines becomes one line, its tokens unchanged', async () => {
    const path = makeConversation(1);
    writeFileSync(eventPath(path, 0), '{\n  "kind": "X",\r\n  "n": 1.50,\n  "s": "a  b"\n}\n');
    const { stdout } = await cli(['search', path, '-o', 'ndjson']);
    expect(stdout).toBe('{"kind":"X","n":1.50,"s":"a  b"}\n');
  });

  test('ndjson with fields and meta', async () => {
    const { stdout } = await cli([
      'search',
      makeStory(),
      '-k',
      'action',
      '-o',
      'ndjson',
      '--meta',
      '--fields',
      'action.command,kind',
    ]);
    expect(stdout).toBe(
      `{"action":{"command":"pytest -q"},"kind":"ActionEvent","_meta":{"conversation":"${STORY_ID}","index":2,"file":"events/event-00002-${idOf(2)}.json"}}\n`,
    );
  });

  test('says where to go on', async () => {
    const path = makeStory();
    const first = await cli(['search', path, '-n', '4', '--json', '--fields', 'id']);
    expect(JSON.parse(first.stdout)).toMatchObject({ next_page_id: idOf(4), skipped: [] });
    const next = await cli(['search', path, '--page', idOf(4), '-o', 'ndjson', '--fields', 'id']);
    expect(next.stdout).toBe(`{"id":"${idOf(4)}"}\n{"id":"${idOf(5)}"}\n`);
  });
});

test('paths, for xargs', async () => {
  const path = makeStory();
  const args = ['search', path, '-k', 'message,action', '-o', 'paths'];
  const file = (index: number) => join(path, 'events', `event-0000${index}-${idOf(index)}.json`);
  expect((await cli(args)).stdout).toBe(`${file(1)}\n${file(2)}\n`);
  expect((await cli([...args, '-0'])).stdout).toBe(`${file(1)}\0${file(2)}\0`);
  expect((await terminal(args, 300)).output).toBe(`${file(1)}\n${file(2)}\n`);
});

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

test('nothing found is 1', async () => {
  expect(await cli(['search', makeStory(), 'unheard of'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: '',
  });
  expect(await cli(['search', makeConversation(0)])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: '',
  });
});

test('a kind that is nowhere: stderr lists those that are', async () => {
  const { code, stderr } = await cli(['search', makeStory(), '-k', 'mesage']);
  expect(code).toBe(1);
  expect(stderr).toBe(
    'convoscope: no event looked at is of kind mesage (did you mean message?); kinds there: ActionEvent, AgentErrorEvent, ' +
      'ConversationStateUpdateEvent, MessageEvent, ObservationEvent, SystemPromptEvent\n',
  );
  expect((await cli(['search', makeStory(), '-k', 'mesage', '-q'])).stderr).toBe('');
});

test('-v tells what was done', async () => {
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

test('a reader that closes the pipe early is no error', async () => {
  const path = makeConversation(2000);
  const script = `"$0" bin/convoscope.js search "$1" | head -1; echo "\${PIPESTATUS[*]}"`;
  const { stdout, stderr } = await run('bash', ['-c', script, process.execPath, path]);
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(1)).toEqual(['0 0', '']);
});

test.each([
  ['(a+)+$', 'INT', 130],
  ['(a|a)*c', 'INT', 130],
  ['(a?){40}c', 'INT', 130],
  ['(a+)+$', 'TERM', 143],
])(
  'an expression that would run for ever is interrupted: %s by %s',
  async (expression, signal, code) => {
    const path = makeConversation([messageEvent(0, `${'a'.repeat(60)}b`)]);
    const script = `"$0" bin/convoscope.js search "$1" -e "$2" & sleep 1; kill -${signal} $!; wait $!; echo $?`;
    const { stdout } = await run('bash', ['-mc', script, process.execPath, path, expression]);
    expect(stdout).toBe(`${code}\n`);
  },
);

test('a stderr that cannot be written changes no exit code', async () => {
  const path = makeStory();
  writeFileSync(eventPath(path, 9), '{');
  const script =
    '"$0" bin/convoscope.js search "$1" 2>/dev/full; echo "$?"; "$0" bin/convoscope.js count nonexistent 2>/dev/full; echo "$?"';
  const { stdout } = await run('bash', ['-c', script, process.execPath, path]);
  expect(stdout.split('\n').slice(6)).toEqual(['3', '2', '']);
});

test('a full disk is told in one line', async () => {
  const script = '"$0" bin/convoscope.js search "$1" >/dev/full; echo "$?" >&2';
  const { stderr } = await run('bash', ['-c', script, process.execPath, makeStory()]);
  expect(stderr).toBe("convoscope: can't write output: ENOSPC\n2\n");
});

test('odd texts take no longer than others', async () => {
  const path = makeConversation(1);
  writeFileSync(eventPath(path, 0), `{${'\n'.repeat(300_000)}"id":"x"${' '.repeat(300_000)}}`);
  writeFileSync(eventPath(path, 1), `{"x":[${'1,'.repeat(3_000_000)}1],"y":"end"}`);
  expect((await cli(['search', path, '-o', 'ndjson', '--index', '0'])).stdout).toBe('{"id":"x"}\n');
  expect((await cli(['count', path, '-t', 'end', '--index', '1'])).stdout).toBe('1\n');
});

test('300 KB of one event are one line', async () => {
  const path = makeConversation([messageEvent(0, '漢字 🏳️‍🌈 e\u0301\n'.repeat(30_000))]);
  const { stdout } = await cli(['search', path]);
  expect(stdout.length).toBeLessThan(700);
  expect(stdout.split('\n')).toHaveLength(2);
  const { output } = await terminal(['search', path], 80, { NO_COLOR: '1' });
  expect(output).toBe(`  0 01-01 00:00:00 user  message       ${'漢字 🏳️‍🌈 e\u0301 '.repeat(4)}…\n`);
});
