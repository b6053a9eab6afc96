import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { knownFacts, logAge } from '../../src/domain/facts/known-facts.ts';
import { callsOf, hasFailed } from '../../src/history/calls.ts';
import { type DurationStats, durationStats } from '../../src/history/duration-stats.ts';
import { readHistory } from '../../src/history/history.ts';
import { statsOf } from '../../src/history/stats.ts';
import type { ResponseUsage, Tokens } from '../../src/history/usage.ts';
import { readSettledStateFile, STATE_FILE } from '../../src/storage/read-state-file.ts';
import { findZone } from '../../src/time/zone.ts';
import { ROOT } from '../helpers/cli.ts';
import { openFixture } from '../helpers/fixtures.ts';

const UTC = findZone('UTC')!;

/** What the generator counted while it wrote the fixtures. */
const totals = Object.entries(
  JSON.parse(readFileSync(join(ROOT, 'fixtures/totals.json'), 'utf8')) as Record<
    string,
    Record<string, unknown>
  >,
);

const tokens = (fields: Tokens | undefined) => ({
  prompt_tokens: fields?.prompt,
  completion_tokens: fields?.completion,
  cache_read_tokens: fields?.cacheRead,
  cache_write_tokens: fields?.cacheWrite,
  reasoning_tokens: fields?.reasoning,
});
const step = (fields: ResponseUsage) => ({
  response: fields.responseId,
  ...tokens(fields.tokens),
  cost: fields.cost,
  latency: fields.latency,
});
const seconds = (us: number) => expect.closeTo(us / 1e6, 5);
const spread = (fields: DurationStats | undefined) =>
  fields
    ? {
        total: seconds(fields.total),
        median: seconds(fields.median),
        p95: seconds(fields.p95),
        longest: seconds(fields.longest),
      }
    : null;

/** Conversations whose timestamps run backwards on purpose. */
const WITH_JUMPS = new Set([
  '1.4.1/5beafda357fd507fb6bf96fac10eee8c',
  '1.17.0/3f7b1f9e9690522fbcf16c93d42bc3d4',
  '1.30.0/dc6d1f343a115a2280f5752a2a2490dc',
  '1.58.2/929a9fc2f180502b9883a814b0deec84',
  '1.58.2/e9d19a6d17075a978e171b49cbe29840',
]);

interface CountedCall {
  index: number;
  tool: string;
  answer: { index: number } | null;
  seconds: number | null;
}

/** The generator subtracts timestamps. Across a jump of the clock, and where the answer is earlier, the time is not known. */
function withoutUnknownDurations(fields: Record<string, unknown>, jumps: readonly number[]) {
  const isKnown = ({ index, answer, seconds }: CountedCall) =>
    seconds === null ||
    (seconds >= 0 && !jumps.some((after) => index < after && after <= (answer?.index ?? -1)));
  const counted = fields.calls as CountedCall[];
  const calls = counted.map((call) => (isKnown(call) ? call : { ...call, seconds: null }));
  const tools = fields.tools as Record<string, { seconds: object | null }>;
  const changed = new Set(counted.filter((call) => !isKnown(call)).map(({ tool }) => tool));
  for (const tool of changed) {
    const durations = calls.flatMap((call) => (call.tool === tool ? (call.seconds ?? []) : []));
    const { count, ...seconds } = durationStats(durations) ?? { count: 0 };
    tools[tool] = { ...tools[tool], seconds: count > 0 ? seconds : null };
  }
  return { ...fields, calls, tools };
}

describe.each(totals)('%s', (conversation, fields) => {
  test('calls and stats are what the generator counted', async () => {
    const log = openFixture(conversation);
    const state = await readSettledStateFile(log.folder, STATE_FILE);
    const history = await readHistory(log, state);
    const facts = knownFacts({
      state,
      meta: { kind: 'absent' },
      inEvents: history.statedFacts,
      log: logAge(log.slots, -1, () => undefined),
    });
    const calls = callsOf(history, UTC);
    const stats = statsOf(history, calls, facts, UTC);
    const jumps = stats.time.jumps.map(({ after }) => after.index);
    expect(jumps.length > 0).toBe(WITH_JUMPS.has(conversation));
    expect(withoutUnknownDurations(fields, jumps)).toEqual({
      events: stats.events,
      errors: stats.errors,
      kinds: Object.fromEntries(stats.kinds),
      calls: calls.map(({ action, answer, duration, outcome, ...call }) => ({
        index: action.slot.index,
        id: action.slot.id,
        tool: action.entry.tool,
        response: action.fields.responseId ?? null,
        executable: action.fields.hasAction || action.fields.kind === 'ACPToolCallEvent',
        answer: answer
          ? { index: answer.slot.index, id: answer.slot.id, kind: answer.fields.kind }
          : null,
        failed: hasFailed({ action, answer, duration, outcome, ...call }) && answer !== undefined,
        exit_code: answer?.fields.exitCode ?? null,
        seconds: duration === undefined ? null : seconds(duration),
        risk: action.fields.risk ?? null,
      })),
      tools: Object.fromEntries(
        stats.tools.map(({ tool, calls, answered, unanswered, failed, durations }) => [
          tool,
          { calls, answered, unanswered, failed, seconds: spread(durations) },
        ]),
      ),
      usage: Object.fromEntries(
        stats.usages.map(({ id, model, tokens: sum, cost, latency, steps }) => [
          id,
          {
            model,
            ...tokens(sum),
            cost,
            latency_seconds: latency,
            steps: steps.map(step),
          },
        ]),
      ),
    });
  });
});
