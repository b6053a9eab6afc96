import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { link } from '../../../src/report/text/terminal-link.ts';
import { cleanEnv, cli, terminal } from '../../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  temporaryFolder,
  writeEvent,
} from '../../helpers/conversation.ts';
import { makeStory } from '../../helpers/story.ts';

const FORCED = { FORCE_HYPERLINK: '1', NO_COLOR: '1' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a link is made of
const LINK = /\u001b\]8;;([^\u001b]*)\u001b\\([^\u001b]*)\u001b\]8;;\u001b\\/g;

/** Links in what a terminal was sent: where to, and what is linked. */
const linksOf = (output: string) => [...output.matchAll(LINK)].map(([, url, text]) => [url, text]);

const urlOf = (path: string) => `file://${hostname()}${path}`;

test.each([80, 200, 20])(
  'on a terminal of %d columns, an index is linked to its file',
  async (columns) => {
    const path = makeStory();
    const args = ['search', path, '-k', 'action,message', '-C', '1'];
    const { output } = await terminal(args, columns, FORCED);
    const links = [1, 3, 2, 4].map((index) => [urlOf(eventPath(path, index)), String(index)]);
    if (columns > 20) expect(linksOf(output)).toEqual(expect.arrayContaining(links));
    // Apart from the links, the output is the same.
    const plain = await terminal(args, columns, { ...FORCED, FORCE_HYPERLINK: '0' });
    expect(output.replaceAll(LINK, '$2')).toBe(plain.output);
    expect(plain.output).not.toContain('\u001b');
  },
);

test('links do not depend on colours', async () => {
  const path = makeStory();
  for (const color of ['always', 'never']) {
    const { output } = await terminal(['search', path, '--color', color], 80, {
      FORCE_HYPERLINK: '1',
    });
    expect(linksOf(output)).toHaveLength(6);
    expect(output.includes('\u001b[')).toBe(color === 'always');
  }
});

test('a finding is linked to its file', async () => {
  const path = makeConversation(3);
  writeEvent(path, 1, []);
  const { output } = await terminal(['verify', path, '--only', 'not-an-object'], 80, FORCED);
  const file = eventPath(path, 1);
  expect(linksOf(output)).toEqual([[urlOf(file), '#1']]);
});

test('there are no links on a pipe', async () => {
  const env = cleanEnv({ ...FORCED, FORCE_COLOR: '0' });
  for (const args of [['search'], ['search', '--color', 'never'], ['verify']]) {
    expect((await cli([...args, makeStory()], { env })).stdout).not.toContain('\u001b');
  }
});

test('links do not count as columns when the rows of a screen are counted', async () => {
  const env = { ...FORCED, PAGER: 'sed s/^/paged/' };
  const { output } = await terminal(['search', makeConversation(40)], 80, env);
  expect(output).not.toContain('paged');
});

test('control characters in a path do not reach the terminal', async () => {
  const name = '\u001b]0;x\u0007 %41\u009b31m\n\u202e#?;"é';
  const [[url = ''] = []] = linksOf(link('1', `/a/${name}`));
  expect(url).toMatch(/^[!-~]+$/);
  expect(decodeURIComponent(url)).toBe(urlOf(`/a/${name}`));
  const root = join(temporaryFolder(), '\u001b\u0007');
  const path = makeConversation(1, 'c\u001b\u0007', root);
  const { output } = await terminal(['search', path], 80, FORCED);
  expect(linksOf(output)[0]![0]).toContain('%1B%07');
  expect(output.replaceAll(LINK, '')).not.toContain('\u001b');
});

test.each([
  ['calls', (path: string) => [path], (path: string) => eventPath(path, 2)],
  ['show', (path: string) => [path, '4'], (path: string) => eventPath(path, 4)],
  ['ls', (path: string) => [dirname(path)], (path: string) => path],
  ['where', (path: string) => ['--root', dirname(path)], (path: string) => dirname(path)],
])('%s links to what it shows, and nothing else changes', async (command, argsOf, linked) => {
  const path = makeStory();
  const args = [command, ...argsOf(path)];
  const { output } = await terminal(args, 80, FORCED);
  expect(linksOf(output).map(([url]) => url)).toContain(urlOf(linked(path)));
  const plain = await terminal(args, 80, { ...FORCED, FORCE_HYPERLINK: '0' });
  expect(output.replaceAll(LINK, '$2')).toBe(plain.output);
});
