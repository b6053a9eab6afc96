import { resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  formatOf,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { UsageError } from '../domain/errors.ts';
import { conversationsIn, locate } from '../locating/locate.ts';
import { type KnownRoot, knownRoots } from '../locating/roots.ts';
import {
  type LookedAt,
  renderWhere,
  WHERE_FORMATS,
  type WhereFormat,
} from '../report/where/formats.ts';
import { entriesOf, isFolder } from '../storage/conversation-folder.ts';

interface WhereOptions extends CommonOptions, OutputOptions<WhereFormat> {}

const EXAMPLES = `
Examples:
  convoscope where                        where conversations are looked for
  convoscope where --json | jq -r '.roots[] | select(.exists) | .path'`;

export function whereCommand(start: StartAction): Command {
  const command = new Command('where')
    .description('tell where conversations are looked for, and what is there')
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, WHERE_FORMATS);
  addCommonOptions(command);
  return command.action((options) => start((streams) => runWhere(options, streams)));
}

async function runWhere(options: WhereOptions, streams: Streams): Promise<number> {
  const session = await Session.open(streams, options);
  const { lookup, terminal } = session;
  const given = (options.root ?? []).map((path) => ({ path: resolve(path), why: '--root' }));
  const roots = (given.length > 0 ? given : knownRoots(lookup.env)).map((root) =>
    lookAt(root, session),
  );
  const report = { roots, latest: latestOf(session) };
  await terminal.write([renderWhere(formatOf(options), report, terminal.style)]);
  return roots.some(({ conversations }) => conversations > 0) ? EXIT.done : EXIT.nothingFound;
}

function lookAt({ path, why }: KnownRoot, { lookup }: Session): LookedAt {
  const base = { path, why, exists: false, conversations: 0, others: 0, problem: undefined };
  try {
    if (!isFolder(path)) return base;
    const conversations = conversationsIn(path, lookup).length;
    const others = entriesOf(path).length - conversations;
    return { ...base, exists: true, conversations, others };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...base, exists: true, problem: error.message };
  }
}

/** What is taken where no conversation is named; undefined where there is none. */
function latestOf({ lookup }: Session): string | undefined {
  try {
    return resolve(locate('@latest', lookup).folder.path);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return undefined;
  }
}
