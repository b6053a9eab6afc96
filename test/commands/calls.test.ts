import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation } from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import {
  action,
  answer,
  CONDENSED,
  calls,
  PLAIN,
  rounds,
  screen,
  second,
} from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  expect(await screen('calls', PLAIN)).toMatchInlineSnapshot(`
    "2026-03-02
     3 09:14:16 terminal    4.3s exit 1  $ cd /workspace/project && python -m pytes…
       ↳ FAILED tests/test_slug.py::test_trailing_punctuation - AssertionError: ass…
     5 09:14:21 file_editor 2.3s ok      view /workspace/project/src/slug.py
     8 09:14:31 file_editor 4.3s ok      str_replace /workspace/project/src/slug.py
    10 09:14:36 terminal    3.3s ok      $ python -m pytest -q tests/test_slug.py
    12 09:14:44 terminal    1.4s running $ python -m pytest -q
    14 09:14:50 terminal    1.3s ok      (waits for output)
    17 09:14:59 finish      1.3s ok      \`slugify\` left a dash where the title ends…
    exit 0"
  `);
});

test('marks calls that are forgotten', async () => {
  expect(await screen('calls', CONDENSED, '--index', '8..13')).toMatchInlineSnapshot(`
    "2026-03-02
     8 F 09:14:31 terminal 4.3s ok $ pip install -U pydantic && python -m pytest -q
    12 F 09:14:44 terminal 1.4s ok $ pip install -U uvicorn && python -m pytest -q
    exit 0"
  `);
});

test('a loop is the same call three times or more, alone or in rounds', async () => {
  const path = makeConversation(
    rounds('ls', 'a', 'a', 'a', 'b', 'c', 'b', 'c', 'b', 'c', 'a', 'a'),
  );
  const loops = (await calls(path)).map(({ loop }) => loop);
  const one = { number: 1, kind: 'same-calls', period: 1, times: 3, same_answers: true };
  const two = { number: 2, kind: 'same-calls', period: 2, times: 3, same_answers: true };
  expect(loops).toEqual([null, one, one, one, two, two, two, two, two, two, null, null]);
  expect(await calls(path, '--loops')).toHaveLength(9);
});

test('an error answers the last call with its id', async () => {
  const events = [
    ...rounds('one', 'two'),
    action(4, 'three'),
    {
      id: idOf(5),
      timestamp: stampAt(9 * second),
      source: 'agent',
      tool_name: 'terminal',
      tool_call_id: 'call-0',
      error: 'the process died',
      kind: 'AgentErrorEvent',
    },
  ];
  const path = makeConversation(events);
  expect((await calls(path)).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'failed']);
  expect((await calls(path, '--failed')).map(({ index }) => index)).toEqual([4]);
  expect((await calls(path, '--min-duration', '3s')).map(({ index }) => index)).toEqual([4]);
  const sorted = await calls(path, '--sort', 'duration', '-n', '1');
  expect(sorted.map(({ seconds }) => seconds)).toEqual([5]);
});

test('filters match the action or its answer', async () => {
  const path = makeConversation([
    ...rounds('one'),
    action(2, 'two'),
    answer(3, '1 failed', 1),
    action(4, 'three'),
  ]);
  expect((await calls(path, '--errors')).map(({ index }) => index)).toEqual([2]);
  expect((await calls(path, '-t', 'two')).map(({ index }) => index)).toEqual([2]);
  expect((await calls(path, '--unanswered')).map(({ index }) => index)).toEqual([4]);
  expect(await cli(['calls', path, '-t', 'nothing'])).toMatchObject({ code: 1, stdout: '' });
});

test('a call over ACP is one call, however many events report it', async () => {
  const acp = (index: number, id: string, title: string, status: string) => ({
    id: idOf(index),
    timestamp: stampAt(index * second),
    source: 'agent',
    tool_call_id: id,
    title,
    status,
    tool_kind: 'execute',
    is_error: status === 'failed',
    kind: 'ACPToolCallEvent',
  });
  const path = makeConversation([
    acp(0, 'a', 'run tests', 'pending'),
    acp(1, 'b', 'edit', 'completed'),
    acp(2, 'a', 'run tests', 'in_progress'),
    acp(3, 'a', 'run tests', 'failed'),
    acp(4, 'c', 'lint', 'in_progress'),
  ]);
  const shown = (await calls(path)).map(({ index, outcome, seconds }) => [index, outcome, seconds]);
  expect(shown).toEqual([
    [0, 'failed', 3],
    [1, 'ok', null],
    [4, 'unanswered', null],
  ]);
});

