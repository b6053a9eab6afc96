import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';

const ONE = '11111111aaaa4bbb8ccc000000000001';
const TWO = '11112222aaaa4bbb8ccc000000000002';

function makeRoot() {
  const root = temporaryFolder();
  const one = makeConversation(1, ONE, root);
  const two = makeConversation(2, TWO, root);
  return { root, one, two };
}

/** Sets the times of a conversation's files, in s since the epoch. */
function setFileTimes(path: string, time: number): void {
  for (const part of ['.', 'events', 'base_state.json']) utimesSync(join(path, part), time, time);
}

async function firstListed(root: string): Promise<string> {
  return JSON.parse((await cli(['ls', root, '--json', '-q'])).stdout).items[0].id;
}

const count = (...args: string[]) => cli(['count', ...args]);

describe('a path', () => {
  test('to the conversation, to its events folder, or to a folder of event files', async () => {
    const { two } = makeRoot();
    for (const path of [two, `${two}/`, join(two, 'events'), join(two, 'events/')]) {
      expect(await count(path)).toMatchObject({ code: 0, stdout: '2\n' });
    }
    const bare = makeConversation(3, 'logs');
    const files = join(temporaryFolder(), 'saved');
    symlinkSync(join(bare, 'events'), files);
    expect(await count(files)).toMatchObject({ code: 0, stdout: '3\n' });
  });

  test('relative to the current folder', async () => {
    const { root, two } = makeRoot();
    const id = async (operand: string, cwd: string) =>
      JSON.parse((await cli(['count', operand, '--json'], { cwd })).stdout).conversation;
    expect(await id('.', two)).toEqual({ id: TWO, path: two });
    expect(await id('events', two)).toEqual({ id: TWO, path: two });
    expect(await id('.', join(two, 'events'))).toEqual({ id: TWO, path: two });
    expect(await id(TWO, root)).toEqual({ id: TWO, path: two });
  });

  test.each([
    ['an empty folder', (path: string) => mkdirSync(path), 'found an empty folder'],
    [
      'a file',
      (path: string) => writeFileSync(path, ''),
      'a conversation is a folder, and this is a file',
    ],
    [
      'other things',
      (path: string) => [mkdirSync(path), writeFileSync(join(path, 'x'), '')],
      'found 1 other entry',
    ],
    [
      'a root',
      (path: string) => [mkdirSync(path), makeConversation(1, ONE, path)],
      `found ${ONE} in it: name one, or use it as a root`,
    ],
    ['nothing', () => {}, 'no such file or folder'],
  ])('to %s is reported in one line', async (_, make, why) => {
    const path = join(temporaryFolder(), 'operand');
    make(path);
    const { code, stdout, stderr } = await count(path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^convoscope: [^\n]*\n$/);
    expect(stderr).toContain(why);
  });

  test('is an error where the events folder is a link out of the conversation', async () => {
    const path = makeConversation(1);
    rmSync(join(path, 'events'), { recursive: true });
    symlinkSync('/etc', join(path, 'events'));
    const { code, stderr } = await count(path);
    expect([code, stderr]).toEqual([
      2,
      `convoscope: events is a link to a target outside the conversation, not followed: ${join(path, 'events')}\n`,
    ]);
  });
});

describe('an id', () => {
  test('is complete, with dashes, or a unique prefix', async () => {
    const { root, one } = makeRoot();
    const dashed = ONE.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    for (const id of [ONE, dashed, ONE.toUpperCase(), '11111111', '11111111-aa']) {
      expect(await count(id, '--root', root)).toEqual({
        code: 0,
        signal: null,
        stdout: '1\n',
        stderr: '',
      });
    }
    expect(await count('1111', '--root', root)).toMatchObject({
      code: 2,
      stderr: `convoscope: 1111: 2 conversations match: ${one}, ${join(root, TWO)}\n`,
    });
    expect(await count('abcd', '--root', root)).toMatchObject({
      code: 2,
      stderr: `convoscope: abcd: no such path, and no conversation with that id under ${root}\n`,
    });
    expect((await count('111', '--root', root)).stderr).toContain('4 characters or more');
  });

  test('is found where the folder name has dashes', async () => {
    const root = temporaryFolder();
    makeConversation(4, '33333333-aaaa-4bbb-8ccc-000000000001', root);
    expect(await count('33333333aaaa', '--root', root)).toMatchObject({ code: 0, stdout: '4\n' });
  });
});

