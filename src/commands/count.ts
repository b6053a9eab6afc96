import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { noteSubagents, reportSkipped } from '../command-line/notices/notices.ts';
import { noteFound } from '../command-line/notices/query-notices.ts';
import { openQueried } from '../command-line/open-tree.ts';
import { addBranchOption, type BranchFlags } from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import {
  addSubagentsOption,
  resolveSubagents,
  type SubagentsFlags,
} from '../command-line/options/subagents-option.ts';
import type { Session } from '../command-line/session.ts';
import { count, GROUPINGS, type Grouping } from '../query/count.ts';
import { COUNT_FORMATS, type CountFormat } from '../report/count/formats.ts';
import { formatNames, render } from '../report/output-formats.ts';

interface CountFlags
  extends CommonFlags,
    FilterFlags,
    BranchFlags,
    SubagentsFlags,
    OutputFlags<CountFormat> {
  readonly by?: Grouping;
}

export interface CountPlan extends QueryPlan {
  readonly by: Grouping | undefined;
  readonly format: CountFormat;
  readonly subagents: boolean;
}

const EXAMPLES = `
Examples:
  convoscope count 1628 --by kind            how many events of each kind
  convoscope count 1628 --errors --by tool   which tools failed, and how often`;

export const countCommand = defineCommand<CountFlags, CountPlan>({
  name: 'count',
  description: 'count events, or group them',
  operands: [CONVERSATION],
  options: (command) =>
    command.addOption(
      new Option('--by <what>', 'one line per group, the largest first').choices(GROUPINGS),
    ),
  groups: [addBranchOption, addSubagentsOption, addFilterOptions],
  formats: formatNames(COUNT_FORMATS),
  examples: EXAMPLES,
  plan: countPlan,
  run: runCount,
});

/** Resolves the command line of `count`. @throws UsageError */
export function countPlan(request: Request<CountFlags>): CountPlan {
  const { flags } = request;
  return {
    ...resolveQuery(request),
    by: flags.by,
    format: resolveFormat(flags),
    subagents: resolveSubagents(flags),
  };
}

async function runCount(plan: CountPlan, session: Session): Promise<number> {
  const { terminal, zone } = session;
  const queried = await openQueried(session, session.locate(plan.conversation), plan);
  const { source, filter, marked } = queried;
  const result = await count(source, filter, zone, plan.by);
  const report = {
    ...result,
    ...queried.context(result.skipped),
    ...(plan.by && { by: plan.by }),
    ...(marked && { marked }),
    get reachable() {
      return queried.reachable();
    },
  };
  await terminal.write(render(COUNT_FORMATS, plan.format, report, terminal.style));
  reportSkipped(session, report, result.skipped);
  noteSubagents(session, report, plan.subagents);
  if (marked && marked.offBranch + marked.forgotten > 0) {
    const { offBranch, forgotten } = marked;
    terminal.note(`of these, ${offBranch} are off the branch and ${forgotten} are forgotten`);
  }
  await noteFound(session, plan, source, {
    ...result,
    complete: true,
    isEmpty: result.count === 0,
    showsZero: plan.by === undefined,
  });
  await queried.close();
  const isIncomplete = result.skipped.length + (marked?.leftOut ?? 0) > 0 || queried.isIncomplete;
  return isIncomplete ? EXIT.incomplete : EXIT.done;
}
