import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { markdown } from '../helpers/markdown.ts';
import { fixture } from '../helpers/views.ts';

const DAYS = fixture('1.58.2/days');
const TEXT = fixture('1.58.2/text');

describe('--out', () => {
  test('writes a file with mode 0600, and keeps the mode of an existing one', async () => {
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

  test('writes to the target of a link', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real.md'), 'old');
    symlinkSync('real.md', join(folder, 'link.md'));
    await cli(['export', DAYS, '--out', join(folder, 'link.md')]);
    expect(readFileSync(join(folder, 'real.md'), 'utf8')).toBe(await markdown(DAYS));
    expect(readdirSync(folder).sort()).toEqual(['link.md', 'real.md']);
  });

  test('never writes into a conversation, by any path', async () => {
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
    ['no name', () => '', /--out: the value is empty/],
    ['a name that is a folder', (folder: string) => join(folder, 'x/'), /a folder/],
    ['a way back to a folder', (folder: string) => `${join(folder, 'x')}/..`, /a folder|no folder/],
    [
      'a read-only file',
      (folder: string) => {
        writeFileSync(join(folder, 'kept.md'), 'kept', { mode: 0o444 });
        return join(folder, 'kept.md');
      },
      /the file is read-only/,
    ],
  ])('%s is reported in one line', async (_, pathOf, message) => {
    const { code, stderr } = await cli(['export', DAYS, '--out', pathOf(temporaryFolder())]);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toMatch(message);
  });

  test('a page is not written to a terminal', async () => {
    const { code, output } = await terminal(['export', DAYS, '--format', 'html'], 80);
    expect([code, output]).toEqual([2, expect.stringMatching(/^convoscope: [^\n]*--out[^\n]*\n$/)]);
  });
});
