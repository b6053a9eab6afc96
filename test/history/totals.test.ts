import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettledDocument, STATE } from '../../src/storage/read-state-file.ts';
import { callsOf, hasFailed } from '../../src/history/calls.ts';
import { readHistory } from '../../src/history/history.ts';
import type { Spread } from '../../src/history/duration-stats.ts';
import { statsOf } from '../../src/history/stats.ts';
import type { Step, Tokens } from '../../src/history/usage.ts';
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

const tokens = (told: Tokens | undefined) => ({
  prompt_tokens: told?.prompt,
  completion_tokens: told?.completion,
  cache_read_tokens: told?.cacheRead,
  cache_write_tokens: told?.cacheWrite,
  reasoning_tokens: told?.reasoning,
});
const step = (told: Step) => ({
  response: told.responseId,
  ...tokens(told.tokens),
  cost: told.cost,
  latency: told.latency,
});
const seconds = (us: number) => expect.closeTo(us / 1e6, 5);
const spread = (told: Spread | undefined) =>
  told
    ? {
        total: seconds(told.total),
        median: seconds(told.median),
        p95: seconds(told.p95),
        longest: seconds(told.longest),
      }
    : null;

describe.each(totals)('%s', (conversation, told) => {
  test('calls and stats are what the generator counted', async () => {
    const log = openFixture(conversation);
    const state = await readSettledDocument(log.folder, STATE);
    const history = await readHistory(log, state);
    const calls = callsOf(history, UTC);
    const stats = statsOf(history, calls, state, UTC);
    expect(told).toEqual({
      events: stats.events,
      errors: stats.errors,
      kinds: Object.fromEntries(stats.kinds),
      calls: calls.map(({ action, answer, duration, outcome, ...call }) => ({
        index: action.slot.index,
        id: action.slot.id,
        tool: action.entry.tool,
        response: action.told.responseId ?? null,
        executable: action.told.hasAction || action.told.kind === 'ACPToolCallEvent',
        answer: answer
          ? { index: answer.slot.index, id: answer.slot.id, kind: answer.told.kind }
          : null,
        failed: hasFailed({ action, answer, duration, outcome, ...call }) && answer !== undefined,
        exit_code: answer?.told.exitCode ?? null,
        seconds: duration === undefined ? null : seconds(duration),
        risk: action.told.risk ?? null,
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
