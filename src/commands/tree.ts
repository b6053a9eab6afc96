import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { type ListOutputPlan, printList } from '../command-line/items/print-list.ts';
import { finish, warnLostSubagents } from '../command-line/notices/notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addFieldsOption,
  type FieldsFlags,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { branchesOf } from '../history/branches.ts';
import { formatNames } from '../report/output-formats.ts';
import { TREE_FORMATS, treeList } from '../report/tree/formats.ts';
import { openHistory } from '../use-cases/open-history.ts';

type TreeFormat = keyof typeof TREE_FORMATS;

type TreeFlags = CommonFlags & FieldsFlags & OutputFlags<TreeFormat>;

export interface TreePlan extends ListOutputPlan<TreeFormat> {
  readonly conversation: string | undefined;
}

const EXAMPLES = `
Examples:
  convoscope tree 1628                    branches, forks, and where the leaf is
  convoscope search 1628 --branch 12      events on the branch of one event`;

export const treeCommand = defineCommand<TreeFlags, TreePlan>({
  name: 'tree',
  description: 'show branches, forks and the leaf',
  operands: [CONVERSATION],
  groups: [addFieldsOption],
  formats: formatNames(TREE_FORMATS),
  examples: EXAMPLES,
  plan: treePlan,
  run: runTree,
});

/** Resolves the command line of `tree`. @throws UsageError */
export function treePlan({ operands, flags }: Request<TreeFlags>): TreePlan {
  const [conversation] = operands as [string?];
  const format = resolveFormat(flags);
  return { conversation, format, ...resolveFields(flags, format) };
}

async function runTree(plan: TreePlan, session: Session): Promise<number> {
  const { terminal } = session;
  const opened = await openHistory(session, session.locate(plan.conversation));
  const { log, history, skipped } = opened;
  const report = {
    ...session.reportContext(log, skipped),
    branches: branchesOf(history, new BranchStatuses(history)),
    leafSource: history.leafSource,
  };
  await printList(terminal, plan, { formats: TREE_FORMATS, report, listOf: treeList });
  warnLostSubagents(session, report.subagents());
  return finish(session, opened, EXIT.done);
}
