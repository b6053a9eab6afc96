import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, cli, terminal } from '../../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../../helpers/conversation.ts';
import { idOf } from '../../helpers/memory.ts';
import { makeStory, STORY_ID } from '../../helpers/story.ts';

const PLAIN = `\
  0 2026-01-01 00:00:00.000 agent       system-prompt -            You are an agent.
  1 2026-01-01 00:00:01.000 user        message       -            Fix the tests, please 🙏
  3 2026-01-01 00:00:01.500 environment state-update  -            execution_status = running
  2 2026-01-01 00:00:02.000 agent       action        terminal     $ pytest -q
  4 2026-01-01 00:00:04.000 environment observation   terminal     [exit 1] 2 failed, 漢字 \\u202egnp
  5 2026-01-01 00:00:05.000 agent       agent-error   terminal     no such tool
`;

const NARROW = `\
  0 01-01 00:00:00 agent system-prompt You are an agent.
  1 01-01 00:00:01 user  message       Fix the tests, please 🙏
  3 01-01 00:00:01 env   state-update  execution_status = running
  2 01-01 00:00:02 agent action        terminal: $ pytest -q
  4 01-01 00:00:04 env   observation   terminal: [exit 1] 2 failed, 漢字 \\u202e…
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
      `{"action":{"command":"pytest -q"},"kind":"ActionEvent","_meta":{"conversation":"${STORY_ID}","index":2,"file":"events/event-00002-${idOf(2)}.json","time":"2026-01-01T00:00:02.000000+00:00"}}\n`,
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

test('300 KB of one event are one line', async () => {
  const path = makeConversation([messageEvent(0, '漢字 🏳️‍🌈 e\u0301\n'.repeat(30_000))]);
  const { stdout } = await cli(['search', path]);
  expect(stdout.length).toBeLessThan(700);
  expect(stdout.split('\n')).toHaveLength(2);
  const { output } = await terminal(['search', path], 80, { NO_COLOR: '1' });
  expect(output).toBe(`  0 01-01 00:00:00 user  message       ${'漢字 🏳️‍🌈 é '.repeat(4)}…\n`);
});
