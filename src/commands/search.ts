import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { eventItems, seeing } from '../command-line/items/event-items.ts';
import {
  locateBesidePattern,
  patternOf,
  patternOperand,
  withPattern,
} from '../command-line/items/pattern-operand.ts';
import { printItems } from '../command-line/items/print-items.ts';
import { noteSubagents, reportSkipped } from '../command-line/notices/notices.ts';
import { noteFound } from '../command-line/notices/query-notices.ts';
import { openQueried } from '../command-line/open-tree.ts';
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
import { addSortOption, resolveSort } from '../command-line/options/sort-option.ts';
import {
  addSubagentsOption,
  resolveSubagents,
  type SubagentsFlags,
} from '../command-line/options/subagents-option.ts';
import type { Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { CoreError, type ErrorCode } from '../domain/errors.ts';
import type { EventSource } from '../domain/scan.ts';
import { itemsOf, type SelectRow } from '../query/result-items.ts';
import { search } from '../query/search.ts';
import type { SearchRequest, SearchResult } from '../query/search-request.ts';
import { EVENT_FORMATS } from '../report/events/formats.ts';
import { render } from '../report/output-formats.ts';
import { pluralize } from '../text/wording.ts';

interface SearchFlags
  extends CommonFlags,
    FilterFlags,
    BranchFlags,
    SubagentsFlags,
    EventOutputFlags {
  readonly sort: string;
  readonly limit?: number;
  readonly page?: string;
  readonly afterContext?: number;
  readonly beforeContext?: number;
  readonly context?: number;
  readonly matches?: boolean;
  readonly maxColumns?: number;
  readonly full?: boolean;
}

export interface SearchPlan extends QueryPlan {
  readonly pattern: string | undefined;
  readonly request: Omit<SearchRequest, 'filter'>;
  readonly output: EventOutputPlan;
  /** Add the matches to `_meta`. */
  readonly listsMatches: boolean;
  /** How wide lines of text can be; undefined for the width of the terminal. */
  readonly maxColumns: number | undefined;
  /** Print lines that match as a whole. */
  readonly isFull: boolean;
  readonly subagents: boolean;
}

const EXAMPLES = `
Examples:
  convoscope search @latest pytest           text, in the latest conversation
  convoscope search 1628 -k action --errors  by kind, and only failures
  convoscope search . -w observation.exit_code!=0 --since 2h --json`;

export const searchCommand = defineCommand<SearchFlags, SearchPlan>({
  name: 'search',
  description: 'find events, in order of time or of the log',
  operands: [CONVERSATION, patternOperand('the visible text')],
  options(command) {
    addSortOption(command, SEARCH_ORDERS, 'order, as TIMESTAMP, TIMESTAMP_DESC, asc, desc, or by');
    command
      .option('-n, --limit <n>', 'stop after n events', wholeNumber(1))
      .option('--page <event id>', 'begin at this event')
      .option('-A, --after-context <n>', 'print n events after each hit', wholeNumber(0))
      .option('-B, --before-context <n>', 'print n events before each hit', wholeNumber(0))
      .option('-C, --context <n>', 'print n events around each hit', wholeNumber(0))
      .option('--matches', 'add to _meta what matches, and where (json, ndjson)')
      .option('--max-columns <n>', 'cut lines to n columns (text)', wholeNumber(1))
      .option('--full', 'print whole lines of the text that matches (text)');
  },
  groups: [addBranchOption, addSubagentsOption, addFilterOptions, addEventOutputOptions],
  examples: EXAMPLES,
  plan: searchPlan,
  run: runSearch,
});

/** Resolves the command line of `search`. @throws UsageError */
export function searchPlan(request: Request<SearchFlags>): SearchPlan {
  const { flags, zone } = request;
  const output = resolveSearchOutput(flags);
  return {
    ...resolveQuery(withPattern(request)),
    pattern: patternOf(request),
    request: {
      zone,
      ...resolveOrder(flags.sort),
      ...(flags.limit !== undefined && { limit: flags.limit }),
      ...(flags.page !== undefined && { page: flags.page }),
      before: flags.beforeContext ?? flags.context ?? 0,
      after: flags.afterContext ?? flags.context ?? 0,
    },
    output,
    listsMatches: flags.matches ?? false,
    maxColumns: flags.maxColumns,
    isFull: flags.full ?? false,
    subagents: resolveSubagents(flags),
  };
}

/** @throws UsageError for options that the format has no use for */
function resolveSearchOutput(flags: SearchFlags): EventOutputPlan {
  const { matches = false, maxColumns, full = false } = flags;
  const output = resolveEventOutput({ ...flags, ...(matches && { meta: true }) });
  for (const [option, isGiven] of [
    ['--max-columns', maxColumns !== undefined],
    ['--full', full],
  ] as const) {
    if (isGiven && output.format !== 'text') {
      throw new UsageError(`${option}: needs -o text, not ${output.format}`);
    }
  }
  if (full && maxColumns !== undefined) {
    throw new UsageError('--full and --max-columns: give only one of them');
  }
  return output;
}

const SEARCH_ORDERS = ['time', 'index'] as const;

function resolveOrder(sort: string): Required<Pick<SearchRequest, 'order' | 'descending'>> {
  const { key, descending } = resolveSort(sort, SEARCH_ORDERS);
  return { order: key, descending };
}

async function runSearch(plan: SearchPlan, session: Session): Promise<number> {
  const { request, output, subagents } = plan;
  const { terminal } = session;
  const queried = await openQueried(session, locateBesidePattern(session, 'search', plan), plan);
  const { source, filter, marks, marked, lastIndex } = queried;
  const result = await searchNamingPage(source, { ...request, filter, readsAll: subagents });
  const { skipped } = result;
  const report = {
    ...queried.context(skipped),
    answer: result,
    lastIndex,
    fields: output.fields,
    meta: output.meta || subagents,
    nul: output.nul,
    marks,
    ...(marked && { marked }),
    hasContext: request.before + request.after > 0,
    matchesIn: filter.matchesIn,
    listsMatches: plan.listsMatches,
    maxColumns: plan.maxColumns,
    isFull: plan.isFull,
  };
  const items = eventItems(source, result.lines);
  await printItems(session, output, items, (see) => {
    const read = <T>(select: SelectRow<T>) =>
      itemsOf(source, result.lines, seeing(select, see), skipped);
    return terminal.write(
      render(EVENT_FORMATS, output.format, { ...report, read }, terminal.style),
    );
  });
  reportSkipped(session, report, skipped);
  noteSubagents(session, report, subagents);
  await noteFound(session, plan, source, {
    ...result,
    skipped,
    // A page without hits can be followed by others.
    isEmpty: result.lines.length === 0 && result.nextPage === null,
  });
  noteRest(plan, result, session);
  await queried.close();
  const isIncomplete = skipped.length + (marked?.leftOut ?? 0) > 0 || queried.isIncomplete;
  if (isIncomplete) return EXIT.incomplete;
  return result.lines.length > 0 ? EXIT.done : EXIT.nothingFound;
}

/** Says what the page leaves out. */
function noteRest(
  { request, output }: SearchPlan,
  result: SearchResult,
  { terminal }: Session,
): void {
  if (result.displaced.length > 0) {
    terminal.warn(
      `${pluralize(result.displaced.length, 'event belongs', 'events belong')} on an earlier page, but too far out of ` +
        'order to be found there; a search without --limit sorts all events',
    );
  }
  if (result.nextPage && output.format !== 'json') {
    terminal.note(`stopped at --limit ${request.limit}; continue with --page ${result.nextPage}`);
  }
}

const PAGE_ERRORS: readonly ErrorCode[] = ['no-such-event', 'ambiguous-event', 'unreadable-event'];

/** Searches, and names the option in the error for a page that does not exist. */
async function searchNamingPage(
  source: EventSource,
  request: SearchRequest,
): Promise<SearchResult> {
  try {
    return await search(source, request);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    const isAboutPage = PAGE_ERRORS.includes(error.code);
    throw isAboutPage ? new UsageError(`--page ${error.message}`) : error;
  }
}
