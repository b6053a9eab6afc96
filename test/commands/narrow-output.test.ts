import { writeFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';

test.each([1, 2, 5, 12])('--max-columns %i: no line is wider', async (columns) => {
  const path = makeConversation([messageEvent(0, 'many words, many lines, many more')]);
  const { stdout } = await cli(['search', path, 'many', '--max-columns', String(columns)]);
  for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
});

test.each([
  ['a text', ['a']],
  ['an expression', ['-e', 'a']],
])('%s that matches very often is counted only so far', async (_, search) => {
  const path = makeConversation([messageEvent(0, 'a'.repeat(3_000_000))]);
  const { code, stdout } = await cli(['search', path, ...search, '--max-columns', '80']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ \+9999\+\n$/);
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it looks for
const ESCAPES = /\u001b(?:\[[\d;]*m|\]8;;[^\u001b]*\u001b\\)/g;

test.each(['stats', 'verify', 'show'])('%s fits a terminal of 40 columns', async (command) => {
  const path = makeConversation(3);
  writeFileSync(eventPath(path, 1), '{"id": "x"');
  const { output } = await terminal([command, path], 40);
  const lines = output.replace(ESCAPES, '').split(/\r?\n/);
  const wide = lines.filter((line) => stringWidth(line) > 40 && !line.startsWith('convoscope: '));
  expect(wide).toEqual([]);
});
