import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { action, answer, calls, PLAIN, screen, TREE } from '../helpers/views.ts';

/** Commands with their answers, one after the other. */
const exchanges = (
  ...pairs: readonly (readonly [command: string, text: string, code?: number])[]
) =>
  pairs.flatMap(([command, text, code], at) => [
    action(2 * at, command),
    answer(2 * at + 1, text, code),
  ]);
const text = async (path: string, ...options: string[]) =>
  (await cli(['calls', path, '--tz', 'UTC', ...options])).stdout;
const DAY = '2026-01-01\n';

describe('repeated calls', () => {
  test('are one line, which says whether the answers are the same', async () => {
    const path = makeConversation(
      exchanges(
        ['make', 'up to date'],
        ['make', 'up to date'],
        ['make', 'up to date'],
        ['ls', 'a'],
        ['date', '1'],
        ['date', '2'],
      ),
    );
    expect(await text(path)).toBe(
      `${DAY}0 00:00:00.000 terminal 6.0s ok ×3 (0–4), same answer: $ make
6 00:00:06.000 terminal 2.0s ok $ ls
8 00:00:08.000 terminal 4.0s ok ×2 (8–10), answers differ: $ date
`,
    );
    expect((await text(path, '--no-fold')).split('\n')).toHaveLength(8);
    expect(await calls(path)).toHaveLength(6);
  });

  test('rounds of a loop are one round', async () => {
    const round = [['a', 'x'] as const, ['b', 'y'] as const];
    const path = makeConversation(exchanges(...round, ...round, ...round));
    expect(await text(path)).toBe(
      `${DAY}0 00:00:00.000 terminal 6.0s ok ×3 of 2 calls (0–10), same answers: $ a
2 00:00:02.000 terminal 6.0s ok $ b
`,
    );
  });

  test('with other errors, or with a message between them, stay apart', async () => {
    const failing = makeConversation(exchanges(['make', 'no disk', 1], ['make', 'no network', 1]));
    expect(await text(failing)).toContain('↳ no disk\n');
    expect(await text(failing)).toContain('↳ no network\n');
    const asked = makeConversation([
      action(0, 'ls'),
      answer(1, 'a'),
      messageEvent(2, 'again'),
      action(3, 'ls'),
      answer(4, 'a'),
    ]);
    expect(await text(asked)).not.toContain('×');
  });

  test('are folded after they were filtered if nothing was between them, and counted before', async () => {
    const path = makeConversation(
      exchanges(['make', 'no', 1], ['ls', 'a'], ['make', 'no', 1], ['make', 'no', 1]),
    );
    expect(await text(path, '--failed')).toContain('×2 (4–6), same answer: $ make\n  ↳ no\n');
    const limited = await cli(['calls', path, '--failed', '-n', '2']);
    expect(limited.stdout.match(/\$ make/g)).toHaveLength(2);
    expect(limited.stderr).toContain('stopped at --limit 2; there are 3');
  });
});

describe('the folder that most calls are about', () => {
  const project = '/workspace/some/long/project';
  const edit = (index: number, path: string) => ({
    ...action(index, ''),
    tool_name: 'file_editor',
    action: { kind: 'FileEditorAction', command: 'view', path },
  });

  test('is named once, and different texts stay different', async () => {
    const path = makeConversation([
      ...exchanges(
        [`cd ${project} && make`, ''],
        ...[1, 2, 3, 4, 5, 6].map((at) => [`cd ${project} && make ${at}`, ''] as const),
        [`cd ${project}/sub && make`, ''],
        [`cd ${project}2 && make`, ''],
        ['make', ''],
        [`cat ${project}/a ${project}2/a /x${project}/a`, ''],
      ),
      edit(22, `${project}/src/a.py`),
      edit(23, 'src/a.py'),
      edit(24, project),
    ]);
    const lines = (await text(path)).trimEnd().split('\n');
    const shown = lines.slice(2).map((line) => line.replace(/^.* (?:ok|unanswered) +/, ''));
    expect(lines[0]).toBe(`… is ${project}, where commands after …$ run`);
    expect(shown).toEqual([
      '…$ make',
      ...[1, 2, 3, 4, 5, 6].map((at) => `…$ make ${at}`),
      '…/sub$ make',
      `$ cd ${project}2 && make`,
      '$ make',
      `$ cat …/a ${project}2/a /x${project}/a`,
      'view …/src/a.py',
      'view src/a.py',
      'view …/',
    ]);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('is not left out if a text looks like the sign, or if little is saved', async () => {
    const commands = [1, 2, 3, 4].map((at) => [`cd ${project} && run ${at}`, ''] as const);
    const signs = makeConversation(exchanges(...commands, ['cat …/a', '']));
    expect(await text(signs)).toContain(`$ cd ${project} && run 1`);
    const few = makeConversation(exchanges(['cd /w && make', ''], ['cd /w && make test', '']));
    expect(await text(few)).toContain('$ cd /w && make\n');
  });
});

describe('marks', () => {
  const risky = (index: number, security_risk: string) => ({
    ...action(index, `run ${index}`),
    security_risk,
  });

  test('HIGH is marked, LOW and MEDIUM are on request, and other words are spelled out', async () => {
    const path = makeConversation([
      risky(0, 'LOW'),
      risky(1, 'MEDIUM'),
      risky(2, 'HIGH'),
      risky(3, 'UNKNOWN'),
      risky(4, 'EXTREME'),
    ]);
    const marks = async (...options: string[]) =>
      (await text(path, ...options))
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line[2]);
    expect(await marks()).toEqual([' ', ' ', 'H', ' ', ' ']);
    expect(await marks('--risk')).toEqual(['L', 'M', 'H', ' ', ' ']);
    expect(await text(path)).toContain('[EXTREME] $ run 4');
  });

  test('have no column if there are none, and are explained by --legend', async () => {
    expect(await text(PLAIN)).toContain('\n 5 09:14:21.673 file_editor');
    const legend = await text(TREE, '--legend');
    for (const letter of ['F', 'O', '\\?', 'G', 'H']) {
      expect(legend).toMatch(new RegExp(`^${letter}  \\w`, 'm'));
    }
  });

  test.each(['--legend', '--risk', '--wrap', '--no-fold'])('%s is for text', async (option) => {
    expect(await cli(['calls', PLAIN, '--json', option])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `convoscope: ${option}: needs -o text, not json\n`,
    });
  });
});

