import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  writeState,
} from '../../helpers/conversation.ts';
import { call, message, prompt, result } from '../../helpers/steps.ts';
import { addSubagent, CHILD, json, makePriced, PARENT } from '../../helpers/subagents.ts';

/* What is not known of a subagent is not shown as known in an answer that includes it. */

/** Two calls, each from a response of its own. */
const steps = () => [
  prompt(0, '2026-09-01T10:00:00'),
  message(1, '2026-09-01T10:00:01'),
  call(2, '2026-09-01T10:00:02'),
  result(3, '2026-09-01T10:00:03'),
  call(4, '2026-09-01T10:00:04'),
  result(5, '2026-09-01T10:00:05'),
];

test('a sum says for how many responses the usage is known', async () => {
  const parent = makePriced(1, { agent: 0.05 });
  const child = addSubagent(parent, steps(), {});
  const responses = (await json('stats', child)).coverage.usage.of;
  expect(responses).toBeGreaterThan(0);
  const { stdout } = await cli(['stats', parent, '--subagents']);
  expect(stdout).toContain('with 1 subagent: at least $0.0500; usage is known for 1 of 2 conver');
  expect((await json('stats', parent, '--subagents')).sum.coverage).toMatchObject({
    is_at_least: true,
    usage: { unit: 'responses', of: responses, complete: false },
  });
});

test('a sum without any known usage is not shown as nothing', async () => {
  const parent = makeConversation(steps(), PARENT);
  writeState(addSubagent(parent, steps(), {}), {});
  const { stdout } = await cli(['stats', parent, '--subagents']);
  expect(stdout).toMatch(/^all +12 +0 +- +- +-$/m);
  expect(stdout).toContain('with 1 subagent: cost not known; usage is known for 0 of 2 conver');
  expect(stdout).not.toContain('$0');
});

test('a sum says how many events can be read', async () => {
  const parent = makePriced(2, { agent: 1 });
  writeFileSync(eventPath(addSubagent(parent, 3, { agent: 1 }), 1), '[]');
  const { code, stdout } = await cli(['stats', parent, '--subagents']);
  expect([code, stdout]).toEqual([3, expect.stringContaining('\n4 of 5 events can be read\n')]);
  const { coverage } = (await json('stats', parent, '--subagents')).sum;
  expect(coverage.events).toMatchObject({ known: 4, of: 5, complete: false });
});

test('warnings about a subagent name it', async () => {
  const parent = makePriced(2, { agent: 1 });
  const child = addSubagent(parent, steps(), { agent: 1 });
  truncateSync(eventPath(child, 3), 20);
  const calls = await cli(['calls', parent, '--subagents', '--unanswered', '-q']);
  expect(calls.code).toBe(3);
  expect(calls.stderr).toContain(`subagents/${CHILD}: left out 1 call (#2)`);
  const loops = await cli(['calls', parent, '--subagents', '--loops', '-q']);
  expect(loops.stderr).toContain(`subagents/${CHILD}: a loop that goes on across a lost event`);
});

test('a pattern that takes too long on an event of a subagent names its file', async () => {
  const parent = makePriced(1, { agent: 1 });
  addSubagent(parent, [messageEvent(0, `${'a'.repeat(60)}!`)], { agent: 1 });
  for (const branch of [[], ['--branch', 'active']]) {
    const { code, stderr } = await cli([
      ...['search', parent, '--subagents', '-e', '(a+)+$', '--match-timeout', '500ms', ...branch],
    ]);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(new RegExp(`skipped ${join('subagents', CHILD)}/events/\\S+: match-`)),
    ]);
  }
});

test('the hour that comes twice is resolved by the order of each conversation on its own', async () => {
  const late = [prompt(0, '2026-11-01T01:59:50'), message(1, '2026-11-01T01:00:10')];
  const parent = makeConversation(late, PARENT);
  addSubagent(parent, [prompt(0, '2026-11-01T01:30:00'), message(1, '2026-11-01T01:59:55')], {});
  const { stdout } = await cli([...['search', parent, '--subagents', '--tz', 'America/New_York']]);
  const places = stdout.split('\n').map((line) => line.slice(0, 4) + line.slice(32, 36).trim());
  expect(places.slice(0, -1)).toEqual(['5ab00', 'aaaa0', '5ab01', 'aaaa1']);
});
