import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BIN, cleanEnv, cli, terminal } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
  writeState,
} from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { ACTS } from '../helpers/screen.ts';

const fixture = (name: string) => fixtures.find((one) => one.name === name)!.path;
const DAYS = fixture('1.58.2/days');
const TEXT = fixture('1.58.2/text');

async function markdown(path: string, ...args: string[]): Promise<string> {
  const { code, stdout } = await cli(['export', path, ...args]);
  expect(code).toBe(0);
  return stdout;
}

/** Indices of the events whose titles stand in a document. */
const titled = (text: string) =>
  [...text.matchAll(/^#### (\d+) ·/gm)].map(([, index]) => Number(index));

describe('markdown', () => {
  test('is no longer than asked for, keeps both ends, and names what is left out', async () => {
    const text = await markdown(DAYS, '--max-length', '9000');
    expect(text.length).toBeLessThanOrEqual(9000);
    const indices = titled(text);
    expect([indices[0], indices.at(-1)]).toEqual([0, 147]);
    const [, count, from, to] = /\*\*(\d+) events left out here\*\* \((\d+) to (\d+)\)/.exec(text)!;
    const gap = Array.from({ length: Number(count) }, (_, at) => Number(from) + at);
    expect(gap.at(-1)).toBe(Number(to));
    expect([...indices, ...gap].sort((a, b) => a - b)).toEqual([...Array(148).keys()]);
    expect(text).toMatch(/> Among them failed:\n> - \d+ · /);
  });

  test('cuts nothing with --full', async () => {
    const text = await markdown(TEXT, '--full');
    expect(titled(text)).toEqual([...Array(27).keys()]);
    expect(text).toContain('function(b,c){return b?c:ü};'.repeat(1000));
    expect(text.length).toBeGreaterThan(300_000);
  });

  test('long outputs are cut in the middle, and say so', async () => {
    const path = makeConversation(1);
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
    writeEvent(path, 0, messageEvent(0, [...lines, 'x'.repeat(5000)].join('\n')));
    const text = await markdown(path);
    expect(text).toContain('line 11\n… 77 lines left out …\nline 89\n');
    expect(text).toMatch(/x{400}… \(4600 more characters\)/);
  });

  test('nothing that events say is markup, however many backticks they hold', async () => {
    const path = makeConversation(1);
    const hostile = '</code>\n````` @everyone #1 <img src=x> [a](javascript:b)\n```\n# not a title';
    writeEvent(path, 0, messageEvent(0, hostile));
    const text = await markdown(path);
    const [, body] = /\n``````\n([\s\S]*?)\n``````\n/.exec(text)!;
    expect(body).toBe(hostile);
    writeEvent(path, 0, messageEvent(0, '`a '.repeat(200_000)));
    expect((await markdown(path, '--full')).length).toBeGreaterThan(600_000);
  });

  test('controls are spelled out', async () => {
    const text = await markdown(TEXT);
    expect([...text].filter((one) => !'\n\t'.includes(one) && ACTS.test(one))).toEqual([]);
    const { output } = await terminal(['export', TEXT, '--format', 'ndjson'], 80);
    expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
  });

  test('an event that cannot be read is named', async () => {
    const path = makeConversation(3);
    truncateSync(eventPath(path, 1), 10);
    const { code, stdout, stderr } = await cli(['export', path]);
    expect(code).toBe(3);
    expect(stdout).toContain('> 1 event could not be read: 1 (truncated-json).');
    expect(stderr).toContain('event-00001');
  });
});

describe('which events', () => {
  test('filters and branches choose', async () => {
    expect(titled(await markdown(DAYS, '--errors'))).toHaveLength(8);
    expect(titled(await markdown(fixture('1.58.2/tree'), '--branch', 'active'))).toEqual([
      0, 1, 2, 5,
    ]);
  });

  test('a kind or a tool that there is not is told', async () => {
    const { code, stderr } = await cli(['export', DAYS, '-k', 'acton', '--tool', 'termnal']);
    expect(code).toBe(0);
    expect(stderr).toContain('did you mean action?');
    expect(stderr).toContain('no event is of tool termnal; tools there: terminal');
    expect(stderr).toContain('no event passes the filters');
  });

  test('ndjson carries them byte for byte', async () => {
    const { stdout } = await cli(['export', TEXT, '--format', 'ndjson']);
    const files = readdirSync(join(TEXT, 'events')).filter((name) => name.startsWith('event-'));
    const texts = files.sort().map((name) => readFileSync(join(TEXT, 'events', name), 'utf8'));
    expect(stdout.split('\n').slice(0, -1)).toEqual(texts);
  });
});

describe('--redact', () => {
  test.each(['md', 'ndjson', 'html'])(
    'replaces secrets in %s wherever they stand, and counts',
    async (format) => {
      const secret = `ghp_${'a1B2'.repeat(9)}`;
      const bare = `s3cr3t${'Zx9'.repeat(6)}`;
      const path = makeConversation([
        messageEvent(0, `the output was ${bare} and ${secret}`),
        messageEvent(1, `export DB_PASSWORD=${bare}`),
      ]);
      const metrics = { [secret]: { model_name: secret } };
      writeState(path, { execution_status: secret, stats: { usage_to_metrics: metrics } });
      writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: `use ${secret}` }));
      const { stdout, stderr } = await cli(['export', path, '--format', format, '--redact']);
      expect(stdout).not.toContain(secret);
      expect(stdout).not.toContain(bare);
      expect(stdout).toContain('[redacted:');
      expect(stderr).toMatch(/\d secrets replaced: /);
    },
  );

  test('says that there was none', async () => {
    expect((await cli(['export', DAYS, '--redact'])).stderr).toBe(
      'convoscope: 0 secrets replaced\n',
    );
  });
});

