import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';

/** V8 notes a way to go back to for each of its repetitions, and has 64 MB for these. */
const DEEP = '(a|b)+$';
const FIELD = `llm_message.content.text~${DEEP}`;
const WHY = `the pattern ${DEEP} needs more memory than a match may take on event #1`;

/** Event 1 is too long for the pattern, 0 and 2 match at once. */
const makeDeep = () =>
  makeConversation([
    messageEvent(0, 'banana'),
    messageEvent(1, `${'ab'.repeat(4_000_000)}!`),
    messageEvent(2, 'aaa'),
  ]);

test.each([
  ['search', '-e', DEEP],
  ['search', '-w', FIELD],
  ['search', '-e', DEEP, '--matches', '-o', 'ndjson'],
  ['count', '-e', DEEP],
  ['tail', '-e', DEEP],
  ['export', '-e', DEEP],
])('%s %s %s: an event on which a pattern overflows is skipped, and named', async (...words) => {
  const [command = '', ...options] = words;
  const { code, stdout, stderr } = await cli([command, makeDeep(), ...options]);
  expect(stderr).toContain(`match-overflow: ${WHY}`);
  expect(code).toBe(3);
  if (command === 'count') expect(stdout).toMatch(/^2\b/);
  else expect(stdout).toMatch(/banana[\s\S]*aaa/);
});

test('it is in the JSON as well', async () => {
  const { code, stdout } = await cli(['search', makeDeep(), '-e', DEEP, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    complete: true,
    skipped: [{ index: 1, code: 'match-overflow', message: WHY }],
  });
});

test('a text on which a redaction overflows is replaced as a whole', async () => {
  const { code, stdout, stderr } = await cli([
    'export',
    makeDeep(),
    '--format',
    'ndjson',
    '--index',
    '1',
    '--redact-pattern',
    DEEP,
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).llm_message.content[0].text).toBe('[redacted:too-long]');
  expect(stderr).toContain('1 too-long');
});
