import type { z } from 'zod';
import type { FileUse } from '../../history/comparison/compared-files.ts';
import { hasSameAnswer } from '../../history/comparison/divergence.ts';
import { sumUsage } from '../../history/usage.ts';
import { callJson } from '../calls/json-line.ts';
import { coverageJson, sourcesJson } from '../facts/coverage-json.ts';
import type { diffDocument } from '../schemas/diff.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { DiffReport, Side } from './types.ts';

type Document = z.infer<typeof diffDocument>;

export function diffJson(report: DiffReport): Document {
  const { sides, divergence, isSame, unknown, aligned, files } = report;
  const [a, b] = sides;
  const [callA, callB] = divergence.calls;
  return {
    format_version: 1,
    same: isSame ?? null,
    unknown: [...unknown],
    a: sideJson(a),
    b: sideJson(b),
    common_calls: divergence.common,
    answers_part: divergence.answers
      ? {
          a: callJson(divergence.answers[0], a),
          b: callJson(divergence.answers[1], b),
        }
      : null,
    calls_part:
      callA || callB
        ? {
            a: callA ? callJson(callA, a) : null,
            b: callB ? callJson(callB, b) : null,
          }
        : null,
    aligned_calls: aligned.pairs.map((pair) => ({
      a: pair.a?.action.slot.index ?? null,
      b: pair.b?.action.slot.index ?? null,
      same: pair.isSame,
      same_answer: pair.a && pair.b && pair.isSame ? (hasSameAnswer(pair.a, pair.b) ?? null) : null,
    })),
    aligned_calls_complete: !aligned.isCutShort,
    files: files.map((file) => ({ path: file.path, a: useJson(file.a), b: useJson(file.b) })),
  };
}

const useJson = ({ path, edits, views }: FileUse) => ({ path: path ?? null, edits, views });

function sideJson(side: Side): Document['a'] {
  const { conversation, stats, firstMessage } = side;
  const { facts, usages, usageCoverage, time } = stats;
  return {
    conversation,
    outcome: side.ending.outcome,
    reason: side.ending.reason,
    status: facts.status?.value ?? null,
    model: facts.model?.value ?? null,
    first_message: firstMessage ?? null,
    events: stats.events,
    errors: stats.errors,
    calls: side.calls,
    tools: Object.fromEntries(side.tools),
    failed_calls: side.failed.map((call) => callJson(call, side)),
    prompt_tokens: sumUsage(usages, ({ tokens }) => tokens.prompt) ?? null,
    completion_tokens: sumUsage(usages, ({ tokens }) => tokens.completion) ?? null,
    cost: sumUsage(usages, ({ cost }) => cost) ?? null,
    seconds: time.total === undefined ? null : time.total / 1e6,
    sources: sourcesJson(facts),
    coverage: {
      events: coverageJson(stats.eventCoverage),
      usage: coverageJson(usageCoverage.tokens),
      cost: coverageJson(usageCoverage.cost),
      time: coverageJson(time.coverage),
    },
    skipped: skippedJson(side),
    ...subagentsJson(side),
  };
}
