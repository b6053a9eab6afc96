import { cpSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, ROOT, terminal } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeState,
} from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import { ACTS, width } from '../helpers/screen.ts';

const fixture = (name: string) => fixtures.find((one) => one.name === name)!.path;
const PLAIN = fixture('1.58.2/plain');
const TREE = fixture('1.58.2/tree');
const CONDENSED = fixture('1.58.2/condensation');
const NO_COLOR = { NO_COLOR: '1' };

/** What an 80 column terminal shows, without colours. */
async function screen(...args: string[]): Promise<string> {
  const { code, output } = await terminal([...args, '--tz', 'UTC'], 80, NO_COLOR);
  return `${output}exit ${code}`;
}

describe('on a terminal of 80 columns', () => {
  test('ls', async () => {
    const root = join(PLAIN, '..');
    expect(await screen('ls', root, '--sort', 'cost', '-n', '3')).toMatchInlineSnapshot(`
      "id       active      status   events  took    cost errors title
      e9d19a6d 03-08 15:55 idle        148 1d19h $0.5850      8 Deploy the docs #1
      1628edc9 03-02 09:15 finished     20   59s $0.0872      1 Fix the failing slug …
      8bfe064d 03-02 09:14 finished     18   54s $0.0872      0 Upgrade every depende…
      convoscope: stopped at --limit 3; there are 16
      exit 0"
    `);
  });

  test('show, of an action', async () => {
    expect(await screen('show', PLAIN, '8')).toMatchInlineSnapshot(`
      "#8  action file_editor  agent  2026-03-02 09:14:31.488
      id     5d30ffa8-d7fb-52c6-84f8-17f7cc50ced4
      file   events/event-00008-5d30ffa8-d7fb-52c6-84f8-17f7cc50ced4.json, 1.1 KiB
      place  on the active branch, after 6, before 9
      model  3,100 tokens in (2,550 cached), 124 out, 2.0s, $0.0130

      thought:
        \`!\` becomes a dash, and nothing strips it. One \`.strip('-')\` does.
      file: str_replace /workspace/project/src/slug.py
      /workspace/project/src/slug.py:
        -    return re.sub(r'[^a-z0-9]+', '-', title.lower())
        +    return re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')

      → answered after 4.3s: ok
      #9  observation file_editor  environment  2026-03-02 09:14:35.760
      output:
      The file /workspace/project/src/slug.py has been edited. Review the changes and make sure they are as expected.
      exit 0"
    `);
  });

  test('show, of an answer, by its id', async () => {
    expect(await screen('show', PLAIN, '2c2694fd')).toMatchInlineSnapshot(`
      "#4  observation terminal  environment  2026-03-02 09:14:20.401
      id     2c2694fd-f856-5518-9795-aa57bab2f313
      file   events/event-00004-2c2694fd-f856-5518-9795-aa57bab2f313.json, 1.4 KiB
      place  on the active branch, after 3, before 5

      output:
      .F.                                                                      [100%]
      =================================== FAILURES ===================================
      ___________________________ test_trailing_punctuation __________________________

          def test_trailing_punctuation():
      >       assert slugify("Hello, world!") == "hello-world"
      E       AssertionError: assert 'hello-world-' == 'hello-world'
      E         - hello-world
      E         + hello-world-
      E         ?            +

      tests/test_slug.py:9: AssertionError
      =========================== short test summary info ============================
      FAILED tests/test_slug.py::test_trailing_punctuation - AssertionError: assert...
      1 failed, 2 passed in 0.04s
      exit code: 1

      ← answers, after 4.3s
      #3  action terminal  agent  2026-03-02 09:14:16.129
      thought: I'll run the failing test first to see what it says.
      command:
      cd /workspace/project && python -m pytest -q tests/test_slug.py
      exit 0"
    `);
  });

  test('show --view', async () => {
    expect(await screen('show', CONDENSED, '15', '--view')).toMatchInlineSnapshot(`
      " 0 system-prompt 327 You are a careful software engineer. Read before you edit,…
       1 message        70 Upgrade every dependency, one at a time, and run the tests…
      11 summary        93 Upgraded click, httpx, rich and pydantic; all 72 tests pas…
      what the model sees before it made 15: 3 items, 490 characters; 10 forgotten
      exit 0"
    `);
  });

  test('calls', async () => {
    expect(await screen('calls', PLAIN)).toMatchInlineSnapshot(`
      " 3 03-02 09:14:16 terminal    4.3s exit 1  $ cd /workspace/project && python -m…
                                                 ↳ 1 failed, 2 passed in 0.04s
       5 03-02 09:14:21 file_editor 2.3s ok      view /workspace/project/src/slug.py
       8 03-02 09:14:31 file_editor 4.3s ok      str_replace /workspace/project/src/s…
      10 03-02 09:14:36 terminal    3.3s ok      $ python -m pytest -q tests/test_slu…
      12 03-02 09:14:44 terminal    1.4s running $ python -m pytest -q
      14 03-02 09:14:50 terminal    1.3s ok      (waits for output)
      17 03-02 09:14:59 finish      1.3s ok      \`slugify\` left a dash where the titl…
      exit 0"
    `);
  });

  test('calls that are forgotten', async () => {
    expect(await screen('calls', CONDENSED, '--index', '8..13')).toMatchInlineSnapshot(`
      " 8 03-02 09:14:31 terminal 4.3s ok [forgotten] $ pip install -U pydantic && pyt…
      12 03-02 09:14:44 terminal 1.4s ok [forgotten] $ pip install -U uvicorn && pyth…
      exit 0"
    `);
  });

  test('stats', async () => {
    expect(await screen('stats', PLAIN, '--steps')).toMatchInlineSnapshot(`
      "20 events, 14.2 KiB, 1 error, status finished
      2026-03-02 09:14:06 to 2026-03-02 09:15:05, 59s

      waiting for the model 12s 20 % ██████
      in tools              18s 31 % █████████
      neither               29s 49 % ███████████████

               03-02 09:14:06                                          03-02 09:15:05
      events   █··█······██····█·█·█······█·█····██···█·····██····█·█···█·····██····█
      in tools ···········▄████▆·▇██········▂████▇▇███▁·····▆█····▂█▃·········▅█·····
      user               ●
      errors                   ✗

      usage model             steps tokens in cached out latency    cost
      agent claude-sonnet-4-5     7    24,150   76 % 807     12s $0.0872

      tool        calls failed no answer median  p95 longest total
      terminal        4      1         0   2.3s 4.3s    4.3s   10s
      file_editor     2      0         0   3.3s 4.3s    4.3s  6.6s
      finish          1      0         0   1.3s 1.3s    1.3s  1.3s

      kind          events
      action             7
      observation        7
      state-update       4
      message            1
      system-prompt      1

      step calls tokens in cached out latency waited    cost
      #3       1     2,400    0 %  90    1.3s   1.3s $0.0105
      #5       1     2,750   80 % 107    1.6s   1.3s $0.0118
      #8       1     3,100   82 % 124    2.0s   7.5s $0.0130
      #10      1     3,450   84 % 141    2.4s  272ms $0.0143
      #12      1     3,800   86 %  98    1.3s   5.3s $0.0155
      #14      1     4,150   87 % 115    1.6s   4.1s $0.0105
      #17      1     4,500   88 % 132    2.0s   8.5s $0.0118
      exit 0"
    `);
  });

  test('tree', async () => {
    expect(await screen('tree', TREE)).toMatchInlineSnapshot(`
      "● #0 system-prompt  You are a careful software engineer. Read before you edit, …
      │ … 1 event
      ├ #2 message  \`sluggish\`, say?
      ├─○ #3 message  Too slow. Another?
      │ └ #4 message  \`slugline\`.
      └─● #5 message  ← leaf  Too slow. Something from the garden?
        ├─○ #6 action  $ pip index versions lettuce
        │ │ … 1 event
        │ └ #9 message  \`lettuce\` is taken; \`romaine\` is free.
        └─○ #10 message  \`romaine\`, without looking.
          └ #11 message  Taken it is.
      ○ #12 message  Start over: a name from the sea.
      │ … 2 events
      └ #15 observation  [exit 1] ERROR: No matching distribution found for nudibranch
      4 branches; leaf 203b318e-f0e0-5871-991c-fc2eab22a0dd; 1 state update or error 
      beside them
      exit 0"
    `);
  });

  test('diff', async () => {
    const other = fixture('1.58.2/agent-error');
    expect(await screen('diff', PLAIN, other)).toMatchInlineSnapshot(`
      "they part at the first call
        a #3 terminal       exit 1  $ cd /workspace/project && python -m pytest -q te…
        b #2 search_and_re… invalid (not executed) {"from": "slugify", "to": "to_slug…

                       1628edc99a71515cbf4998a6fa4880… 97d4f7ed362253c280bc112775c486…
      status           finished                        idle
      first message    tests/test_slug.py fails since… Rename \`slugify\` to \`to_slug\` …
      events           20                              10
      errors           1                               4
      calls            7                               4
        terminal       4                               1
        finish         1                               0
        search_and_re… 0                               1
      tokens in        24,150                          11,700
      tokens out       807                             462
      cost             $0.0872                         $0.0495
      took             59s                             29s
      exit 1"
    `);
  });

  test('where', async () => {
    const empty = temporaryFolder();
    const shown = await screen('where', '--root', join(PLAIN, '..'), '--root', empty);
    // Which one is the latest depends on how the clone was made.
    const plain = shown
      .replaceAll(empty, '/empty')
      .replaceAll(ROOT, '/convoscope/')
      .replace(/(latest is .*\/)[0-9a-f]{32}/, '$1…');
    expect(plain).toMatchInlineSnapshot(`
      "/convoscope/fixtures/conversations/1.58.2
        --root
        16 conversations
      /empty
        --root
        0 conversations

      @latest is /convoscope/fixtures/conversations/1.58.2/…
      exit 0"
    `);
  });

  test('search --branch all marks what is off the branch', async () => {
    expect(
      await screen('search', TREE, '--branch', 'all', '--index', '2..6'),
    ).toMatchInlineSnapshot(`
      "  2 03-02 09:14:14 agent message       \`sluggish\`, say?
        3 03-02 09:14:16 user  message       [off branch] Too slow. Another?
        4 03-02 09:14:20 agent message       [off branch] \`slugline\`.
        5 03-02 09:14:21 user  message       Too slow. Something from the garden?
        6 03-02 09:14:24 agent action        terminal: [off branch] $ pip index versi…
      exit 0"
    `);
  });
});