describe('without an operand', () => {
  test('the latest conversation under the roots is read', async () => {
    const { root, one, two } = makeRoot();
    for (const operand of [[], ['@latest']]) {
      expect(await count(...operand, '--root', root)).toEqual({
        code: 0,
        signal: null,
        stdout: '2\n',
        stderr: `convoscope: reading ${two}\n`,
      });
    }
    setFileTimes(one, 4e9);
    expect(await count('--root', root, '-q')).toMatchObject({ stdout: '2\n', stderr: '' });
    writeEvent(one, 1, { ...messageEvent(1), timestamp: '2030-01-01T00:00:00' });
    setFileTimes(one, 1e9);
    expect(await count('--root', root, '-q')).toMatchObject({ stdout: '2\n', stderr: '' });
    expect(await firstListed(root)).toBe(ONE);
  });

  test.each<[string, (one: string) => void]>([
    ['the newest event can not be read', (one) => writeFileSync(eventPath(one, 4), '{')],
    ['the newest event has no time', (one) => writeEvent(one, 4, { kind: 'PauseEvent' })],
    [
      'the times have different offsets',
      (one) => writeEvent(one, 4, { ...messageEvent(4), timestamp: '2026-02-22T10:00:00-09:00' }),
    ],
    [
      'no event has a time, and meta.json has one',
      (one) => {
        rmSync(join(one, 'events'), { recursive: true });
        writeFileSync(join(one, 'meta.json'), '{"updated_at": "2030-01-01T00:00:00Z"}');
      },
    ],
    ['there are no events', (one) => rmSync(join(one, 'events'), { recursive: true })],
    ['the times are equal', (one) => rmSync(eventPath(one, 3))],
  ])('the latest conversation is the first of ls where %s', async (_, change) => {
    const root = temporaryFolder();
    const one = makeConversation(4, ONE, root);
    makeConversation(3, TWO, root);
    makeConversation(0, '33333333aaaa4bbb8ccc000000000003', root);
    change(one);
    const { stdout } = await cli(['count', '--root', root, '--json', '-q']);
    expect(await firstListed(root)).toBe(JSON.parse(stdout).conversation.id);
  });

  test('the current folder is read if it is a conversation', async () => {
    const { root, one } = makeRoot();
    const { stdout, stderr } = await cli(['count', '--root', root], { cwd: one });
    expect([stdout, stderr]).toEqual(['1\n', `convoscope: reading ${one}\n`]);
  });

  test('an error says that there is no conversation or no root', async () => {
    const empty = temporaryFolder();
    const { code, stderr } = await cli(['count'], { cwd: empty });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^convoscope: no root of conversations exists; looked at \/[^\n]* \(see --root\)\n$/,
    );
    expect((await count('--root', empty)).stderr).toBe(
      `convoscope: no conversation under ${empty} (an empty folder)\n`,
    );
    expect(await count('--root', join(empty, 'x'))).toMatchObject({
      code: 2,
      stderr: `convoscope: --root ${join(empty, 'x')}: not a folder\n`,
    });
  });
});

test.each([
  ['OPENHANDS_CONVERSATIONS_DIR', ''],
  ['OPENHANDS_PERSISTENCE_DIR', 'conversations'],
  ['OH_CONVERSATIONS_PATH', ''],
  ['OH_CANVAS_SAFE_STATE_DIR', 'dev_conversations'],
  ['OPENHANDS_CONVERSATIONS_ROOT', ''],
  ['HOME', '.openhands/conversations'],
  ['HOME', '.openhands/agent-canvas/conversations'],
])('a known root: $%s/%s', async (variable, below) => {
  const base = temporaryFolder();
  const root = join(base, below);
  mkdirSync(root, { recursive: true });
  makeConversation(5, ONE, root);
  const options = { env: cleanEnv({ [variable]: base }), cwd: temporaryFolder() };
  expect(await cli(['count', '1111'], options)).toMatchObject({ code: 0, stdout: '5\n' });
});

test.each(['workspace/conversations', '.conversations'])('a known root: ./%s', async (below) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, below), { recursive: true });
  makeConversation(5, ONE, join(cwd, below));
  expect(await cli(['count'], { cwd })).toMatchObject({ code: 0, stdout: '5\n' });
});

describe('a root with an invalid conversation', () => {
  const spoil: [string, (path: string) => void][] = [
    ['a link out', (path) => symlinkSync('/tmp', join(path, 'events'))],
    ['a link to itself', (path) => symlinkSync('events', join(path, 'events'))],
    [
      'a state that is a link to itself',
      (path) => symlinkSync('base_state.json', join(path, 'base_state.json')),
    ],
  ];

  test.each(spoil)('is searched nevertheless: %s', async (_, make) => {
    const { root, one } = makeRoot();
    mkdirSync(join(root, 'bbbbbbbb'));
    make(join(root, 'bbbbbbbb'));
    symlinkSync('nowhere', join(root, 'cccccccc'));
    symlinkSync('/etc/hostname', join(root, 'dddddddd'));
    expect(await count('11111111', '--root', root)).toMatchObject({ code: 0, stdout: '1\n' });
    expect(await count('--root', root, '-q')).toMatchObject({ code: 0, stdout: '2\n' });
    expect((await cli(['verify', root])).stdout).toContain('2 conversations, 3 events');
    expect(await count('11111111', '--root', root, '--root', `${root}/`)).toMatchObject({
      code: 0,
    });
    expect(await count(one)).toMatchObject({ code: 0 });
  });

  test('verify reports a link to a conversation that may not be read', async () => {
    const { root } = makeRoot();
    const elsewhere = temporaryFolder();
    symlinkSync('/etc', join(elsewhere, 'events'));
    symlinkSync(elsewhere, join(root, 'linked'));
    const { stdout, stderr } = await cli(['verify', root]);
    expect(stdout).toContain('2 conversations, 3 events');
    expect(stderr.split(join(root, 'linked', 'events'))).toHaveLength(2);
  });
});
