import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nearNames, suggestion } from '../../src/command-line/nearest.ts';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { makeStory } from '../helpers/story.ts';

test('names that are similar, the most similar first', () => {
  expect(nearNames('jsno', ['jsnof', 'json', 'xml'])).toEqual(['jsnof', 'json']);
  expect(nearNames('INDEX-GAPS', ['index-gap'])).toEqual(['index-gap']);
  expect(nearNames('x'.repeat(65), ['x'.repeat(65)])).toEqual([]);
});

test('names that contain the word, if none is similar', () => {
  const names = ['index-gap', 'truncated-json', 'invalid-json'];
  expect(suggestion('gap', names)).toBe(' (did you mean index-gap?)');
  expect(suggestion('json', names)).toBe(' (did you mean truncated-json or invalid-json?)');
  expect(suggestion('js', names)).toBe('');
});

test.each([
  [['verify', '--explain', 'truncated'], 'did you mean truncated-json?'],
  [['verify', '--explain', 'gap'], 'did you mean index-gap?'],
  [['verify', '@', '--ignore', 'foo'], 'no such finding code; the codes are empty-file, '],
  [['verify', '@', '--severity', 'foo=bar'], '--severity foo: no such finding code'],
  [
    ['verify', '@', '--severity', 'index-gap=eror'],
    'eror is not error, warning, info or off (did you mean error?)',
  ],
  [['verify', '@', '--severity', 'index-gap'], 'not <code>=error, warning, info or off'],
  [['verify', '@', '--report', 'junt=x'], 'junt is no format (did you mean junit?)'],
  [['verify', '@', '--report', 'junit=-'], 'name a file, or ./- for a file of that name'],
  [['verify', '@', '--baseline', ''], '--baseline: the value is empty'],
  [['search', '', 'x'], 'the operand [conversation] is empty'],
  [['export', '@', '--out', ''], '--out: the value is empty'],
  [['ls', '--root', ''], '--root: the value is empty'],
  [['diff', '@'], 'diff: <b> is missing: the other one'],
  [['completion'], 'completion: <shell> is missing: bash, zsh, fish'],
  [['-t', 'search', '@'], '-t: needs a value, and a command comes next: search'],
  [['--jsno', 'search', '@'], '--jsno: not an option of search (did you mean --json?)'],
  [['--limt', '3', 'search', '@', 'y'], '--limt: not an option of search (did you mean --limit?)'],
  [['@all'], "unknown command '@all'"],
  [['why', '@last', '--root', '/'], 'did you mean @latest?'],
])('%j says what may be meant', async (args, message) => {
  const path = makeStory();
  const words = args.map((arg) => (arg === '@' ? path : arg === '/' ? join(path, '..') : arg));
  const { code, stdout, stderr } = await cli(words);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^convoscope: [^\n]*\n$/);
  expect([code, stdout]).toEqual([2, '']);
});

test('a long value is not repeated whole', async () => {
  const { code, stderr } = await cli(['search', makeStory(), `--since=${'x'.repeat(10_000)}`]);
  expect(code).toBe(2);
  expect(stderr).toContain(`--since ${'x'.repeat(100)}…: not a time`);
  expect(stderr.length).toBeLessThan(1000);
});

test('a tool that no event has: the tools that there are', async () => {
  const { stderr } = await cli(['search', makeStory(), '--tool', 'termnal']);
  expect(stderr).toMatch(/found no event of tool termnal.*; tools found: \w+/);
});

test('a status that is mistyped', async () => {
  const root = join(makeStory(), '..');
  const { stderr } = await cli(['ls', root, '--status', 'fnished']);
  expect(stderr).toContain('has the status fnished (did you mean finished?)');
});

test('a number alone is a conversation whose folder has that name, else an event of the latest', async () => {
  const root = temporaryFolder();
  makeConversation(3, '12', root);
  makeConversation(20, undefined, root);
  mkdirSync(join(root, 'c0ffee00c0ffee00c0ffee00c0ffee00', 'x'));
  const env = { OPENHANDS_CONVERSATIONS_DIR: root };
  expect((await cli(['show', '12'], { env })).stdout).toContain('message 2');
  expect((await cli(['show', '13'], { env })).stdout).toContain('message 13');
  const { code, stderr } = await cli(['show', '99'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('99: no event has this index here; indices go from 0 to 19');
});

test('an index that no event has', async () => {
  const path = makeConversation(3);
  const { code, stderr } = await cli(['show', path, '9999']);
  expect(code).toBe(2);
  expect(stderr).toContain('indices go from 0 to 2');
});

test('the beginning of an id that is too short: ids that begin alike', async () => {
  const root = join(makeConversation(3), '..');
  const { code, stderr } = await cli(['why', 'c0f', '--root', root]);
  expect(code).toBe(2);
  expect(stderr).toContain('ids that begin alike: c0ffee00');
});
