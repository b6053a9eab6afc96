import { existsSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  eventPath,
  makeConversation,
  temporaryFolder,
  writeState,
} from '../helpers/conversation.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { parseJunit } from '../helpers/parse-junit.ts';
import { parseSarif } from '../helpers/parse-sarif.ts';

const verify = (...args: string[]) => runInProcess(['verify', ...args]);
const documentOf = async (...args: string[]) =>
  JSON.parse((await verify(...args, '--json')).stdout);

/** Cuts an event short, and makes it old. */
function damage(path: string, index: number, bytes = 40): void {
  truncateSync(eventPath(path, index), bytes);
  utimesSync(eventPath(path, index), 1e9, 1e9);
}

/** One damaged conversation, one with a warning, and one that is fine. */
function makeRoot() {
  const root = temporaryFolder();
  const [damaged, warned, fine] = ['1', '2', '3'].map((digit) =>
    makeConversation(4, digit.repeat(32), root),
  ) as [string, string, string];
  damage(damaged, 1);
  writeFileSync(join(warned, 'events', 'notes.txt'), '');
  return { root, damaged, warned, fine };
}

describe('--fail-on', () => {
  test.each([
    [[], [1, 0, 0]],
    [
      ['--fail-on', 'error'],
      [1, 0, 0],
    ],
    [
      ['--fail-on', 'warning'],
      [1, 1, 0],
    ],
    [['--strict'], [1, 1, 0]],
    [
      ['--fail-on', 'not-resumable'],
      [1, 0, 0],
    ],
    // The verdict does not depend on which findings are reported.
    [
      ['--fail-on', 'not-resumable', '--only', 'index-gap'],
      [1, 0, 0],
    ],
    [
      ['--fail-on', 'error', '--only', 'index-gap'],
      [0, 0, 0],
    ],
  ])('%j', async (options, codes) => {
    const { damaged, warned, fine } = makeRoot();
    const actual: number[] = [];
    for (const path of [damaged, warned, fine]) actual.push((await verify(path, ...options)).code);
    expect(actual).toEqual(codes);
  });

  test('an error that does not keep the conversation from being resumed passes not-resumable', async () => {
    const { fine } = makeRoot();
    const options = ['--severity', 'unrecognized-name=error'];
    writeFileSync(join(fine, 'events', 'notes.txt'), '');
    expect((await verify(fine, ...options)).code).toBe(1);
    expect((await verify(fine, ...options, '--fail-on', 'not-resumable')).code).toBe(0);
  });

  test.each([
    [['--strict', '--fail-on', 'error'], '--strict --fail-on error: --strict is --fail-on warning'],
    [
      ['--strict', '--min-severity', 'error'],
      '--min-severity error hides what fails with --strict',
    ],
    [
      ['--report', 'xml=a'],
      '--report xml=a: xml is no format; formats are text, table, json, ndjson, junit, sarif, github, markdown',
    ],
    [
      ['--report', 'junit'],
      '--report junit: not <format>=<file>; formats are text, table, json, ndjson, junit, sarif, github, markdown',
    ],
  ])('%j is refused', async (options, message) => {
    expect(await verify('.', ...options)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `convoscope: ${message}\n`,
    });
  });
});

test('--min-severity leaves findings out, and the totals count them', async () => {
  const { root } = makeRoot();
  const { stdout } = await verify(root, '--min-severity', 'error');
  expect(stdout).not.toContain('notes.txt');
  expect(stdout).toContain('1 less severe finding not shown\n');
  expect(stdout).toMatch(/: 1 error, 1 warning, 0 infos\n$/);
  for (const format of ['ndjson', 'sarif', 'junit', 'github', 'markdown']) {
    const { stdout: shown } = await verify(root, '--min-severity', 'error', '-o', format);
    expect(shown.includes('truncated-json')).toBe(true);
    expect(shown.includes('notes.txt')).toBe(false);
  }
});

