import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  conversationCommand,
  formatOf,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { branchesOf } from '../history/branches.ts';
import { TREE } from '../report/tree/formats.ts';
import { finish, openHistory } from '../use-cases/open-history.ts';

interface TreeOptions extends CommonOptions, OutputOptions<keyof typeof TREE> {}

const EXAMPLES = `
Examples:
  convoscope tree 1628                    branches, forks, and where the leaf is
  convoscope search 1628 --branch 12      events on the branch of one event`;

export function treeCommand(start: StartAction) {
  const command = conversationCommand('tree', 'show branches, forks and the leaf').addHelpText(
    'after',
    EXAMPLES,
  );
  addOutputOption(command, Object.keys(TREE));
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runTree(conversation, options, streams)),
  );
}

async function runTree(
  conversation: string | undefined,
  options: TreeOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const { terminal } = session;
  const whole = await openHistory(session, conversation);
  const { log, history, skipped } = whole;
  const report = {
    conversation: conversationRef(log),
    branches: branchesOf(history, new BranchStatuses(history)),
    skipped,
    fileOf: log.fileOf.bind(log),
  };
  await terminal.write([await TREE[formatOf(options)](report, terminal.style)]);
  return finish(session, whole, EXIT.done);
}
