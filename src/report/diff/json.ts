import type { z } from 'zod';
import type { Usage } from '../../history/usage.ts';
import { callJson } from '../calls/json.ts';
import type { diffDocument } from '../schemas/diff.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { DiffReport, Side } from './types.ts';

type Document = z.infer<typeof diffDocument>;

export function diffJson({ sides, divergence, isSame, zone }: DiffReport): Document {
  const [a, b] = sides;
  const [callA, callB] = divergence.calls;
  return {
    format_version: 1,
    same: isSame,
    a: sideJson(a),
    b: sideJson(b),
    common_calls: divergence.common,
    answers_part: divergence.answers
      ? {
          a: callJson(divergence.answers[0], a.statuses, zone),
          b: callJson(divergence.answers[1], b.statuses, zone),
        }
      : null,
    calls_part:
      callA || callB
        ? {
            a: callA ? callJson(callA, a.statuses, zone) : null,
            b: callB ? callJson(callB, b.statuses, zone) : null,
          }
        : null,
  };
}

function sideJson(side: Side): Document['a'] {
  const { conversation, stats, model, firstMessage } = side;
  const { from, to } = stats.time;
  const sum = (of: (usage: Usage) => number) =>
    stats.usages.length > 0 ? stats.usages.reduce((total, usage) => total + of(usage), 0) : null;
  return {
    conversation,
    status: stats.status ?? null,
    model: model ?? null,
    first_message: firstMessage ?? null,
    events: stats.events,
    errors: stats.errors,
    calls: side.calls,
    tools: Object.fromEntries(side.tools),
    prompt_tokens: sum(({ tokens }) => tokens.prompt),
    completion_tokens: sum(({ tokens }) => tokens.completion),
    cost: sum(({ cost }) => cost),
    seconds: from === undefined || to === undefined ? null : (to - from) / 1e6,
    skipped: skippedJson(side),
    ...subagentsJson(side),
  };
}
