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
import { type Fault, isFault } from '../domain/event.ts';
import { follow } from '../following/follow.ts';
import type { Filter } from '../query/filter.ts';
import { itemOf, itemsOf, type SelectRow } from '../query/result-items.ts';
import { tail } from '../query/tail.ts';
import type { EventLog } from '../reading/event-log.ts';
import type { ResultItems } from '../report/events/types.ts';
import { looksHalfWritten } from '../storage/in-flight.ts';

interface TailOptions extends CommonOptions, FilterOptions, BranchOptions, EventOutputOptions {
  lines: number;
  follow?: boolean;
  untilDone?: boolean;
}

const DONE = ['finished', 'error', 'stuck'];

const EXAMPLES = `
Examples:
  convoscope tail -f                            watch the agent at work
  convoscope tail 1628 --until-done -q && echo finished
  convoscope tail 1628 -n 5 --errors            the last five failures`;

export function tailCommand(start: StartAction): Command {
  const command = conversationCommand('tail', 'show the last events, and follow')
    .option('-n, --lines <n>', 'how many of the last events', wholeNumber(0), 10)
    .option('-f, --follow', 'go on with every new event as it lands')
    .option('--until-done', 'follow until the agent has finished (0), or failed (1)')
    .addHelpText('after', EXAMPLES);
  addBranchOption(command);
  addFilterOptions(command);
  addEventOutputOptions(command);
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runTail(conversation, options, streams)),
  );
}

async function runTail(
  conversation: string | undefined,
  options: TailOptions,
  streams: Streams,
): Promise<number> {
  const isFollowing = options.follow || options.untilDone;
  // A pager ends when all has been read, and following never does.
  const pager = options.pager && !isFollowing;
  const session = await Session.open(streams, { ...options, pager });
  const asked = resolveFilter(options, session.zone, session.now);
  const named = formatOf(options);
  const format = named === 'json' ? 'ndjson' : named; // what is followed has no end to close a document
  if (isFollowing && format === 'table') {
    throw new UsageError('-o table: a table has an end, so it cannot follow; use text or ndjson');
  }
  if (isFollowing && !['active', 'all', undefined].includes(options.branch)) {
    throw new UsageError(`--branch ${options.branch}: it ends there, so it cannot be followed`);
  }
  const folder = session.locate(conversation);
  // What is followed is listed anew, and again and again.
  const opened = { cached: !isFollowing };
  const { log, filter, marks } = await openFiltered(session, folder, asked, options.branch, opened);
  const reporter = await makeReporter(session, log, options, format, false, marks);
  const { select } = reporter;
  const source = session.source(log);
  const result = await tail(source, filter, options.lines);
  const print: Print = (items) => session.terminal.write(reporter.render(items, NO_DOCUMENT));
  await print(itemsOf(source, result.lines, select, result.skipped));
  const pending = isFollowing ? await halfWritten(log) : undefined;
  const skipped = result.skipped.filter(({ slot }) => slot.name !== pending);
  session.reportSkipped(log, skipped);
  if (result.complete) await session.noteUnknownKinds(options.kind, result.kinds);
  let exit: number = EXIT.done;
  if (isFollowing) {
    const seen = new Set([...log.slots].map(({ name }) => name).filter((name) => name !== pending));
    // What lands goes on from the leaf, so that it is on the active branch.
    exit = await runFollow(session, log, asked, seen, { print, select }, options, skipped);
  }
  await session.close(log);
  return exit === EXIT.done && skipped.length > 0 ? EXIT.incomplete : exit;
}

type Print = (items: ResultItems<unknown>) => Promise<void>;

/** No format of a tail tells of the answer as a whole. */
const NO_DOCUMENT = { nextPage: null, scanned: 0, complete: true, skipped: [] };

/** Name of the newest file if it is half-written: following waits for it, however old it is. */
async function halfWritten(log: EventLog): Promise<string | undefined> {
  const newest = log.slots.at(-1);
  if (!newest) return undefined;
  const outcome = await log.readOne(newest);
  const isHalf =
    looksHalfWritten(outcome) || (isFault(outcome) && outcome.code === 'in-flight-write');
  return isHalf ? newest.name : undefined;
}

async function runFollow(
  session: Session,
  log: EventLog,
  filter: Filter,
  seen: Set<string>,
  { print, select }: { print: Print; select: SelectRow<unknown> },
  options: TailOptions,
  skipped: Fault[],
): Promise<number> {
  for await (const followed of follow(log, seen, options.untilDone ? { until: DONE } : {})) {
    if ('done' in followed) {
      session.terminal.note(`execution_status is ${followed.done}`);
      return followed.done === 'finished' ? EXIT.done : EXIT.endedInError;
    }
    if ('waiting' in followed) {
      session.terminal.note('no execution_status in base_state.json yet; waiting for one');
      continue;
    }
    if ('removed' in followed) {
      const files =
        followed.removed === 1 ? '1 event file was' : `${followed.removed} event files were`;
      session.terminal.warn(`${files} removed from ${log.folder.events}`);
      continue;
    }
    const { outcome } = followed;
    if (!isFault(outcome)) {
      if (filter.passes(outcome.entry, outcome)) await print([itemOf(outcome, select)]);
    } else if (filter.admitsSlot(outcome.slot)) {
      skipped.push(outcome);
      session.reportSkipped(log, [outcome]);
    }
  }
  return EXIT.done;
}
