import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeState,
} from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import { action, answer } from '../helpers/views.ts';

/* What is not known, because an event or a file can't be read or is missing, is never shown as a no. */

const linked = (events: readonly object[], parents: Record<number, string> = {}) =>
  events.map((event, index) =>
    index === 0 ? event : { parent_id: parents[index] ?? idOf(index - 1), ...event },
  );

/** A system prompt, a message, and commands with their answers: the first command is event 2. */
const run = (commands: number) => [
  {
    id: idOf(0),
    timestamp: stampAt(0),
    source: 'agent',
    system_prompt: { type: 'text', text: 's' },
    tools: [],
    kind: 'SystemPromptEvent',
  },
  messageEvent(1),
  ...Array.from({ length: commands }, (_, at) => [
    action(2 + 2 * at, `s${2 + 2 * at}`),
    answer(3 + 2 * at, ''),
  ]).flat(),
];

function tear(conversation: string, index: number): void {
  truncateSync(eventPath(conversation, index), 150);
}

/** Ten events, of which number 5 is the answer of number 4, and torn. */
function makeTorn(): string {
  const path = makeConversation(linked(run(4)));
  tear(path, 5);
  return path;
}

const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);

test('an unreadable event on the path makes what lies before it unknown', async () => {
  const path = makeTorn();
  const all = await cli(['search', path, '--branch', 'all', '-o', 'ndjson', '--meta']);
  const lines = all.stdout.trim().split('\n');
  const marks = lines.map((line) => JSON.parse(line)._meta);
  const unknown = { branch: 'unknown', forgotten: null, forgotten_by: null };
  const active = { branch: 'active', forgotten: false, forgotten_by: null };
  expect(marks.slice(0, 5)).toMatchObject(Array(5).fill(unknown));
  expect(marks.slice(5)).toMatchObject(Array(4).fill(active));
  expect(all.stderr).toContain("the branch is not known beyond #5: the event can't be read");
  const text = await cli(['search', path, '--branch', 'all']);
  expect(text.stdout.match(/\[branch not known\]/g)).toHaveLength(5);
  expect(text.stdout).not.toContain('[off branch]');
});

test('a filter that leaves out unknown events says so, and ends with 3', async () => {
  const path = makeTorn();
  for (const command of ['search', 'tail', 'export', 'calls', 'count']) {
    // The unreadable event itself is ruled out by its name.
    const { code, stderr } = await cli([command, path, '--branch', 'active', '--index', '0..4']);
    expect({ command, code }).toEqual({ command, code: 3 });
    expect(stderr).toContain("not known beyond #5: the event can't be read");
  }
  expect(await json('count', path, '--branch', 'active')).toMatchObject({
    count: 4,
    off_branch: 0,
    branch_unknown: 5,
  });
  expect(await json('search', path, '--branch', 'active')).toMatchObject({ branch_unknown: 5 });
  expect((await cli(['count', path, '--branch', 'active', '--index', '6..9'])).code).toBe(0);
});

test('an answer that can be the unreadable event is not known', async () => {
  const path = makeTorn();
  const { stdout } = await cli(['calls', path]);
  expect(stdout).toContain('? 00:00:04.000 terminal    - not known $ s4');
  expect(stdout).toContain("↳ the answer (#5) can't be read");
  expect(stdout).not.toContain('unanswered');
  const { items } = await json('calls', path);
  expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'ok',
    'unknown',
    'ok',
    'ok',
  ]);
  expect(items[1].possible_answers).toEqual([{ from: 5, to: 5, kind: 'unreadable' }]);
  const { tools } = await json('stats', path);
  expect(tools).toMatchObject([{ calls: 4, answered: 3, unanswered: 0, unknown: 1 }]);
});

