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
import { callsOf } from '../history/calls.ts';
import { statsOf } from '../history/stats.ts';
import { STATS } from '../report/stats/formats.ts';
import { finish, openHistory } from '../use-cases/open-history.ts';

interface StatsOptions extends CommonOptions, OutputOptions<keyof typeof STATS> {
  steps?: boolean;
}

const EXAMPLES = `
Examples:
  convoscope stats 1628                   tokens, cost, tools and time
  convoscope stats 1628 --steps           each response of the model too
  convoscope stats --json | jq .usage`;

export function statsCommand(start: StartAction) {
  const command = conversationCommand('stats', 'tell tokens, cost, tools, and where the time went')
    .option('--steps', 'each response of the model too (JSON always has them)')
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, Object.keys(STATS));
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runStats(conversation, options, streams)),
  );
}

async function runStats(
  conversation: string | undefined,
  options: StatsOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const { zone, terminal } = session;
  const whole = await openHistory(session, conversation);
  const { log, state, history, skipped } = whole;
  const calls = callsOf(history, zone);
  const report = {
    conversation: conversationRef(log),
    stats: statsOf(history, calls, state, zone),
    records: history.records,
    calls,
    hasSteps: options.steps ?? false,
    skipped,
    zone,
    fileOf: log.fileOf.bind(log),
  };
  await terminal.write([await STATS[formatOf(options)](report, terminal.style)]);
  return finish(session, whole, EXIT.done);
}
