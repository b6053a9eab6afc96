import type { z } from 'zod';
import { sumOfCosts } from '../../history/subagents/copied-usage.ts';
import type { ReportContext } from '../context.ts';
import type { subagentFields } from '../schemas/subagents.ts';

interface SubagentsJson {
  with_subagents?: true;
  subagents?: z.infer<typeof subagentFields.subagents>;
  subagent_totals?: z.infer<typeof subagentFields.subagent_totals>;
}

/** The fields about subagents, for JSON reports; none of the lists if the conversation has no subagents. */
export function subagentsJson({
  withSubagents,
  subagents,
}: Pick<ReportContext, 'withSubagents' | 'subagents'>): SubagentsJson {
  const { items, events, cost } = subagents();
  const included = withSubagents ? ({ with_subagents: true } as const) : {};
  if (items.length === 0) return included;
  return {
    ...included,
    subagents: items.map(({ id, path, parent, depth, status, problem, ...item }) => ({
      id,
      path,
      parent,
      depth,
      events: item.events ?? null,
      cost: item.usages ? sumOfCosts(item.usages) : null,
      status: status ?? null,
      problem: problem ?? null,
    })),
    subagent_totals: {
      subagents: items.length,
      unreadable: items.filter((item) => item.events === undefined).length,
      events,
      cost: cost.total ?? null,
      cost_is_at_least: cost.isAtLeast,
      cost_counted: cost.counted,
    },
  };
}
