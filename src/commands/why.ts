import { relative, resolve } from 'node:path';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, warnLostSubagents } from '../command-line/notices/notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { quotePath } from '../report/text/safety/shell-quote.ts';
import { WHY_FORMATS } from '../report/why/formats.ts';
import { nextCommands } from '../report/why/next-commands.ts';
import type { WhyReport } from '../report/why/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { isFolder } from '../storage/paths.ts';
import { explainEnding } from '../use-cases/endings/explain-ending.ts';

type WhyFormat = keyof typeof WHY_FORMATS;

type WhyFlags = CommonFlags & OutputFlags<WhyFormat>;

export interface WhyPlan {
  readonly conversation: string | undefined;
  readonly format: WhyFormat;
}

const EXAMPLES = `
Examples:
  convoscope why 1628                     how it ended, and why
  convoscope why --json | jq .outcome     of the latest one, for scripts

Outcomes: finished, error, stuck, waiting (for the user), running, paused,
lost (it has no end, and nobody is at work), unknown (what decides it is lost).`;

export const whyCommand = defineCommand<WhyFlags, WhyPlan>({
  name: 'why',
  description: 'show why a conversation ended as it did',
  operands: [CONVERSATION],
  formats: formatNames(WHY_FORMATS),
  examples: EXAMPLES,
  plan: whyPlan,
  run: runWhy,
});

/** Resolves the command line of `why`. @throws UsageError */
export function whyPlan({ operands, flags }: Request<WhyFlags>): WhyPlan {
  const [conversation] = operands as [string?];
  return { conversation, format: resolveFormat(flags) };
}

async function runWhy(plan: WhyPlan, session: Session): Promise<number> {
  const { terminal } = session;
  const folder = session.locate(plan.conversation);
  // Loaded only when it is needed: the schemas are large.
  const { openJudged } = await import('../use-cases/judge-resuming.ts');
  const { opened, verdict } = await openJudged(session, folder, session.zone);
  const { log, facts, skipped } = opened;
  const context = session.reportContext(log, skipped);
  const known = {
    ...context,
    ...(await explainEnding(session, opened, context.subagents(), session)),
    facts,
    events: log.slots.length,
    verdict,
    operand: quotePath(nameOf(folder, plan.conversation, session)),
  };
  const report: WhyReport = { ...known, next: nextCommands(known) };
  await terminal.write(render(WHY_FORMATS, plan.format, report, terminal.style));
  warnLostSubagents(session, context.subagents());
  return finish(session, opened, EXIT.done);
}

/**
 * How a command that is pasted can name the conversation: as the user did, unless that depends on `--root`, or on which
 * conversation is the latest.
 */
function nameOf(
  folder: ConversationFolder,
  operand: string | undefined,
  { plan: { roots } }: Session,
): string {
  const isNamed = operand !== undefined && operand !== '@latest';
  if (isNamed && (isFolder(operand) || roots.length === 0)) return operand;
  const path = resolve(folder.path);
  const fromHere = relative('', path) || '.';
  return fromHere.length < path.length ? fromHere : path;
}
