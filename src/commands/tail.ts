import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { eventItems, seeing } from '../command-line/items/event-items.ts';
import { printItems } from '../command-line/items/print-items.ts';
import { reportSkipped, warnLostSubagents } from '../command-line/notices/notices.ts';
import { noteFound } from '../command-line/notices/query-notices.ts';
import { openFiltered } from '../command-line/open-filtered.ts';
import { addBranchOption, type BranchFlags } from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addEventOutputOptions,
  type EventOutputFlags,
  type EventOutputPlan,
  resolveEventOutput,
} from '../command-line/options/event-output-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { wholeNumber } from '../command-line/options/option-values.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import type { Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { itemsOf } from '../query/result-items.ts';
import { tail } from '../query/tail.ts';
import { subagentsLine } from '../report/subagents/text.ts';
import { readSubagents } from '../use-cases/subagents.ts';
import { followOne, halfWrittenFile } from './following/follow-one.ts';
import { printer } from './following/print-events.ts';

interface TailFlags extends CommonFlags, FilterFlags, BranchFlags, EventOutputFlags {
  readonly lines: number;
  /** The same, under the name that it has in other commands. */
  readonly limit?: number;
  readonly follow?: boolean;
  readonly untilDone?: boolean;
  readonly all?: boolean;
}

export interface TailPlan extends QueryPlan {
  readonly lines: number;
  readonly isFollowing: boolean;
  /** Wait for a conversation that does not exist yet. `--until-done` alone does not: it could wait for ever. */
  readonly isWaiting: boolean;
  readonly untilDone: boolean;
  /** Follow every conversation under the roots, or in the folder that stands in place of the conversation. */
  readonly isAll: boolean;
  readonly output: EventOutputPlan;
}

const EXAMPLES = `
Examples:
  convoscope tail -f                            watch the agent at work
  convoscope tail -f --all -n 0                 watch all agents
  convoscope tail 1628 --until-done -q && echo finished
  convoscope tail 1628 -n 5 --errors            the last five failures`;

export const tailCommand = defineCommand<TailFlags, TailPlan>({
  name: 'tail',
  description: 'show the last events, and follow new ones',
  operands: [CONVERSATION],
  options: (command) =>
    command
      .option('-n, --lines <n>', 'show the last n events', wholeNumber(0), 10)
      .addOption(new Option('--limit <n>', 'same as --lines').argParser(wholeNumber(0)).hideHelp())
      .option('-f, --follow', 'then show each new event as it is written')
      .option('--all', 'with -f: all conversations under the roots or in a folder, also new ones')
      .option('--until-done', 'follow until the agent has finished (0) or failed (1)'),
  groups: [addBranchOption, addFilterOptions, addEventOutputOptions],
  examples: EXAMPLES,
  plan: tailPlan,
  // A pager ends when all has been read, and following has no end.
  usesPager: ({ isFollowing }) => !isFollowing,
  run: runTail,
});

/** Resolves the command line of `tail`. @throws UsageError */
export function tailPlan(request: Request<TailFlags>): TailPlan {
  const { flags } = request;
  const isFollowing = (flags.follow || flags.untilDone) ?? false;
  const query = resolveQuery(request);
  const output = resolveEventOutput(flags, 'ndjson'); // a document would need an end
  if (isFollowing && output.format === 'table') {
    throw new UsageError('-o table: a table cannot be printed while following; use text or ndjson');
  }
  if (isFollowing && output.listsFields) {
    throw new UsageError('--fields needs a value while following, such as a,b.c');
  }
  if (isFollowing && !['active', 'all', undefined].includes(flags.branch)) {
    throw new UsageError(
      `--branch ${flags.branch}: the branch ends at this event, so it cannot be followed`,
    );
  }
  if (flags.all) checkAll(flags);
  return {
    ...query,
    lines: flags.limit ?? flags.lines,
    isFollowing,
    isWaiting: flags.follow ?? false,
    untilDone: flags.untilDone ?? false,
    isAll: flags.all ?? false,
    output,
  };
}

/** @throws UsageError for options that are about one conversation */
function checkAll({ follow, untilDone, branch }: TailFlags): void {
  if (!follow) throw new UsageError('--all: needs -f (--follow)');
  if (untilDone) throw new UsageError('--until-done: waits for one conversation, not for --all');
  if (branch !== undefined) throw new UsageError('--branch: is of one conversation, not of --all');
}

async function runTail(plan: TailPlan, session: Session): Promise<number> {
  if (plan.isAll) {
    const { followAll } = await import('./following/follow-all.ts');
    return followAll(plan, session);
  }
  const { conversation, isWaiting } = plan;
  const folder = isWaiting
    ? await session.awaitConversation(conversation)
    : session.locate(conversation);
  // A conversation that is followed changes, so an index of it would be of no use.
  const options = { cached: !plan.isFollowing };
  const opened = await openFiltered(session, folder, plan.filter, plan.branch, { options });
  const { log } = opened;
  const source = session.source(log);
  const result = await tail(source, opened.filter, plan.lines);
  const lastIndex = log.slots.at(-1)?.index ?? 0;
  const print = printer(plan.output, session, log, { lastIndex, marks: opened.marks });
  const items = { ...eventItems(source, result.lines), isEndless: plan.isFollowing };
  await printItems(session, plan.output, items, (see) =>
    print((select) => itemsOf(source, result.lines, seeing(select, see), result.skipped)),
  );
  const pending = plan.isFollowing ? await halfWrittenFile(log) : undefined;
  const skipped = result.skipped.filter(({ slot }) => slot.name !== pending);
  reportSkipped(session, log, skipped);
  const subagents = readSubagents(folder);
  const line = subagentsLine(subagents);
  if (line !== '') session.terminal.note(line);
  warnLostSubagents(session, subagents);
  const isEmpty = result.complete && result.lines.length === 0 && !plan.isFollowing;
  await noteFound(session, plan, source, { ...result, isEmpty });
  let exit: number = EXIT.done;
  if (plan.isFollowing) {
    if (log.slots.length === 0) session.terminal.note('no event yet; waiting for the first one');
    const names = [...log.slots].map(({ name }) => name);
    const seen = new Set(names.filter((name) => name !== pending));
    exit = await followOne(plan, session, log, seen, print, skipped);
  }
  await session.close(log);
  const isIncomplete = skipped.length + (opened.marked?.leftOut ?? 0) > 0;
  return exit === EXIT.done && isIncomplete ? EXIT.incomplete : exit;
}