test('on a terminal, the reason of a conversation is shown rather than the whole path of the field', async () => {
  const root = temporaryFolder();
  for (const digit of ['1', '2']) {
    const mcp_config = { mcpServers: { fetch: { command: 'x' } } };
    const agent = { kind: 'Agent', tools: [], llm: { model: 'x' }, mcp_config };
    writeState(makeConversation(4, digit.repeat(32), root), { agent });
  }
  const { stdout } = await runInProcess(['verify', root, '--summary'], { columns: 80 });
  const reasons = stdout.split('\n').filter((line) => line.includes('base_state.json'));
  expect(reasons).toHaveLength(2);
  for (const line of reasons) expect(line).toContain('base_state.json: …mcpServers: unknown field');
});

test('--summary prints the reasons and the totals alone', async () => {
  const { root } = makeRoot();
  const { stdout } = await verify(root, '--summary');
  expect(stdout).toBe(`\
Not resumable:
  ${'1'.repeat(32)}: #1: the text ends in the middle of a value (ValidationError); 1 error: truncated-json at #1
Resumes, but has problems:
  ${'2'.repeat(32)}: 1 warning: unrecognized-name at events/notes.txt

1 does not resume, 2 resume
3 conversations, 12 events (1 can't be read): 1 error, 1 warning, 0 infos
`);
});

test('totals count the verdicts on resuming', async () => {
  const { root, fine } = makeRoot();
  rmSync(eventPath(fine, 2));
  const { totals } = await documentOf(root);
  expect(totals.resumes).toEqual({ yes: 1, partly: 1, no: 1, fresh: 0, unknown: 0 });
});

