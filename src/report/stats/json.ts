import type { z } from 'zod';
import type { ContextStats } from '../../history/context.ts';
import type { DurationStats } from '../../history/duration-stats.ts';
import { type ModelStep, sortSteps } from '../../history/totals/model-steps.ts';
import { formatInstant } from '../../time/instant.ts';
import { coverageJson, jumpJson, sourcesJson } from '../facts/coverage-json.ts';
import { leaseJson } from '../facts/lease.ts';
import type { statsDocument } from '../schemas/stats.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { loopsJson } from './loops.ts';
import { NO_TOKENS, tokensJson } from './tokens-json.ts';
import { treeStatsJson } from './tree.ts';
import type { StatsReport } from './types.ts';

type Document = z.infer<typeof statsDocument>;

export function statsJson(report: StatsReport): Document {
  const { conversation, stats, skipped } = report;
  const { time, facts, usageCoverage } = stats;
  return {
    format_version: 1,
    conversation,
    status: facts.status?.value ?? null,
    model: facts.model?.value ?? null,
    workspace: facts.workspace?.value ?? null,
    max_iterations: facts.maxIterations?.value ?? null,
    sources: sourcesJson(facts),
    lease: report.lease ? leaseJson(report.lease, report.now) : null,
    events: stats.events,
    bytes: stats.bytes,
    errors: stats.errors,
    kinds: Object.fromEntries(stats.kinds),
    time: {
      from: time.from === undefined ? null : formatInstant(time.from),
      to: time.to === undefined ? null : formatInstant(time.to),
      seconds: time.total === undefined ? null : time.total / 1e6,
      model_seconds: time.model / 1e6,
      tools_seconds: time.tools / 1e6,
      other_seconds: time.other / 1e6,
      jumps: time.jumps.map(jumpJson),
    },
    usage: stats.usages.map(({ id, model, steps, tokens, hasTokens, cost, latency }) => ({
      usage_id: id,
      model,
      steps: steps.length,
      ...(hasTokens ? tokensJson(tokens) : NO_TOKENS),
      cost,
      latency_seconds: latency ?? null,
    })),
    steps: sortSteps(stats.steps, report.stepOrder, report.isReversed).map((step) =>
      stepJson(step),
    ),
    tools: stats.tools.map(({ durations, durationCoverage, ...tool }) => ({
      ...tool,
      seconds: durations ? durationsJson(durations) : null,
      coverage: coverageJson(durationCoverage),
    })),
    loops: loopsJson(report.loops),
    context: contextJson(report.context),
    coverage: {
      events: coverageJson(stats.eventCoverage),
      usage: coverageJson(usageCoverage.tokens),
      cost: coverageJson(usageCoverage.cost),
      time: coverageJson(time.coverage),
    },
    complete: skipped.length === 0,
    skipped: skippedJson(report),
    ...subagentsJson(report),
    ...(report.tree && { sum: treeStatsJson(report.tree) }),
  };
}

function durationsJson({ total, median, p95, longest }: DurationStats) {
  return { total: total / 1e6, median: median / 1e6, p95: p95 / 1e6, longest: longest / 1e6 };
}

function stepJson({ responseId, index, calls, events, waited, usage }: ModelStep) {
  return {
    response_id: responseId,
    index,
    calls,
    did: events.map(({ slot, entry, description }) => ({
      index: slot.index,
      tool: entry.tool ?? null,
      about: description,
    })),
    waited_seconds: waited === undefined ? null : waited / 1e6,
    latency_seconds: usage?.latency ?? null,
    tokens: usage?.tokens ? tokensJson(usage.tokens) : null,
    cost: usage?.cost ?? null,
  };
}

function contextJson({ characters, groups, largest, unknownPart }: ContextStats) {
  return {
    characters,
    groups: groups.map(({ tool, ...group }) => ({ ...group, tool: tool ?? null })),
    largest: largest.map(({ slot, entry, contextCharacters, description }) => ({
      index: slot.index,
      id: slot.id,
      kind: entry.kind,
      tool: entry.tool ?? null,
      characters: contextCharacters,
      about: description,
    })),
    unknown: unknownPart ?? null,
  };
}
