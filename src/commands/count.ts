import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { noteUnknownKinds, reportSkipped } from '../command-line/notices.ts';
import { openFiltered } from '../command-line/open-filtered.ts';
import { addBranchOption, type BranchFlags } from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import type { Session } from '../command-line/session.ts';
import { count, GROUPINGS, type Grouping } from '../query/count.ts';
import { COUNT_FORMATS, type CountFormat } from '../report/count/formats.ts';
import { formatNames, render } from '../report/output-formats.ts';

interface CountFlags extends CommonFlags, FilterFlags, BranchFlags, OutputFlags<CountFormat> {
  readonly by?: Grouping;
}

export interface CountPlan extends QueryPlan {
  readonly by: Grouping | undefined;
  readonly format: CountFormat;
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
  groups: [addBranchOption, addFilterOptions],
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
  };
}

async function runCount(plan: CountPlan, session: Session): Promise<number> {
  const { terminal, zone } = session;
  const folder = session.locate(plan.conversation);
  const opened = await openFiltered(session, folder, plan.filter, plan.branch);
  const { log, marked } = opened;
  const result = await count(session.source(log), opened.filter, zone, plan.by);
  const report = {
    ...result,
    ...session.reportContext(log, result.skipped),
    ...(plan.by && { by: plan.by }),
    ...(marked && { marked }),
    get reachable() {
      return log.reachable;
    },
  };
  await terminal.write(render(COUNT_FORMATS, plan.format, report, terminal.style));
  reportSkipped(session, log, result.skipped);
  if (marked && marked.offBranch + marked.forgotten > 0) {
    const { offBranch, forgotten } = marked;
    terminal.note(`of these, ${offBranch} are off the branch and ${forgotten} are forgotten`);
  }
  await noteUnknownKinds(session, plan.kinds, result.kinds);
  await session.close(log);
  const isIncomplete = result.skipped.length + (marked?.leftOut ?? 0) > 0;
  return isIncomplete ? EXIT.incomplete : EXIT.done;
}
