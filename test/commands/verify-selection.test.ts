import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';

/** A conversation that does not resume, because one of its files is cut. */
function makeCut(): string {
  const path = makeConversation(3);
  writeFileSync(eventPath(path, 1), '{"id": "x"');
  return path;
}

const NONE_CHOSEN = ['--ignore', 'truncated-json,not-resumable'];

test.each([
  [['--only', 'clock-jump']],
  [NONE_CHOSEN],
  [['--severity', 'truncated-json=off', '--severity', 'not-resumable=off']],
])('with %j, a clean answer is about the chosen codes', async (options) => {
  const path = makeCut();
  const { code, stdout } = await cli(['verify', path, ...options]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 does not resume\n');
  expect(stdout).toContain('no problems among the chosen codes');
  expect(stdout).not.toContain('no problems found');
  const json = JSON.parse((await cli(['verify', path, ...options, '--json'])).stdout);
  expect(json).toMatchObject({ ok: true, conversations: [{ resumes: 'no' }] });
});

test('a baseline can begin with a byte order mark', async () => {
  const path = makeCut();
  const file = join(temporaryFolder(), 'baseline.json');
  writeFileSync(file, `\ufeff${(await cli(['verify', path, '--json'])).stdout}`);
  const { code, stderr } = await cli(['verify', path, '--baseline', file]);
  expect([code, stderr]).toEqual([0, '']);
});

test('a conversation that is named by its path and by a link is verified once', async () => {
  const path = makeConversation(3);
  const link = join(temporaryFolder(), 'link');
  symlinkSync(path, link);
  const { stdout } = await cli(['verify', path, link, '--json']);
  expect(JSON.parse(stdout).totals.conversations).toBe(1);
});