describe.each(fixtures.filter(({ name }) => /text$|tree$|condensation$|other-kinds$/.test(name)))(
  '$name on a terminal',
  ({ path, events }) => {
    test('every view fits 80 columns, and brings no escape along', async () => {
      const views = [
        ['calls'],
        ['stats', '--steps'],
        ['tree'],
        ['show', '--view'],
        ['diff', PLAIN],
      ];
      for (const [view = '', ...options] of views) {
        const { output } = await terminal([view, path, ...options], 80, NO_COLOR);
        expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
        for (const line of output.split('\n')) expect(width(line)).toBeLessThanOrEqual(80);
      }
    });

    test('every event can be shown, and brings no escape along', async () => {
      for (let index = 0; index < events; index += 3) {
        const { code, output } = await terminal(['show', path, String(index)], 80, NO_COLOR);
        expect(code).toBe(0);
        const acting = [...output].filter((one) => !'\n\t'.includes(one) && ACTS.test(one));
        expect(acting).toEqual([]);
      }
    });
  },
);

const second = 1_000_000;

function action(index: number, command: string): object {
  return {
    id: idOf(index),
    timestamp: stampAt(index * second),
    source: 'agent',
    thought: [],
    action: { kind: 'TerminalAction', command },
    tool_name: 'terminal',
    tool_call_id: 'call-0', // some models repeat it
    tool_call: { id: 'call-0', name: 'terminal', arguments: JSON.stringify({ command }) },
    llm_response_id: `r${index}`,
    kind: 'ActionEvent',
  };
}

