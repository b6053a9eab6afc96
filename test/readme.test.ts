import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, cleanEnv, cli, ROOT, run } from './helpers/cli.ts';
import { anchorsOf, examplesOf, linksOf, PAGES, readPage, withOutputs } from './helpers/pages.ts';

/** With UPDATE_EXAMPLES=1, outputs are written into the pages instead of being compared. */
const isUpdating = process.env.UPDATE_EXAMPLES === '1';
const PAGES_WITH_EXAMPLES = PAGES.filter((page) => examplesOf(readPage(page)).length > 0);

/** Where all examples are run, with a copy of all fixtures. */
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'convoscope-'));
  cpSync(join(ROOT, 'fixtures'), join(cwd, 'fixtures'), { recursive: true });
});

/** Runs commands one after another in one shell, so that an example can build on the one before. */
async function outputsOf(commands: readonly string[]): Promise<string[]> {
  // No example changes the fixtures. What else an example before this one has made is removed.
  for (const name of readdirSync(cwd)) {
    if (name !== 'fixtures') rmSync(join(cwd, name), { recursive: true });
  }
  // The examples are true in a clone that was just made, in which every file is young.
  execFileSync('find', ['fixtures', '-exec', 'touch', '{}', '+'], { cwd });
  const env = cleanEnv({ CONVOSCOPE_CACHE_DIR: join(cwd, '.cache/convoscope') });
  const marker = '\u0001';
  const script = commands
    .map((command) => `${command}\ncode=$?; echo -n "${marker}"; (exit $code)`)
    .join('\n');
  const prelude = `convoscope() { "${process.execPath}" "${BIN}" "$@"; }
exec 2>&1
`;
  const { stdout } = await run('bash', ['-c', prelude + script], { cwd, env });
  return stdout.replaceAll(cwd, '/home/me').split(marker);
}

describe('examples', () => {
  test.each(PAGES_WITH_EXAMPLES)('%s: every command prints what the page shows', async (page) => {
    const markdown = readPage(page);
    const examples = examplesOf(markdown);
    const outputs = await outputsOf(examples.map(({ command }) => command));
    if (isUpdating) {
      writeFileSync(join(ROOT, page), withOutputs(markdown, outputs));
      return;
    }
    const shown = examples.map((example, at) => ({ ...example, output: outputs[at] }));
    expect(shown).toEqual(examples);
  });

  test('every command has an example in the README, and a page with examples', async () => {
    const { stdout: help } = await cli(['--help']);
    const commands = [...help.matchAll(/^ {2}(?!convoscope)([a-z]+) /gm)].map(
      (match) => match[1] as string,
    );
    const named = commands.filter((command) => command !== 'help').sort();
    expect(named.length).toBeGreaterThan(10);
    expect(readdirSync(join(ROOT, 'docs/commands')).sort()).toEqual(named.map((c) => `${c}.md`));
    const examples = examplesOf(readPage('README.md'));
    expect(examples.length).toBeGreaterThan(15);
    const shown = examples.map(({ command }) => /^convoscope (\w+)/.exec(command)?.[1]);
    expect(named.filter((command) => !shown.includes(command))).toEqual([]);
    const pages = named.map((command) => `docs/commands/${command}.md`);
    expect(PAGES_WITH_EXAMPLES).toEqual(expect.arrayContaining(pages));
  });

  test('outputs can be replaced in a page', () => {
    const page = 'a\n```console\n$ one\n1\n1\n$ none\n$ two\n2\n```\nb\n';
    const outputs = examplesOf(page).map(({ output }) => output);
    expect(outputs).toEqual(['1\n1\n', '', '2\n']);
    expect(withOutputs(page, outputs)).toBe(page);
    const other = 'a\n```console\n$ one\n$ none\n0\n$ two\n3\n4\n```\nb\n';
    expect(withOutputs(page, ['', '0\n', '3\n4\n'])).toBe(other);
  });
});

describe('pages', () => {
  const others = ['CHANGELOG.md', 'bench/RESULTS.md', 'fixtures/README.md'];

  test.each([...PAGES, ...others])('%s: every relative link leads somewhere', (page) => {
    for (const link of linksOf(readPage(page))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      expect([link, existsSync(join(ROOT, target))]).toEqual([link, true]);
      if (anchor !== undefined) expect(anchorsOf(readPage(target))).toContain(anchor);
    }
  });

  test('the README has at most 200 lines, and every page is linked from it or from CONTRIBUTING', () => {
    const readme = readPage('README.md');
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
    const links = [...linksOf(readme), ...linksOf(readPage('CONTRIBUTING.md'))];
    expect(links).toEqual(expect.arrayContaining(PAGES.slice(1)));
  });
});

test('the set-up commands are those that CI and users run', () => {
  const readme = readPage('README.md');
  const [set, tests] = [...readme.matchAll(/```sh\n(.*)\n```/g)].map((match) => match[1]);
  expect(set).toMatch(/^npm ci && node bin\/convoscope\.js search fixtures\/conversations\/\S+$/);
  expect(tests).toBe('npm ci && npm test');
  const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8');
  for (const step of tests!.split(' && ')) expect(ci.split('\n')).toContain(step);
});
