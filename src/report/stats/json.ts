import type { z } from 'zod';
import type { DurationStats } from '../../history/duration-stats.ts';
import type { statsDocument } from '../schemas/stats.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { formatInstant } from '../text/time.ts';
import { tokensJson } from './tokens-json.ts';
import { treeStatsJson } from './tree.ts';
import type { StatsReport } from './types.ts';

type Document = z.infer<typeof statsDocument>;

export function statsJson(report: StatsReport): Document {
  const { conversation, stats, skipped } = report;
  const { time } = stats;
  return {
    format_version: 1,
    conversation,
    status: stats.status ?? null,
    events: stats.events,
    bytes: stats.bytes,
    errors: stats.errors,
    kinds: Object.fromEntries(stats.kinds),
    time: {
      from: time.from === undefined ? null : formatInstant(time.from),
      to: time.to === undefined ? null : formatInstant(time.to),
      model_seconds: time.model / 1e6,
      tools_seconds: time.tools / 1e6,
      other_seconds: time.other / 1e6,
    },
    usage: stats.usages.map(({ id, model, steps, tokens, cost, latency }) => ({
      usage_id: id,
      model,
      steps: steps.length,
      ...tokensJson(tokens),
      cost,
      latency_seconds: latency ?? null,
    })),
    steps: stats.steps.map(({ responseId, index, calls, waited, usage }) => ({
      response_id: responseId,
      index,
      calls,
      waited_seconds: waited === undefined ? null : waited / 1e6,
      latency_seconds: usage?.latency ?? null,
      tokens: usage?.tokens ? tokensJson(usage.tokens) : null,
      cost: usage?.cost ?? null,
    })),
    tools: stats.tools.map(({ durations, ...tool }) => ({
      ...tool,
      seconds: durations ? durationsJson(durations) : null,
    })),
    complete: skipped.length === 0,
    skipped: skippedJson(report),
    ...subagentsJson(report),
    ...(report.tree && { sum: treeStatsJson(report.tree) }),
  };
}

function durationsJson({ total, median, p95, longest }: DurationStats) {
  return { total: total / 1e6, median: median / 1e6, p95: p95 / 1e6, longest: longest / 1e6 };
}
