import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';

const SLOW = '(a+)+$';
const LIMIT = ['--match-timeout', '500ms'];
const FIELD = `llm_message.content.text~${SLOW}`;
const WHY = `match-timeout: the pattern ${SLOW} took longer than 0.5 s on event #1`;

/** Event 1 takes practically for ever, 0 and 2 match at once. */
const makeSlow = () =>
  makeConversation([
    messageEvent(0, 'banana'),
    messageEvent(1, `${'a'.repeat(60)}!`),
    messageEvent(2, 'aaa'),
  ]);

test.each([
  ['search', '-e', SLOW],
  ['search', '-e', SLOW, '--limit', '5'],
  ['search', '-e', SLOW, '--sort', 'index'],
  ['search', '-e', SLOW, '--branch', 'active'],
  ['search', '-w', FIELD],
  ['count', '-e', SLOW],
  ['count', '-w', FIELD, '--by', 'kind'],
  ['tail', '-e', SLOW],
  ['export', '-e', SLOW],
])(
  '%s %s %s: an event on which a pattern takes too long is skipped, and named',
  async (command, ...options) => {
    const path = makeSlow();
    const { code, stdout, stderr } = await cli([command, path, ...options, ...LIMIT]);
    expect(code).toBe(3);
    expect(stderr).toContain(WHY);
    expect(stderr.match(/match-timeout/g)).toHaveLength(1);
    if (command === 'count') expect(stdout).toMatch(/^2\b/);
    else expect(stdout).toMatch(/banana[\s\S]*aaa/);
  },
);

test.each([['search'], ['count']])('%s: it is in the JSON as well', async (command) => {
  const { code, stdout } = await cli([command, makeSlow(), '-e', SLOW, ...LIMIT, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    complete: true,
    skipped: [{ index: 1, code: 'match-timeout', message: WHY.replace('match-timeout: ', '') }],
  });
});

test('what another condition rules out is not skipped', async () => {
  const { code, stderr } = await cli(['count', makeSlow(), '-e', SLOW, '--index', '2..', ...LIMIT]);
  expect([code, stderr]).toEqual([0, '']);
});

test.each(['0', '0s', '25h', 'x', '-1'])('--match-timeout %s is no time', async (value) => {
  const { code, stderr } = await cli(['count', makeSlow(), '-e', 'a', `--match-timeout=${value}`]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^convoscope: .*--match-timeout.*\n$/);
});
