import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { ACTS } from '../helpers/screen.ts';
import { action, answer, fixture, NO_COLOR, PLAIN, screen, TREE } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  const other = fixture('1.58.2/agent-error');
  expect(await screen('diff', PLAIN, other)).toMatchInlineSnapshot(`
    "they diverge at the first call
      a #3 terminal       exit 1  $ cd /workspace/project && python -m pytest -q te…
      b #2 search_and_re… invalid (not executed) {"from": "slugify", "to": "to_slug…

                     1628edc9                        97d4f7ed
    outcome          finished                        lost
    why              the agent called finish (#18)   the log stops after the result…
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

    a      b files that calls changed (commands can change more)
    1 edit - /workspace/project/src/slug.py

    failed calls: 1 in a, 4 in b
      a #3 exit 1 $ cd /workspace/project && python -m pytest -q tests/test_slug.py
      a     FAILED tests/test_slug.py::test_trailing_punctuation - AssertionError: …
      b 1 earlier one
      b #4 invalid (not executed) {"command": "str_replace", "path":
      b     Error validating args {"command": "str_replace", "path": for tool 'file…
      b #6 error $ grep -rl slugify . | xargs sed -i s/slugify/to_slug/
      b     A restart occurred while this tool was in progress. This may indicate a…
      b #8 error view /workspace/project/src/slugs.py
      b     The path /workspace/project/src/slugs.py does not exist.

    calls
    = same, ! another answer, ~ similar call, < only in a, > only in b
    #3 exit 1 $ cd /workspace/project && … <
                                           > #2 invalid (not executed) {"from": "s…
                                           > #4 invalid (not executed) {"command":…
                                           > #6 error $ grep -rl slugify . | xargs…
    #5 view /workspace/project/src/slug.py ~ #8 error view /workspace/project/src/…
    #8 str_replace /workspace/project/src… <
    #10 $ python -m pytest -q tests/test_… <
    #12 $ python -m pytest -q              <
    #14 (waits for output)                 <
    #17 \`slugify\` left a dash where the t… <
    exit 1"
  `);
});

test('conversations with the same calls: says so, and exits with 0', async () => {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(PLAIN, copy, { recursive: true });
  expect(await cli(['diff', PLAIN, copy])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^the same 7 calls with the same answers\n/),
  });
});

test('thoughts are counted but not compared, and the text says so', async () => {
  const think = {
    ...action(2, 'x'),
    action: { kind: 'ThinkAction', thought: 'hm' },
    tool_name: 'think',
  };
  const path = makeConversation([action(0, 'ls'), answer(1, 'a', 0), think]);
  const { stdout } = await cli(['diff', path, path]);
  expect(stdout).toMatch(/^the same 1 call with the same answers \(thoughts are not compared\)\n/);
  expect(stdout).toMatch(/^calls +2 +2$/m);
});

test('a terminal shows short ids', async () => {
  const { output } = await terminal(['diff', PLAIN, TREE], 80, NO_COLOR);
  expect(output).toMatch(/^ +1628edc9 +37fc4767$/m);
});

test('control characters in a folder name do not reach the terminal', async () => {
  const root = temporaryFolder();
  const hostile = join(root, 'a\u001b[31m\u202eb');
  cpSync(PLAIN, hostile, { recursive: true });
  const { output } = await terminal(['diff', PLAIN, hostile], 80, NO_COLOR);
  expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
});

/** A run of a task that works in a folder of its own. */
function runIn(folder: string, last: string): string {
  const view = (at: number, name: string) => [
    {
      ...action(2 * at, ''),
      tool_name: 'file_editor',
      action: { kind: 'FileEditorAction', command: 'view', path: `${folder}/${name}` },
    },
    answer(2 * at + 1, `this is ${folder}/${name}`),
  ];
  return makeConversation([
    ...view(0, 'a.py'),
    ...view(1, 'b.py'),
    ...view(2, 'c.py'),
    ...view(3, last),
  ]);
}

test('runs of a task in different temporary folders are compared relative to them', async () => {
  const [a, b] = ['/tmp/tmpaaaa/a-project', '/tmp/tmpbbbb/a-project'];
  const other = await cli(['diff', runIn(a, 'd.py'), runIn(b, 'e.py'), '--json']);
  const { common_calls, aligned_calls } = JSON.parse(other.stdout);
  expect([other.code, common_calls]).toEqual([1, 3]);
  expect(aligned_calls.slice(0, 3)).toEqual(
    [0, 2, 4].map((index) => ({ a: index, b: index, same: true, same_answer: true })),
  );
  const same = await cli(['diff', runIn(a, 'd.py'), runIn(b, 'd.py')]);
  expect(same.stdout).toContain('the same 4 calls with the same answers');
  expect(same.code).toBe(0);
});

test('calls that look the same, and are not, say so', async () => {
  const edit = (text: string) =>
    makeConversation([
      {
        ...action(0, ''),
        tool_name: 'file_editor',
        action: { kind: 'FileEditorAction', command: 'create', path: '/w/a.py', file_text: text },
      },
    ]);
  const { stdout } = await cli(['diff', edit('one'), edit('two')]);
  expect(stdout).toMatch(
    /~ #0 .*create \/w\/a.py\n {2}#0 .*create \/w\/a.py \(other arguments\)\n/,
  );
});

test('more differences than are looked for are named', async () => {
  const many = (word: string) =>
    makeConversation(Array.from({ length: 1_100 }, (_, at) => action(at, `${word}-${at}`)));
  const [a, b] = [many('one'), many('two')];
  const { stdout } = await cli(['diff', a, b]);
  expect(stdout).toContain('they differ so much that not all similar calls were looked for');
  const json = await cli(['diff', a, b, '--json']);
  expect(JSON.parse(json.stdout).aligned_calls_complete).toBe(false);
});