test('an error has the whole width, and is wrapped on request', async () => {
  const error = `error: ${'word '.repeat(30)}end`;
  const path = makeConversation(exchanges(['make', error, 1]));
  const cut = (await screen('calls', path)).split('\n');
  expect(cut[2]).toMatch(/^ {2}↳ error: word .*…$/);
  expect(cut[2]).toHaveLength(80);
  const wrapped = (await screen('calls', path, '--wrap')).split('\n').slice(2, -1);
  expect(wrapped.map((line) => line.trim()).join(' ')).toBe(`↳ ${error}`);
  for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(80);
});

test('a date is a heading where it changes', async () => {
  const path = makeConversation([
    { ...action(0, 'a'), timestamp: '2026-01-01T23:59:59' },
    { ...action(1, 'b'), timestamp: '2026-01-02T00:00:01' },
    { ...action(2, 'c'), timestamp: '2026-01-02T00:00:02' },
  ]);
  const dates = (await text(path)).split('\n').filter((line) => /^\d{4}-/.test(line));
  expect(dates).toEqual(['2026-01-01', '2026-01-02']);
});

test('an empty list says why', async () => {
  const none = makeConversation([messageEvent(0, 'hi')]);
  expect(await cli(['calls', none])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'convoscope: no calls: none of 1 event is a call\n',
  });
  const torn = makeConversation([messageEvent(0, 'one'), messageEvent(1, 'two')]);
  rmSync(join(torn, 'events', readdirSync(join(torn, 'events')).sort()[0] as string));
  expect(await cli(['calls', torn])).toMatchObject({
    code: 1,
    stderr: 'convoscope: no calls: none of 1 event is a call; #0 is missing\n',
  });
  const { code, stderr } = await cli(['calls', PLAIN, '--unanswered']);
  expect([code, stderr]).toEqual([1, 'convoscope: no calls: none of 7 passes the filters\n']);
});

describe('a loop of the same error', () => {
  const loopsOf = async (events: readonly object[]) =>
    (await calls(makeConversation(events))).map(({ loop }) => loop && [loop.kind, loop.times]);
  const failing = ['a', 'b', 'c', 'd', 'e'].map((name) => [name, 'no space left', 1] as const);

  test('is found where arguments vary', async () => {
    const events = exchanges(['ls', 'x'], ...failing, ['ls', 'x']);
    const error = ['same-error', 5];
    expect(await loopsOf(events)).toEqual([null, error, error, error, error, error, null]);
    const shown = await text(makeConversation(events), '--loops');
    expect(shown).toContain('[loop 1: 5×, same error] $ a');
    expect(shown).toContain('[loop 1] $ b');
  });

  test('contains a loop of the same calls, if all have the same error', async () => {
    const [one] = failing;
    const events = exchanges(one!, one!, one!, ...failing.slice(1));
    expect(await loopsOf(events)).toEqual(new Array(7).fill(['same-error', 7]));
  });

  test.each([
    ['successes', 'done', 0],
    ['successes that say nothing', '', 0],
    ['failures that say nothing', '', 1],
  ])('is not %s', async (_, said, code) => {
    const events = exchanges(...failing.map(([name]) => [name, said, code] as const));
    expect(await loopsOf(events)).toEqual(new Array(5).fill(null));
  });

  test('is not several calls of one response', async () => {
    const actions = [0, 1, 2, 3].map((at) => ({
      ...action(at, `run ${at}`),
      llm_response_id: 'r',
    }));
    const answers = [0, 1, 2, 3].map((at) => ({
      ...answer(4 + at, 'no space left', 1),
      action_id: idOf(at),
    }));
    expect(await loopsOf([...actions, ...answers])).toEqual([null, null, null, null]);
  });
});