function answer(index: number, text: string, exit_code = 0): object {
  return {
    id: idOf(index),
    timestamp: stampAt((index + 1) * second),
    source: 'environment',
    tool_name: 'terminal',
    tool_call_id: 'call-0',
    action_id: idOf(index - 1),
    observation: { kind: 'TerminalObservation', content: [{ type: 'text', text }], exit_code },
    kind: 'ObservationEvent',
  };
}

/** One command after the other, each with its answer. */
const rounds = (...commands: string[]) =>
  commands.flatMap((command, at) => [action(2 * at, command), answer(2 * at + 1, 'same')]);

interface Item {
  index: number;
  outcome: string;
  seconds: number | null;
  loop: { number: number; period: number; times: number; same_answers: boolean } | null;
}

async function calls(...args: string[]): Promise<Item[]> {
  return JSON.parse((await cli(['calls', ...args, '--json'])).stdout).items;
}

describe('calls', () => {
  test('a loop is the same call three times or more, alone or in rounds', async () => {
    const path = makeConversation(
      rounds('ls', 'a', 'a', 'a', 'b', 'c', 'b', 'c', 'b', 'c', 'a', 'a'),
    );
    const loops = (await calls(path)).map(({ loop }) => loop);
    const one = { number: 1, period: 1, times: 3, same_answers: true };
    const two = { number: 2, period: 2, times: 3, same_answers: true };
    expect(loops).toEqual([null, one, one, one, two, two, two, two, two, two, null, null]);
    expect(await calls(path, '--loops')).toHaveLength(9);
  });

  test('an error is the answer of the last call with its id', async () => {
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

  test('filters look at the action and at its answer', async () => {
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

  test('a call over ACP is one, however many events tell of it', async () => {
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
    const shown = (await calls(path)).map(({ index, outcome, seconds }) => [
      index,
      outcome,
      seconds,
    ]);
    expect(shown).toEqual([
      [0, 'failed', 3],
      [1, 'ok', null],
      [4, 'unanswered', null],
    ]);
  });

  test('a duration that is none is refused', async () => {
    const { code, stderr } = await cli(['calls', PLAIN, '--min-duration', 'soon']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^convoscope: [^\n]*soon[^\n]*\n$/)]);
  });
});

describe('show', () => {
  test('an event is named by index, from the end, or by id', async () => {
    const index = async (reference: string) =>
      JSON.parse((await cli(['show', PLAIN, reference, '--json'])).stdout).index;
    expect(await index('3')).toBe(3);
    expect(await index('-1')).toBe(19);
    expect(await index('-20')).toBe(0);
    expect(await index('2c2694fd-f856-5518-9795-aa57bab2f313')).toBe(4);
    expect(await index('2C2694FD')).toBe(4);
  });

  test.each([
    ['20', /no event of this index here; indices go up to 19/],
    ['-21', /there are 20 events/],
    ['zzz', /not an event/],
    ['ffffffff', /no event of this index or id here/],
  ])('what names none is told: %s', async (reference, message) => {
    const { code, stdout, stderr } = await cli(['show', PLAIN, reference]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('--raw gives the bytes of the file, broken ones too', async () => {
    const path = makeConversation(3);
    truncateSync(eventPath(path, 1), 30);
    const { code, stdout } = await cli(['show', path, '1', '--raw']);
    expect([code, stdout]).toEqual([0, JSON.stringify(messageEvent(1)).slice(0, 30)]);
    const shown = await cli(['show', path, '1']);
    expect([shown.code, shown.stdout]).toEqual([3, '']);
    expect(shown.stderr).toContain('truncated-json');
  });

  test('--json carries the event byte for byte', async () => {
    const event = '{"kind":"Odd","n":1.0,"big":12345678901234567890,"__proto__":{"x":1e22}}';
    const path = makeConversation(1);
    writeFileSync(eventPath(path, 0), event);
    const { stdout } = await cli(['show', path, '0', '--json']);
    expect(stdout.endsWith(`"event":${event}}\n`)).toBe(true);
  });

  test('nesting without end does no harm', async () => {
    const path = makeConversation(1);
    const deep = `{"kind":"ActionEvent","action":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
    writeFileSync(eventPath(path, 0), deep);
    for (const command of ['show', 'calls', 'stats', 'tree', 'export']) {
      expect(await cli([command, path])).toMatchObject({ code: 0, stderr: expect.any(String) });
    }
  });
});

describe('what no agent would write', () => {
  const at = (index: number, id: number, parent: string) => ({
    ...messageEvent(index),
    id: idOf(id),
    parent_id: parent,
  });

  test('ids that close a circle', async () => {
    const path = makeConversation(0);
    const events = [
      at(0, 0, '__root__'),
      at(1, 1, idOf(0)),
      at(2, 0, idOf(1)),
      at(3, 3, '__root__'),
    ];
    for (const [index, event] of events.entries()) {
      writeFileSync(eventPath(path, index, event.id), JSON.stringify(event));
    }
    const { segments } = JSON.parse((await cli(['tree', path, '--json'])).stdout);
    const counts = segments.map((segment: { events: number }) => segment.events);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(4);
  });

  test('an event that is its own parent is on no branch', async () => {
    const path = makeConversation([at(0, 0, '__root__'), at(1, 1, idOf(1))]);
    const { stdout } = await cli(['tree', path]);
    expect(stdout).toContain('1 event on no branch: their parents run in a circle');
  });

  test('lists and numbers beyond all reason', async () => {
    const blocks = Array.from({ length: 200_000 }, () => ({ text: 'q' }));
    const path = makeConversation([
      action(0, 'ls'),
      {
        ...answer(1, ''),
        observation: { kind: 'TerminalObservation', content: blocks, exit_code: 1e308 },
      },
    ]);
    const usage = { prompt_tokens: 1.5, completion_tokens: -1, cache_read_tokens: 1e308 };
    const metrics = {
      accumulated_cost: 1e308,
      accumulated_token_usage: usage,
      token_usages: [{ ...usage, response_id: 'r0' }],
    };
    writeState(path, { stats: { usage_to_metrics: { constructor: metrics, __proto__: metrics } } });
    const [call] = await calls(path);
    expect(call).toMatchObject({ outcome: 'ok', exit_code: null });
    const { usage: fields } = JSON.parse((await cli(['stats', path, '--json'])).stdout);
    expect(fields[0]).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, cost: 0 });
  });

  test('times beyond the year 9999 are told whole', async () => {
    const late = { ...messageEvent(0), timestamp: '9999-12-31T23:59:59-12:00' };
    const { stdout } = await cli(['stats', makeConversation([late]), '--json']);
    expect(JSON.parse(stdout).time.to).toBe('+010000-01-01T11:59:59.000000Z');
  });

  test('a folder name that acts on a terminal does not, in diff', async () => {
    const root = temporaryFolder();
    const hostile = join(root, 'a\u001b[31m\u202eb');
    cpSync(PLAIN, hostile, { recursive: true });
    const { output } = await terminal(['diff', PLAIN, hostile], 80, NO_COLOR);
    expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
  });

  test.each(['-0', '-00'])('%s is no event', async (reference) => {
    expect(await cli(['show', PLAIN, reference])).toMatchObject({ code: 2, stdout: '' });
  });
});

test('waiting is for the model alone: not while paused, and not beyond the whole', async () => {
  const pause = (index: number, seconds: number, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(seconds * second),
    source: 'user',
    ...fields,
  });
  const path = makeConversation([
    pause(0, 0, { kind: 'MessageEvent' }),
    { ...action(1, 'ls'), timestamp: stampAt(2 * second) },
    { ...answer(2, 'x'), timestamp: stampAt(5 * second) },
    pause(3, 6, { kind: 'PauseEvent' }),
    pause(4, 5000, {
      kind: 'ConversationStateUpdateEvent',
      key: 'execution_status',
      value: 'running',
    }),
    { ...action(5, 'pwd'), timestamp: stampAt(5004 * second) },
  ]);
  const { time } = JSON.parse((await cli(['stats', path, '--json'])).stdout);
  expect(time).toMatchObject({ model_seconds: 6, tools_seconds: 3, other_seconds: 4995 });
});

test('diff says that conversations are the same, and exits 0', async () => {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(PLAIN, copy, { recursive: true });
  expect(await cli(['diff', PLAIN, copy])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^the same 7 calls with the same answers\n/),
  });
});

describe('--branch', () => {
  const indices = async (command: string, ...args: string[]) => {
    const { stdout } = await cli([command, TREE, ...args, '-o', 'ndjson', '--meta']);
    const lines = stdout.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line)._meta.index as number);
  };

  test('keeps what is on it', async () => {
    expect(await indices('search', '--branch', 'active')).toEqual([0, 1, 2, 5]);
    expect(await indices('search', '--branch', '4')).toEqual([0, 1, 2, 3, 4]);
    expect(await indices('tail', '--branch', 'active', '-n', '2')).toEqual([2, 5]);
    expect((await cli(['count', TREE, '--branch', '9'])).stdout).toBe('7\n');
    expect(await indices('search', '--branch', 'all')).toHaveLength(16);
  });

  test('with a filter, it counts what is forgotten', async () => {
    const args = ['count', CONDENSED, '--branch', 'all', '--kind', 'action', '--json'];
    expect(JSON.parse((await cli(args)).stdout)).toMatchObject({ count: 7, forgotten: 5 });
  });

  test.each([
    [['search', TREE, '--branch', 'none']],
    [['search', TREE, '--branch', '99']],
    [['tail', TREE, '--branch', '4', '-f']],
  ])('what is no branch is refused: %s', async (args) => {
    const { code, stdout, stderr } = await cli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^convoscope: --branch [^\n]*\n$/);
  });
});

describe('ls', () => {
  test.each([40, 60, 80, 120, 200])('fits %d columns', async (columns) => {
    const roots = [join(PLAIN, '..'), join(fixture('1.4.1/plain'), '..')];
    const { output } = await terminal(['ls', ...roots], columns, NO_COLOR);
    for (const line of output.split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    expect(output.split('\n').length).toBeGreaterThan(28);
  });

  test('filters, and says which statuses there are', async () => {
    const root = join(PLAIN, '..');
    const ids = async (...args: string[]) =>
      JSON.parse((await cli(['ls', root, ...args, '--json'])).stdout).items.map(
        ({ status }: { status: string }) => status,
      );
    expect(await ids('--status', 'error,paused')).toEqual(['paused', 'error']);
    expect(await ids('--since', '2026-03-05')).toHaveLength(1);
    const none = await cli(['ls', root, '--status', 'stuck']);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('statuses there: error, finished, idle, paused, running');
  });

  test('an event that cannot be read is told', async () => {
    const root = temporaryFolder();
    const path = makeConversation(3, 'c0ffee00c0ffee00c0ffee00c0ffee00', root);
    truncateSync(eventPath(path, 1), 10);
    const { code, stdout, stderr } = await cli(['ls', root]);
    expect(code).toBe(3);
    expect(stdout).toContain('0+1?');
    expect(stderr).toContain('event-00001');
  });

  test('an empty root is told', async () => {
    const root = temporaryFolder();
    expect(await cli(['ls', root])).toMatchObject({ code: 1, stdout: '' });
    expect(await cli(['ls', join(root, 'none')])).toMatchObject({ code: 2, stdout: '' });
  });
});

const RECORDED = join(ROOT, '../shared/recorded');

describe.skipIf(!existsSync(RECORDED))('recorded conversations', () => {
  const groups = existsSync(RECORDED)
    ? readdirSync(RECORDED, { withFileTypes: true }).filter((group) => group.isDirectory())
    : [];
  test.each(groups.map(({ name }) => name))('%s is listed', async (name) => {
    const { code, stdout } = await cli(['ls', join(RECORDED, name)]);
    expect([code, stdout.split('\n').length]).toEqual([
      0,
      readdirSync(join(RECORDED, name)).length + 2,
    ]);
  });
});
