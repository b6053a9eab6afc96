import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, warnLostSubagents } from '../command-line/notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { callsOf } from '../history/calls.ts';
import { statsOf } from '../history/stats.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { STATS_FORMATS } from '../report/stats/formats.ts';
import { openHistory } from '../use-cases/open-history.ts';

type StatsFormat = keyof typeof STATS_FORMATS;

interface StatsFlags extends CommonFlags, OutputFlags<StatsFormat> {
  readonly steps?: boolean;
}

export interface StatsPlan {
  readonly conversation: string | undefined;
  readonly hasSteps: boolean;
  readonly format: StatsFormat;
}

const EXAMPLES = `
Examples:
  convoscope stats 1628                   tokens, cost, tools and time
  convoscope stats 1628 --steps           also each response of the model
  convoscope stats --json | jq .usage`;

export const statsCommand = defineCommand<StatsFlags, StatsPlan>({
  name: 'stats',
  description: 'show tokens, cost, tools, and where the time went',
  operands: [CONVERSATION],
  options: (command) =>
    command.option('--steps', 'list each response of the model (JSON always does)'),
  formats: formatNames(STATS_FORMATS),
  examples: EXAMPLES,
  plan: statsPlan,
  run: runStats,
});

/** Resolves the command line of `stats`. @throws UsageError */
export function statsPlan({ operands, flags }: Request<StatsFlags>): StatsPlan {
  const [conversation] = operands as [string?];
  return { conversation, hasSteps: flags.steps ?? false, format: resolveFormat(flags) };
}

async function runStats(plan: StatsPlan, session: Session): Promise<number> {
  const { zone, terminal } = session;
  const opened = await openHistory(session, session.locate(plan.conversation));
  const { log, state, history, skipped } = opened;
  const calls = callsOf(history, zone);
  const report = {
    ...session.reportContext(log, skipped),
    stats: statsOf(history, calls, state, zone),
    records: history.records,
    calls,
    hasSteps: plan.hasSteps,
  };
  await terminal.write(render(STATS_FORMATS, plan.format, report, terminal.style));
  warnLostSubagents(session, report.subagents());
  return finish(session, opened, EXIT.done);
}
