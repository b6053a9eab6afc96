import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';
import { CONDENSED, PLAIN, screen } from '../helpers/views.ts';

test('shows an action', async () => {
  expect(await screen('show', PLAIN, '8')).toMatchInlineSnapshot(`
    "#8  action file_editor  agent  2026-03-02 09:14:31.488
    id     5d30ffa8-d7fb-52c6-84f8-17f7cc50ced4
    file   events/event-00008-5d30ffa8-d7fb-52c6-84f8-17f7cc50ced4.json, 1.1 KiB
    branch active, after 6, before 9
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

test('shows an answer, named by its id', async () => {
  expect(await screen('show', PLAIN, '2c2694fd')).toMatchInlineSnapshot(`
    "#4  observation terminal  environment  2026-03-02 09:14:20.401
    id     2c2694fd-f856-5518-9795-aa57bab2f313
    file   events/event-00004-2c2694fd-f856-5518-9795-aa57bab2f313.json, 1.4 KiB
    branch active, after 3, before 5

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

    ← answers this call after 4.3s
    #3  action terminal  agent  2026-03-02 09:14:16.129
    thought: I'll run the failing test first to see what it says.
    command:
    cd /workspace/project && python -m pytest -q tests/test_slug.py
    exit 0"
  `);
});

test('--view shows what the model saw', async () => {
  expect(await screen('show', CONDENSED, '15', '--view')).toMatchInlineSnapshot(`
    " 0 system-prompt 327 You are a careful software engineer. Read before you edit,…
     1 message        70 Upgrade every dependency, one at a time, and run the tests…
    11 summary        93 Upgraded click, httpx, rich and pydantic; all 72 tests pas…
    what the model saw before it wrote event 15: 3 items, 490 characters; 10
    forgotten
    exit 0"
  `);
});

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
  ['20', /no event has this index here; indices go from 0 to 19/],
  ['-21', /there are 20 events/],
  ['zzz', /not an event/],
  ['ffffffff', /no event has this index or id here/],
])('a reference to no event is an error: %s', async (reference, message) => {
  const { code, stdout, stderr } = await cli(['show', PLAIN, reference]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.split('\n')).toHaveLength(2);
});

test('--raw prints the bytes of the file, valid or not', async () => {
  const path = makeConversation(3);
  truncateSync(eventPath(path, 1), 30);
  const { code, stdout } = await cli(['show', path, '1', '--raw']);
  expect([code, stdout]).toEqual([0, JSON.stringify(messageEvent(1)).slice(0, 30)]);
  const shown = await cli(['show', path, '1']);
  expect([shown.code, shown.stdout]).toEqual([3, '']);
  expect(shown.stderr).toContain('truncated-json');
});

test('--json contains the event byte for byte', async () => {
  const event = '{"kind":"Odd","n":1.0,"big":12345678901234567890,"__proto__":{"x":1e22}}';
  const path = makeConversation(1);
  writeFileSync(eventPath(path, 0), event);
  const { stdout } = await cli(['show', path, '0', '--json']);
  expect(stdout.endsWith(`"event":${event}}\n`)).toBe(true);
});

test('deep nesting does no harm', async () => {
  const path = makeConversation(1);
  const deep = `{"kind":"ActionEvent","action":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
  writeFileSync(eventPath(path, 0), deep);
  for (const command of ['show', 'calls', 'stats', 'tree', 'export']) {
    expect(await cli([command, path])).toMatchObject({ code: 0, stderr: expect.any(String) });
  }
});

test.each(['-0', '-00'])('%s names no event', async (reference) => {
  expect(await cli(['show', PLAIN, reference])).toMatchObject({ code: 2, stdout: '' });
});