test.each([
  ['--unanswered', [], 3],
  ['--failed', [], 3],
  ['--min-duration=1s', [2, 6, 8], 3],
  ['--min-duration=1h', [], 3],
  ['--loops', [], 3],
  ['--index=6..', [6, 8], 0],
])('calls %s', async (option, expected, code) => {
  const path = makeTorn();
  const run = await cli(['calls', path, option, '--json']);
  const indices = JSON.parse(run.stdout).items.map(({ index }: { index: number }) => index);
  expect([indices, run.code]).toEqual([expected, code]);
  if (code === 3) expect(run.stderr).toMatch(/#5 can't be read/);
});

test('show names what it does not know', async () => {
  const path = makeTorn();
  const call = await cli(['show', path, '4']);
  expect(call.stdout).toContain("branch not known beyond #5: the event can't be read, after 3");
  expect(call.stdout).toContain("what follows it is not known (#5 can't be read)");
  expect(call.stdout).toContain("→ the answer (#5) can't be read");
  expect(await json('show', path, '6')).toMatchObject({ parent: { index: 5, id: idOf(5) } });
  const view = await json('show', path, '9', '--view');
  expect(view).toMatchObject({ complete: false, skipped: [{ index: 5 }] });
  expect((await cli(['show', path, '9', '--view'])).stdout).toContain(
    'saw after event 9, as far as it is known: 3 items, 28 characters; 1 seen or not; the branch is not known beyond #5',
  );
});

test('an answer whose action is unreadable belongs to a call', async () => {
  const path = makeConversation(linked(run(2)));
  tear(path, 4);
  expect((await cli(['show', path, '5'])).stdout).toContain("← answers #4, which can't be read");
  expect(await json('show', path, '5')).toMatchObject({
    call: { action: { index: 4 }, answer: { index: 5 }, outcome: 'unknown' },
  });
  // Whether the model saw it depends on the action.
  const { hidden } = await json('show', path, '5', '--view');
  expect(hidden).toEqual([{ index: 5, id: idOf(5), why: 'not known' }]);
});

test('tree: segments whose place is not known', async () => {
  const path = makeTorn();
  const { stdout } = await cli(['tree', path]);
  expect(stdout).toContain('? #0');
  expect(stdout).toContain("● #5 (can't be read)  (what it follows is not known)");
  expect(stdout).toContain('1 to 2 branches; leaf 00000000-0000-4000-8000-000000000009');
  const { segments, unknown_part } = await json('tree', path);
  expect(segments).toMatchObject([
    { active: null, parent_known: true },
    { active: true, parent_known: false },
  ]);
  expect(unknown_part).toBe("not known beyond #5: the event can't be read");
});

test('a branch that leaves the path after the unreadable event is off it for certain', async () => {
  const events = linked(run(4), { 8: idOf(6) });
  const path = makeConversation([...events, { ...messageEvent(10), parent_id: idOf(7) }]);
  tear(path, 5);
  const { segments } = await json('tree', path);
  const shown = segments.map((one: { first: { index: number }; active: unknown }) => [
    one.first.index,
    one.active,
  ]);
  expect(shown).toEqual([
    [0, null],
    [5, true],
    [7, true],
    [8, false],
  ]);
});

test('an unreadable first event is the root: everything is known', async () => {
  const path = makeConversation(linked(run(2)));
  tear(path, 0);
  const { segments, unknown_part } = await json('tree', path);
  expect([segments.length, segments[0].active, unknown_part]).toEqual([1, true, null]);
  expect(await json('count', path, '--branch', 'active')).toMatchObject({ branch_unknown: 0 });
  expect(await json('show', path, '3', '--view')).toMatchObject({ complete: false });
});

test('a state that cannot be read: the leaf is not known', async () => {
  const path = makeConversation(linked(run(2)));
  writeFileSync(join(path, 'base_state.json'), '{"id":');
  const tree = await json('tree', path);
  expect(tree).toMatchObject({ leaf: null, leaf_known: false, segments: [{ active: null }] });
  const { stdout } = await cli(['tree', path]);
  expect(stdout).toContain("the leaf is not known: base_state.json can't be read");
  expect(stdout).not.toContain('no leaf');
  const active = await cli(['search', path, '--branch', 'active']);
  expect([active.code, active.stdout]).toEqual([3, '']);
  expect((await cli(['search', path, '--branch', '-1'])).stdout.split('\n')).toHaveLength(7);
});

test('a leaf that no file has: neither the branch nor later answers are known', async () => {
  const path = makeConversation(linked(run(2)));
  writeState(path, { leaf_event_id: idOf(9) });
  rmSync(eventPath(path, 5));
  const { stdout } = await cli(['tree', path]);
  expect(stdout).toContain('no event file has the leaf, 00000000-0000-4000-8000-000000000009');
  expect(await json('tree', path)).toMatchObject({ leaf: idOf(9), segments: [{ active: null }] });
  const { items } = await json('calls', path, '--index', '4');
  expect(items).toMatchObject([
    { outcome: 'unknown', possible_answers: [{ from: 5, to: null, kind: 'missing' }] },
  ]);
});

test('the newest event can be the leaf, and is unreadable', async () => {
  const path = makeConversation(linked(run(1)));
  tear(path, 3);
  expect(await json('tree', path)).toMatchObject({ leaf: null, leaf_known: false });
  expect((await cli(['tree', path])).stdout).toContain(
    "the leaf is not known: #3, which may be the leaf, can't be read",
  );
});

test('a missing file is like an unreadable one', async () => {
  const path = makeConversation(linked(run(4)));
  rmSync(eventPath(path, 5));
  const { items } = await json('calls', path);
  expect(items[1]).toMatchObject({
    outcome: 'unknown',
    branch: 'unknown',
    possible_answers: [{ from: 5, to: 5, kind: 'missing' }],
  });
  expect((await cli(['calls', path])).stdout).toContain('↳ the answer (#5) is missing');
  expect(await json('show', path, '6')).toMatchObject({ parent: { index: null, id: idOf(5) } });
  expect((await cli(['show', path, '9', '--view'])).code).toBe(2); // the SDK does not see it
});

test('the path beyond a gap shows what is on the branch, if it leads around the gap', async () => {
  const path = makeConversation(linked(run(4), { 6: idOf(3) }));
  rmSync(eventPath(path, 5));
  const { items } = await json('search', path, '--branch', 'all', '--meta');
  const branches = items.map((item: { _meta: { branch: string } }) => item._meta.branch);
  expect(branches).toEqual([...Array(4).fill('active'), 'off', ...Array(4).fill('beyond')]);
});

test('old events have no parent: what an unreadable one follows is not known', async () => {
  const path = makeConversation(run(2));
  tear(path, 3);
  const { items } = await json('search', path, '--branch', 'all', '--meta');
  const branches = items.map((item: { _meta: { branch: string } }) => item._meta.branch);
  expect(branches).toEqual([...Array(3).fill('unknown'), 'active', 'active']);
});

test('a loop ends at a lost event, and answers that are lost are neither the same nor different', async () => {
  const loop = Array.from({ length: 6 }, (_, at) => [
    action(2 * at, 'ls'),
    answer(2 * at + 1, 'a'),
  ]);
  const path = makeConversation(linked(loop.flat()));
  tear(path, 5);
  const { items } = await json('calls', path);
  const loops = items.map((item: { loop: { number: number } | null }) => item.loop?.number ?? 0);
  expect(loops).toEqual([1, 1, 1, 2, 2, 2]);
  expect(items[0].loop).toMatchObject({ times: 3, same_answers: null });
  expect(items[3].loop).toMatchObject({ times: 3, same_answers: true });
});

test('an event of an unknown kind that names an action can be its answer', async () => {
  const path = makeConversation(
    linked([action(0, 'ls'), { ...answer(1, 'a'), kind: 'NewAnswer' }]),
  );
  const { items } = await json('calls', path);
  expect(items).toMatchObject([
    { outcome: 'unknown', possible_answers: [{ from: 1, to: 1, kind: 'unrecognized' }] },
  ]);
  expect((await cli(['calls', path])).stdout).toContain('#1 is of an unknown kind');
  expect(await json('verify', path, '--only', 'unmatched-action')).toMatchObject({ ok: true });
});

test('diff: a lost event can be what seems to differ', async () => {
  const whole = makeConversation(linked(run(4)));
  const torn = makeTorn();
  const shorter = makeConversation(linked(run(3)));
  const other = makeConversation(linked([...run(0), action(2, 'pwd'), answer(3, '')]));
  expect(await json('diff', whole, torn)).toMatchObject({
    same: null,
    unknown: [
      "b: #5 can't be read",
      "b: the branch is not known beyond #5: the event can't be read",
    ],
    answers_part: null,
  });
  expect((await cli(['diff', whole, torn])).stdout).toContain(
    'the same 4 calls with the same answers, as far as they can be read',
  );
  expect(await json('diff', shorter, torn)).toMatchObject({ same: null });
  expect(await json('diff', whole, shorter)).toMatchObject({ same: false, unknown: [] });
  // The first call is before everything that is lost, but it can be off the branch.
  expect(await json('diff', other, torn)).toMatchObject({ same: null });
  tear(torn, 0);
  rmSync(eventPath(whole, 5));
  expect((await cli(['diff', whole, whole])).code).toBe(3);
});

test('ls does not leave out a conversation in silence', async () => {
  const root = temporaryFolder();
  const path = makeConversation(linked(run(1)), 'c0ffee00c0ffee00c0ffee00c0ffee01', root);
  writeFileSync(join(path, 'base_state.json'), '{"id":');
  writeFileSync(join(path, 'meta.json'), '[');
  const listed = await json('ls', root);
  expect(listed.items).toMatchObject([
    { status: null, unreadable_files: ['base_state.json', 'meta.json'] },
  ]);
  const finished = await cli(['ls', root, '--status', 'finished']);
  expect([finished.code, finished.stdout]).toEqual([3, '']);
  expect(finished.stderr).toContain("what can't be read decides whether it belongs here");
  expect(finished.stderr).not.toContain('none of 1');
  // The newest event can be the one that can't be read.
  tear(path, 3);
  expect((await cli(['ls', root, '--since', '1h'])).code).toBe(3);
  expect((await cli(['ls', root, '--since', '2025-01-01'])).stdout).toContain('message 1');
});

test('exports say what is not known', async () => {
  const path = makeTorn();
  const page = (await cli(['export', path, '--format', 'html'])).stdout;
  expect(page).toContain('The branch is not known beyond #5: the event can&#39;t be read.');
  expect(page).toContain('the answer (#5) can&#39;t be read');
  // Five events: the card of a call has the mark once.
  expect(page.match(/branch not known/g)).toHaveLength(4);
  expect(page).toContain('none in what can be read');
  const document = (await cli(['export', path])).stdout;
  expect(document).toContain("- branch: `not known beyond #5: the event can't be read`");
  expect(document).toContain("<code>not known</code> · the answer (#5) can't be read");
  expect(document).toContain('- errors: `0 in what can be read`');
  expect((await cli(['stats', path])).stdout).toContain('no errors in what can be read');
});

const findings = async (path: string) => {
  const { conversations } = await json('verify', path, '--ignore', 'not-resumable');
  return conversations[0].findings.map(({ code }: { code: string }) => code);
};

test('verify concludes nothing from the absence of what can be lost', async () => {
  const path = makeConversation(linked(run(2)));
  tear(path, 3);
  expect(await findings(path)).toEqual(['truncated-json']); // no unmatched-action
  rmSync(eventPath(path, 3));
  expect(await findings(path)).toEqual(['index-gap']);
});

test('verify: an unreadable file has an id, so it does not hide an answer without an action', async () => {
  const path = makeConversation(linked([...run(1), { ...answer(4, ''), action_id: idOf(77) }]));
  tear(path, 1);
  expect(await findings(path)).toContain('orphan-observation');
  rmSync(eventPath(path, 1));
  expect(await findings(path)).not.toContain('orphan-observation');
});

test('thousands of unreadable answers', async () => {
  const events = Array.from({ length: 3_000 }, (_, at) => action(at, `s${at}`));
  const path = makeConversation(linked(events));
  for (let index = 1; index < events.length; index += 2) {
    writeFileSync(eventPath(path, index), '');
  }
  const { items } = await json('calls', path);
  expect(items).toHaveLength(1_500);
  expect(items[0].possible_answers).toHaveLength(20);
  expect((await cli(['calls', path, '--index', '0'])).stdout).toContain(
    '#1, #3, #5, #7, #9 and others',
  );
});

test('a folder under the name of an event is lost, too', async () => {
  const path = makeConversation(linked(run(2)));
  const text = readFileSync(eventPath(path, 5));
  rmSync(eventPath(path, 5));
  mkdirSync(eventPath(path, 5));
  expect(text.length).toBeGreaterThan(0);
  expect((await json('calls', path)).items[1]).toMatchObject({ outcome: 'unknown' });
});
