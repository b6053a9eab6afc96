import type { Command } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addBranchOption,
  type BranchOptions,
  openFiltered,
} from '../command-line/options/branch-option.ts';
import {
  addCommonOptions,
  type CommonOptions,
  conversationCommand,
  formatOf,
  type StartAction,
  wholeNumber,
} from '../command-line/options/common-options.ts';
import {
  addEventOutputOptions,
  type EventOutputOptions,
  makeReporter,
} from '../command-line/options/event-output-options.ts';
import {
  addFilterOptions,
  type FilterOptions,
  resolveFilter,
} from '../command-line/options/filter-options.ts';
import { Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { UsageError } from '../domain/errors.ts';
import { itemsOf } from '../query/result-items.ts';
import { search } from '../query/search.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';

interface SearchOptions extends CommonOptions, FilterOptions, BranchOptions, EventOutputOptions {
  sort: string;
  limit?: number;
  page?: string;
  afterContext?: number;
  beforeContext?: number;
  context?: number;
}

const DESCENDING = new Map([
  ['timestamp', false],
  ['asc', false],
  ['timestamp_desc', true],
  ['desc', true],
]);

const EXAMPLES = `
Examples:
  convoscope search @latest pytest           text, in the one last written
  convoscope search 1628 -k action --errors  by kind, only what failed
  convoscope search . -w observation.exit_code!=0 --since 2h --json`;

export function searchCommand(start: StartAction): Command {
  const command = conversationCommand('search', 'find events, in order of time')
    .argument('[pattern]', 'visible text to find, ignoring case')
    .option('--sort <order>', 'TIMESTAMP (asc) or TIMESTAMP_DESC (desc)', 'TIMESTAMP')
    .option('-n, --limit <n>', 'stop after n events', wholeNumber(1))
    .option('--page <event id>', 'begin at this event')
    .option('-A, --after-context <n>', 'events after each hit', wholeNumber(0))
    .option('-B, --before-context <n>', 'events before each hit', wholeNumber(0))
    .option('-C, --context <n>', 'events around each hit', wholeNumber(0))
    .addHelpText('after', EXAMPLES);
  addBranchOption(command);
  addFilterOptions(command);
  addEventOutputOptions(command);
  addCommonOptions(command);
  return command.action((conversation, pattern, options) =>
    start((streams) => runSearch(conversation, pattern, options, streams)),
  );
}

async function runSearch(
  conversation: string | undefined,
  pattern: string | undefined,
  options: SearchOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const texts = [...(options.text ?? []), ...(pattern === undefined ? [] : [pattern])];
  const asked = resolveFilter({ ...options, text: texts }, session.zone, session.now);
  const descending = resolveOrder(options.sort);
  const before = options.beforeContext ?? options.context ?? 0;
  const after = options.afterContext ?? options.context ?? 0;
  const format = formatOf(options);
  const folder = locateFor(session, conversation, pattern);
  const { log, filter, marks } = await openFiltered(session, folder, asked, options.branch);
  const reporter = await makeReporter(session, log, options, format, before + after > 0, marks);
  const source = session.source(log);
  const result = await search(source, {
    filter,
    zone: session.zone,
    descending,
    ...(options.limit !== undefined && { limit: options.limit }),
    ...(options.page !== undefined && { page: options.page }),
    before,
    after,
  });
  const items = itemsOf(source, result.lines, reporter.select, result.skipped);
  await session.terminal.write(reporter.render(items, result));
  session.reportSkipped(log, result.skipped);
  if (result.complete) await session.noteUnknownKinds(options.kind, result.kinds);
  if (result.displaced.length > 0) {
    session.terminal.warn(
      `${result.displaced.length} events are stamped long before their neighbours, and before this ` +
        'page begins; a search without --limit puts all in order',
    );
  }
  if (result.nextPage && format !== 'json') {
    session.terminal.note(
      `stopped at --limit ${options.limit}; go on with --page ${result.nextPage}`,
    );
  }
  await session.close(log);
  if (result.skipped.length > 0) return EXIT.incomplete;
  return result.lines.length > 0 ? EXIT.done : EXIT.nothingFound;
}

/** Finds the conversation. The only operand is never a pattern, though people try. */
function locateFor(session: Session, conversation?: string, pattern?: string): ConversationFolder {
  try {
    return session.locate(conversation);
  } catch (error) {
    if (!(error instanceof UsageError) || conversation === undefined || pattern !== undefined) {
      throw error;
    }
    throw new UsageError(
      `${error.message}; for text in the latest conversation: search @latest ${conversation}`,
    );
  }
}

function resolveOrder(sort: string): boolean {
  const descending = DESCENDING.get(sort.toLowerCase());
  if (descending !== undefined) return descending;
  throw new UsageError(`--sort ${sort}: not TIMESTAMP (asc) or TIMESTAMP_DESC (desc)`);
}