describe('--baseline', () => {
  const baselineOf = async (root: string, ...args: string[]) => {
    const file = join(temporaryFolder(), 'baseline.json');
    writeFileSync(file, (await verify(root, '--json', ...args)).stdout);
    return file;
  };

  test('what it has does not fail, wherever in the file it is now', async () => {
    const { root, damaged, fine } = makeRoot();
    rmSync(eventPath(fine, 2));
    const file = await baselineOf(root);
    damage(damaged, 1, 20);
    for (const failOn of ['error', 'warning', 'not-resumable']) {
      const { code, stdout } = await verify(root, '--baseline', file, '--fail-on', failOn);
      expect([code, stdout]).toEqual([
        0,
        `\
3 known findings left out
1 does not resume, 1 resumes up to a gap, 1 resumes
3 conversations, 11 events (1 can't be read): no new problems
`,
      ]);
    }
  });

  test('a new finding fails, and only it is shown', async () => {
    const { root, damaged, fine } = makeRoot();
    const file = await baselineOf(root);
    damage(damaged, 2);
    damage(fine, 1);
    const { code, stdout } = await verify(root, '--baseline', file, '-o', 'ndjson');
    const shown = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(shown.map(({ conversation, index }) => [conversation.path, index])).toEqual([
      [damaged, 2],
      [fine, 1],
    ]);
    expect((await verify(damaged, '--baseline', file, '--fail-on', 'not-resumable')).code).toBe(0);
    expect((await verify(fine, '--baseline', file, '--fail-on', 'not-resumable')).code).toBe(1);
  });

  test('what is gone is named, unless this run does not look for it', async () => {
    const { root, warned } = makeRoot();
    const file = await baselineOf(root);
    rmSync(join(warned, 'events', 'notes.txt'));
    const { stdout } = await verify(root, '--baseline', file);
    expect(stdout).toContain(
      `1 known finding gone: unrecognized-name in ${'2'.repeat(32)} (events/notes.txt)\n`,
    );
    const { baseline } = await documentOf(root, '--baseline', file);
    expect(baseline).toMatchObject({ known: 1, gone: [{ code: 'unrecognized-name' }] });
    const ignoring = await documentOf(root, '--baseline', file, '--ignore', 'unrecognized-name');
    expect(ignoring.baseline.gone).toEqual([]);
  });

  test('the report of a run with a baseline can be the next baseline', async () => {
    const { root } = makeRoot();
    const first = await baselineOf(root);
    const second = await baselineOf(root, '--baseline', first);
    expect((await verify(root, '--baseline', second)).code).toBe(0);
  });

  test('of conversations with one id in several folders, those with the same end of the path are compared', async () => {
    const root = temporaryFolder();
    const id = '1'.repeat(32);
    const [a, b] = ['a', 'b'].map((name) => makeConversation(4, id, join(root, name)));
    damage(a as string, 1);
    const file = await baselineOf(root);
    expect((await verify(root, '--baseline', file)).code).toBe(0);
    damage(b as string, 1);
    const { conversations } = await documentOf(root, '--baseline', file);
    expect(
      conversations.map(({ findings, known }: Record<string, unknown[]>) => [
        findings?.length,
        known?.length,
      ]),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test.each([
    ['nothing', undefined, 'no such file'],
    ['text', 'x', 'not JSON; a baseline is the output of verify --json'],
    [
      'another document',
      '{"format_version":1}',
      'not the output of verify --json (conversations: ',
    ],
    ['lines', '{}\n{}\n', 'not JSON; '],
  ])('%s is refused with one line, before anything is verified', async (_, content, message) => {
    const file = join(temporaryFolder(), 'baseline.json');
    if (content !== undefined) writeFileSync(file, content);
    const { code, stdout, stderr } = await verify(makeRoot().root, '--baseline', file);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]*\n$/);
    expect(stderr).toContain(`convoscope: --baseline ${file}: ${message}`);
  });

  test('a folder is refused', async () => {
    const { root } = makeRoot();
    const { code, stderr } = await verify(root, '--baseline', root);
    expect([code, stderr]).toEqual([2, `convoscope: --baseline ${root}: not a file\n`]);
  });
});

describe('--report', () => {
  test('several reports are written in one run', async () => {
    const { root } = makeRoot();
    const out = temporaryFolder();
    const [junit, sarif, json] = ['a.xml', 'b.sarif', 'c.json'].map((name) => join(out, name)) as [
      string,
      string,
      string,
    ];
    const reports = [`junit=${junit}`, `sarif=${sarif}`, `json=${json}`];
    const { code, stdout } = await verify(root, ...reports.flatMap((one) => ['--report', one]));
    expect(code).toBe(1);
    expect(stdout).toContain('Not resumable:\n');
    expect(parseJunit(readFileSync(junit, 'utf8')).attributes.failures).toBe('1');
    expect(parseSarif(readFileSync(sarif, 'utf8')).results).toHaveLength(2);
    expect(JSON.parse(readFileSync(json, 'utf8')).totals.errors).toBe(1);
  });

  test('a format for CI makes files be judged at rest', async () => {
    const path = makeConversation(4);
    truncateSync(eventPath(path, 3), 40);
    expect((await verify(path)).code).toBe(0);
    const file = join(temporaryFolder(), 'a.xml');
    expect((await verify(path, '--report', `junit=${file}`)).code).toBe(1);
  });

  test('nothing is written inside a conversation, or twice to one file', async () => {
    const { root, fine } = makeRoot();
    const inside = join(fine, 'a.xml');
    const refused = await verify(root, '--report', `junit=${inside}`);
    expect([refused.code, refused.stdout, existsSync(inside)]).toEqual([2, '', false]);
    expect(refused.stderr).toContain('convoscope never writes into one');
    const file = join(temporaryFolder(), 'a.xml');
    const twice = await verify(root, '--report', `junit=${file}`, '--report', `sarif=${file}`);
    expect([twice.code, twice.stderr, existsSync(file)]).toEqual([
      2,
      `convoscope: --report sarif=${file}: another report is written to this file\n`,
      false,
    ]);
  });
});
