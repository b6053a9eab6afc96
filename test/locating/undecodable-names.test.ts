import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';

/** A path with bytes, of which `\xe4` is not UTF-8. */
const bytes = (path: string, name: string) =>
  Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, 'latin1')]);

/** A root with a conversation and one whose name is not UTF-8. */
function makeRoot(): string {
  const root = temporaryFolder();
  makeConversation(3, 'good', root);
  renameSync(makeConversation(2, 'bad', root), bytes(root, 'Gespr\xe4ch'));
  return root;
}

test('a conversation whose name is not UTF-8 is reported by whatever looks for conversations', async () => {
  const root = makeRoot();
  const reported = 'Gespr\\xe4ch: not looked at, because its name is not valid UTF-8';
  const verified = await cli(['verify', root]);
  expect(verified.code).toBe(2);
  expect(verified.stderr).toContain(reported);
  const listed = await cli(['ls', root]);
  expect(listed.stderr).toContain(reported);
  expect(listed.stdout).toContain('good');
  expect((await cli(['count', '--root', root])).stderr).toContain(reported);
  expect((await cli(['count', 'abcd', '--root', root])).stderr).toContain(reported);
  expect((await cli(['where', '--root', root])).stderr).toContain(reported);
});

test('so is one in subagents, a link, and one next to a name that holds U+FFFD itself', async () => {
  const root = temporaryFolder();
  const path = makeConversation(3, 'c0ffee', root);
  mkdirSync(join(path, 'subagents'));
  renameSync(makeConversation(2, 'x'), bytes(join(path, 'subagents'), '\xff\xfe'));
  symlinkSync(path, bytes(root, 'link\xe4'));
  makeConversation(2, 'real\ufffd', root);
  mkdirSync(bytes(root, 'real\xe4'));
  const { code, stderr, stdout } = await cli(['verify', root]);
  expect(code).toBe(2);
  expect(stderr).toContain('\\xff\\xfe: not looked at');
  expect(stderr).toContain('link\\xe4: not looked at');
  expect(stderr).toContain('real\\xe4: not looked at');
  expect(stdout).toContain('2 conversations');
});

test('a file is no conversation, and is not reported', async () => {
  const root = temporaryFolder();
  makeConversation(3, 'good', root);
  writeFileSync(bytes(root, 'notes\xe4'), '');
  expect(await cli(['ls', root])).toMatchObject({ code: 0, stderr: '' });
});

test('an event file with such a name is an unrecognized name, with its bytes', async () => {
  const path = makeConversation(2);
  const events = join(path, 'events');
  renameSync(eventPath(path, 1), bytes(events, 'event-00001-\xe4\xf6aaaaaa.json'));
  writeFileSync(bytes(events, 'ok\u00c3\u00a4'), ''); // valid UTF-8
  writeFileSync(join(events, 'real\ufffd'), '');
  const { stdout } = await cli(['verify', path, '-o', 'ndjson', '--only', 'unrecognized-name']);
  const files = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).file);
  expect(files.sort()).toEqual([
    'events/event-00001-\\xe4\\xf6aaaaaa.json',
    'events/okä',
    'events/real\ufffd',
  ]);
});

test('a conversation with such a name in it is not sealed as if it were not there', async () => {
  const path = makeConversation(2);
  const clean = await cli(['seal', path]);
  expect(clean.code).toBe(0);
  const manifest = join(temporaryFolder(), 'manifest');
  writeFileSync(manifest, clean.stdout);
  mkdirSync(bytes(path, 'folder\xe4'));
  writeFileSync(Buffer.concat([bytes(path, 'folder\xe4'), Buffer.from('/hidden')]), 'evidence');
  const { code, stderr } = await cli(['seal', path]);
  expect(code).toBe(2);
  expect(stderr).toContain('folder\\xe4');
  const verified = await cli(['verify', path, '--manifest', manifest]);
  expect(verified.code).toBe(2); // there can be a conversation in it that was not verified
  expect(verified.stdout).toContain('folder\\xe4');
});

test('an operand that is not UTF-8 gets an answer that says so', async () => {
  const { code, stderr } = await cli(['count', '/nowhere/Gespr\ufffdch']);
  expect(code).toBe(2);
  expect(stderr).toContain("a name that is not valid UTF-8 can't be opened");
});

test('a link to such a conversation, and such a current folder, are read', async () => {
  const root = makeRoot();
  const link = join(temporaryFolder(), 'link');
  execFileSync('sh', ['-c', `ln -s "$1"/Gespr* "$2"`, 'sh', root, link]);
  const cache = temporaryFolder();
  const commands = [
    ['count', link, '-k', 'message', '--cache-dir', cache],
    ['count', '--root', join(link, '..'), '-k', 'message', '--cache-dir', cache],
    ['count', '-k', 'message', '--cache-dir', cache],
    ['count', '-k', 'message', '--cache-dir', 'inner'],
  ];
  for (const command of commands) {
    const cwd = command[1] === '-k' ? link : undefined;
    expect(await cli(command, { cwd })).toMatchObject({ code: 0, stdout: '2\n' });
  }
  expect(readdirSync(cache)).toEqual([]); // it has no path under which an index could be found again
  expect(readdirSync(root)).toHaveLength(2);
  expect(await cli(['ls', join(link, '..')])).toMatchObject({ code: 0, stderr: '' });
});