describe('--out', () => {
  test('writes a file for its owner, and keeps the mode of one that is there', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'out.md');
    const { code, stdout } = await cli(['export', DAYS, '--out', file]);
    expect([code, stdout, statSync(file).mode & 0o777]).toEqual([0, '', 0o600]);
    expect(readFileSync(file, 'utf8')).toBe(await markdown(DAYS));
    chmodSync(file, 0o640);
    await cli(['export', DAYS, '--out', file, '-k', 'message']);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['out.md']);
  });

  test('follows a link, and leaves it one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real.md'), 'old');
    symlinkSync('real.md', join(folder, 'link.md'));
    await cli(['export', DAYS, '--out', join(folder, 'link.md')]);
    expect(readFileSync(join(folder, 'real.md'), 'utf8')).toBe(await markdown(DAYS));
    expect(readdirSync(folder).sort()).toEqual(['link.md', 'real.md']);
  });

  test('writes to a pipe as it is, and to stdout for -', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writing = cli(['export', DAYS, '--out', pipe]);
    const read = readFileSync(pipe, 'utf8');
    expect((await writing).code).toBe(0);
    expect(read).toBe(await markdown(DAYS));
    expect(statSync(pipe).isFIFO()).toBe(true);
    expect(await markdown(DAYS, '--out', '-')).toBe(read);
  });

  test('never writes into the conversation, by whatever way', async () => {
    const copy = join(temporaryFolder(), 'copy');
    cpSync(DAYS, copy, { recursive: true });
    mkdirSync(join(copy, 'subagents'));
    const outside = temporaryFolder();
    symlinkSync(copy, join(outside, 'way'));
    symlinkSync(join(copy, 'base_state.json'), join(outside, 'state'));
    const before = readFileSync(join(copy, 'base_state.json'), 'utf8');
    for (const file of [
      join(copy, 'out.md'),
      join(copy, 'events', 'out.md'),
      join(copy, 'subagents', 'out.md'),
      join(copy, 'events', '..', 'out.md'),
      join(outside, 'way', 'out.md'),
      join(outside, 'state'),
    ]) {
      const { code, stderr } = await cli(['export', copy, '--out', file]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^convoscope: [^\n]*inside the conversation[^\n]*\n$/),
      ]);
    }
    // Nor into one around it, nor into any other.
    cpSync(DAYS, join(copy, 'subagents', 'ab12'), { recursive: true });
    for (const file of [join(copy, 'base_state.json'), join(copy, 'events', 'x.md')]) {
      expect((await cli(['export', join(copy, 'subagents', 'ab12'), '--out', file])).code).toBe(2);
      expect((await cli(['export', TEXT, '--out', file])).code).toBe(2);
    }
    expect(existsSync(join(copy, 'out.md'))).toBe(false);
    expect(readFileSync(join(copy, 'base_state.json'), 'utf8')).toBe(before);
  });

  test.each([
    ['a folder', (folder: string) => folder, /a folder/],
    ['no folder', (folder: string) => join(folder, 'none', 'x.md'), /there is no folder/],
    ['no name', () => '', /a folder/],
    ['a name that is a folder', (folder: string) => join(folder, 'x/'), /a folder/],
    ['a way back to a folder', (folder: string) => `${join(folder, 'x')}/..`, /a folder|no folder/],
    [
      'a file that nobody may write to',
      (folder: string) => {
        writeFileSync(join(folder, 'kept.md'), 'kept', { mode: 0o444 });
        return join(folder, 'kept.md');
      },
      /not to be written to/,
    ],
    ['a full disk', () => '/dev/full', /ENOSPC/],
  ])('%s is refused in one line', async (_, pathOf, message) => {
    const { code, stderr } = await cli(['export', DAYS, '--out', pathOf(temporaryFolder())]);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toMatch(message);
  });

  test('an interrupt leaves no half file behind', async () => {
    const folder = temporaryFolder();
    const path = makeConversation(3000);
    const child = spawn(process.execPath, [BIN, 'export', path, '--out', join(folder, 'x.md')], {
      env: cleanEnv(),
    });
    const isThere = () => readdirSync(folder).some((name) => name.endsWith('.part'));
    for (let tries = 0; tries < 2000 && !isThere(); tries++) await sleep(2);
    expect(isThere()).toBe(true);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, readdirSync(folder)]).toEqual([130, []]);
  });

  test('a page is not written onto a terminal', async () => {
    const { code, output } = await terminal(['export', DAYS, '--format', 'html'], 80);
    expect([code, output]).toEqual([2, expect.stringMatching(/^convoscope: [^\n]*--out[^\n]*\n$/)]);
  });
});
