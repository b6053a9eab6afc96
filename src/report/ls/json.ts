import type { z } from 'zod';
import { coverageOf } from '../../domain/facts/coverage.ts';
import type { ListTotals } from '../../history/totals/list-totals.ts';
import { isCostKnown } from '../../history/totals/usage-coverage.ts';
import { sumUsage } from '../../history/usage.ts';
import { formatInstant } from '../../time/instant.ts';
import { coverageJson, sourcesJson } from '../facts/coverage-json.ts';
import { leaseJson } from '../facts/lease.ts';
import type { lsDocument, lsItem } from '../schemas/ls.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { ListedConversation, LsReport } from './types.ts';

export function lsJson(report: LsReport): z.infer<typeof lsDocument> {
  return {
    format_version: 1,
    roots: [...report.roots],
    items: report.items.map((item) => listedJson(item, report)),
    totals: totalsJson(report.totals),
  };
}

function totalsJson({ usageCoverage, outcomes, ...totals }: ListTotals) {
  return {
    ...totals,
    outcomes: Object.fromEntries(outcomes),
    tokens: totals.tokens ?? null,
    cost: totals.cost ?? null,
    coverage: {
      usage: coverageJson(usageCoverage.tokens),
      cost: coverageJson(usageCoverage.cost),
    },
  };
}

/** One conversation of the list. */
function listedJson(
  listed: ListedConversation,
  { isTree, now }: Pick<LsReport, 'isTree' | 'now'>,
): z.infer<typeof lsItem> {
  const { from, active, took, facts, usages, usageCoverage, faults, lease } = listed;
  const { parent, depth, subagents } = listed;
  const cost = sumUsage(usages, (usage) => usage.cost);
  return {
    id: listed.id,
    path: listed.path,
    title: listed.title ?? null,
    status: facts.status?.value ?? null,
    outcome: listed.ending.outcome,
    reason: listed.ending.reason,
    model: facts.model?.value ?? null,
    workspace: facts.workspace?.value ?? null,
    events: listed.events,
    bytes: listed.bytes,
    errors: listed.errors,
    unreadable: faults.length,
    unreadable_files: [...listed.unreadable],
    started: from === undefined ? null : formatInstant(from),
    last_activity: active === undefined ? null : formatInstant(active),
    seconds: took === undefined ? null : took / 1e6,
    clock_jumps: listed.jumps,
    cost: cost !== undefined && isCostKnown(cost, usageCoverage.cost) ? cost : null,
    sources: sourcesJson(facts),
    coverage: {
      events: coverageJson(coverageOf('events', listed.events - faults.length, listed.events)),
      usage: coverageJson(usageCoverage.tokens),
      cost: coverageJson(usageCoverage.cost),
    },
    lease: lease ? leaseJson(lease, now) : null,
    ...(parent !== undefined && { parent }),
    ...(isTree && { depth }),
    ...subagentsJson({ withSubagents: false, subagents: () => subagents }),
  };
}
