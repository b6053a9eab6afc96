import { type Command, Option } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addBranchOption,
  type BranchOptions,
  openFiltered,
} from '../command-line/options/branch-option.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  conversationCommand,
  formatOf,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import {
  addFilterOptions,
  type FilterOptions,
  resolveFilter,
} from '../command-line/options/filter-options.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { count, GROUPINGS, type Grouping } from '../query/count.ts';
import { COUNT_FORMATS, type CountFormat, renderCount } from '../report/count/formats.ts';
import type { SelectedBranch } from '../use-cases/select-branch.ts';

interface CountOptions
  extends CommonOptions,
    FilterOptions,
    BranchOptions,
    OutputOptions<CountFormat> {
  by?: Grouping;
}

const EXAMPLES = `
Examples:
  convoscope count 1628 --by kind            what it consists of
  convoscope count 1628 --errors --by tool   which tools failed, and how often`;

export function countCommand(start: StartAction): Command {
  const command = conversationCommand('count', 'count events, or group them')
    .addOption(new Option('--by <what>', 'a line a group, most first').choices(GROUPINGS))
    .addHelpText('after', EXAMPLES);
  addBranchOption(command);
  addFilterOptions(command);
  addOutputOption(command, COUNT_FORMATS);
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runCount(conversation, options, streams)),
  );
}

async function runCount(
  conversation: string | undefined,
  options: CountOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const asked = resolveFilter(options, session.zone, session.now);
  const format = formatOf(options);
  const folder = session.locate(conversation);
  const { log, filter, marked } = await openFiltered(session, folder, asked, options.branch);
  const result = await count(session.source(log), filter, session.zone, options.by);
  const report = {
    ...result,
    ...(options.by && { by: options.by }),
    ...(marked && { marked }),
    conversation: conversationRef(log),
    get reachable() {
      return log.reachable;
    },
    fileOf: log.fileOf.bind(log),
  };
  await session.terminal.write([await renderCount(format, report, session.terminal.style)]);
  session.reportSkipped(log, result.skipped);
  if (marked) tellMarked(session, marked);
  await session.noteUnknownKinds(options.kind, result.kinds);
  await session.close(log);
  return result.skipped.length > 0 ? EXIT.incomplete : EXIT.done;
}

function tellMarked(
  { terminal }: Session,
  { offBranch, forgotten }: SelectedBranch['marked'],
): void {
  if (offBranch + forgotten === 0) return;
  terminal.note(`of these, ${offBranch} are off the branch and ${forgotten} are forgotten`);
}