describe('a call over ACP is what its last event says', () => {
  const acp = (index: number, id: string, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(index * second),
    source: 'agent',
    tool_call_id: id,
    title: 'Read File',
    status: 'pending',
    tool_kind: 'read',
    raw_input: {},
    is_error: false,
    kind: 'ACPToolCallEvent',
    ...fields,
  });
  const reads = (folder: string) =>
    makeConversation(
      [1, 2, 3, 4].flatMap((file, at) => [
        acp(2 * at, `t${file}`, { tool_kind: undefined }),
        acp(2 * at + 1, `t${file}`, {
          title: `Read /${folder}/${file}.py`,
          status: 'failed',
          raw_input: { path: `/${folder}/${file}.py` },
          raw_output: 'trying\nno such file\n',
          is_error: true,
        }),
      ]),
    );

  test('its description, tool, error and input', async () => {
    const path = reads('w');
    const items = await calls(path);
    expect(items).toMatchObject(
      [1, 2, 3, 4].map((file) => ({
        tool: 'read',
        about: `Read /w/${file}.py (failed)`,
        outcome: 'failed',
        error: 'no such file',
        loop: { kind: 'same-error', times: 4 },
      })),
    );
    // Both events belong to the call, whichever one a filter finds.
    expect(await calls(path, '-t', '/w/1.py')).toHaveLength(1);
    expect(await calls(path, '--index', '0')).toHaveLength(1);
  });

  test('the tool that it prints is the tool that filters and counts know', async () => {
    const path = reads('w');
    expect(await calls(path, '--tool', 'read')).toHaveLength(4);
    expect((await cli(['count', path, '--tool', 'read'])).stdout).toBe('4\n');
    expect((await cli(['count', path, '--by', 'tool', '-k', 'acp-tool-call'])).stdout).toContain(
      '4 read',
    );
    const { tools } = JSON.parse((await cli(['stats', path, '--json'])).stdout);
    expect(tools).toMatchObject([{ tool: 'read', calls: 4, failed: 4 }]);
    expect((await cli(['count', path, '--errors'])).stdout).toBe('4\n');
  });

  test('runs that read other files diverge at the first call', async () => {
    const { stdout } = await cli(['diff', reads('a'), reads('b'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ same: false, common_calls: 0 });
  });

  test('failure by status alone, output as an object, and no output', async () => {
    const path = makeConversation([
      acp(0, 'a', { status: 'failed', raw_output: { code: 1, stderr: 'denied\n' } }),
      acp(1, 'b', {
        status: 'failed',
        content: [{ type: 'content', content: { type: 'text', text: 'gone' } }],
      }),
      acp(2, 'c', { status: 'completed', raw_output: 'ok' }),
    ]);
    const shown = (await calls(path)).map((item) => [
      item.outcome,
      (item as { error?: string }).error,
    ]);
    expect(shown).toEqual([
      ['failed', 'denied'],
      ['failed', 'gone'],
      ['ok', null],
    ]);
    expect((await cli(['count', path, '--errors'])).stdout).toBe('2\n');
  });

  test('what the last event leaves out is as the newest event before it says', async () => {
    const path = makeConversation([
      acp(0, 'a', { tool_kind: 'other' }),
      acp(1, 'a', { tool_kind: 'edit', raw_input: { path: '/w/x' } }),
      acp(2, 'a', { status: 'completed', tool_kind: null, raw_input: null }),
      acp(3, 'b', { tool_kind: 'edit', raw_input: { path: '/w/y' } }),
      acp(4, 'b', { status: 'completed', tool_kind: null, raw_input: null }),
      acp(5, 'c', { tool_kind: 'edit', raw_input: { path: '/w/z' } }),
      acp(6, 'c', { status: 'completed', tool_kind: null, raw_input: null }),
    ]);
    expect(await calls(path)).toMatchObject(
      ['a', 'b', 'c'].map(() => ({ tool: 'edit', outcome: 'ok', loop: null })),
    );
  });

  test('an id that is used again after the end is another call', async () => {
    const path = makeConversation([
      acp(0, 'a', {}),
      acp(1, 'a', { status: 'completed' }),
      acp(2, 'a', { title: 'Write File' }),
    ]);
    expect((await calls(path)).map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, 'ok'],
      [2, 'unanswered'],
    ]);
  });

  test('show leads from each event of it to its end, and from there to its start', async () => {
    const path = makeConversation([
      acp(0, 'a', {}),
      acp(1, 'a', { status: 'in_progress' }),
      acp(2, 'a', { status: 'completed' }),
    ]);
    const partner = async (index: string) =>
      /^[→←].*\n#(\d)/m.exec((await cli(['show', path, index])).stdout)?.[1];
    expect([await partner('0'), await partner('1'), await partner('2')]).toEqual(['2', '2', '0']);
  });
});

test('a call that was answered twice ended as the last answer says', async () => {
  const path = makeConversation([
    action(0, 'make'),
    {
      ...answer(1, ''),
      kind: 'AgentErrorEvent',
      error: 'interrupted',
      observation: undefined,
      action_id: undefined,
    },
    { ...answer(2, 'done'), action_id: idOf(0) },
  ]);
  expect(await calls(path)).toMatchObject([{ outcome: 'ok', answer: { index: 2 } }]);
});

test('an invalid duration is an error', async () => {
  const { code, stderr } = await cli(['calls', PLAIN, '--min-duration', 'soon']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^convoscope: [^\n]*soon[^\n]*\n$/)]);
});
