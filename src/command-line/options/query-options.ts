import { comparedPath } from '../../query/fields/field-comparison.ts';
import type { Filter } from '../../query/filter.ts';
import type { TimeRange } from '../../time/time-range.ts';
import type { Request } from '../define-command.ts';
import type { BranchFlags } from './branch-option.ts';
import { type FilterFlags, resolveFilter, resolveTimeRange } from './filter-options.ts';

/** Kinds and tools that the user asked for, as they were written. */
export interface AskedNames {
  readonly kinds: readonly string[] | undefined;
  readonly tools: readonly string[] | undefined;
}

/** The events that a command is about: those of one conversation that pass a filter, on a branch if one is named. */
export interface QueryPlan extends AskedNames {
  readonly conversation: string | undefined;
  readonly filter: Filter;
  readonly branch: string | undefined;
  /** What `--since` and `--until` ask for; the filter has it too. */
  readonly time: TimeRange | undefined;
  /** Paths of the fields that `--where` compares. */
  readonly comparedFields: readonly string[];
}

/** Resolves the flags of a command with a filter, whose first operand is the conversation. @throws UsageError */
export function resolveQuery({
  operands,
  flags,
  now,
  zone,
}: Request<FilterFlags & BranchFlags>): QueryPlan {
  const [conversation] = operands as [string?];
  return {
    conversation,
    filter: resolveFilter(flags, zone, now),
    branch: flags.branch,
    time: resolveTimeRange(flags, zone, now),
    comparedFields: (flags.where ?? []).flatMap((text) => comparedPath(text) ?? []),
    kinds: flags.kind,
    tools: flags.tool,
  };
}
