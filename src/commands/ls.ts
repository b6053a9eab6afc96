import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { type ListOutputPlan, printList } from '../command-line/items/print-list.ts';
import { noteListed } from '../command-line/notices/list-notices.ts';
import { noteNoneActive } from '../command-line/notices/time-notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addFieldsOption,
  type FieldsFlags,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import { resolveTime, TIME_FORMS } from '../command-line/options/filter-options.ts';
import { collectList, wholeNumber } from '../command-line/options/option-values.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { addSortOption, resolveSort } from '../command-line/options/sort-option.ts';
import { namingRoot, type Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { CoreError } from '../domain/errors.ts';
import { leaseOf } from '../domain/facts/lease.ts';
import { parentIn } from '../domain/state-file.ts';
import { outcomeOf } from '../history/outcome/outcome.ts';
import { overviewOf } from '../history/overview.ts';
import { listTotalsOf } from '../history/totals/list-totals.ts';
import { sumUsage } from '../history/usage.ts';
import { findRoots } from '../locating/roots.ts';
import { LS_FORMATS, lsList } from '../report/ls/formats.ts';
import type { ListedConversation, LsReport } from '../report/ls/types.ts';
import { formatNames } from '../report/output-formats.ts';
import { writeTimesOf } from '../storage/event-storage.ts';
import { isFolder } from '../storage/paths.ts';
import { LEASE_FILE, META_FILE, readStateFile, STATE_FILE } from '../storage/read-state-file.ts';
import { foldersToList, type ListedFolder, nestItems } from '../use-cases/list-conversations.ts';
import { readSubagents } from '../use-cases/subagents.ts';

type LsFormat = keyof typeof LS_FORMATS;
const LS_ORDERS = [
  'activity',
  'started',
  'events',
  'size',
  'duration',
  'cost',
  'errors',
  'title',
  'id',
] as const;
type LsOrder = (typeof LS_ORDERS)[number];
type SortKey = (listed: ListedConversation) => number | string;

/** Each puts first what people look for. */
const SORT_KEYS: Record<LsOrder, SortKey> = {
  activity: ({ active }) => -(active ?? 0),
  started: ({ from }) => -(from ?? 0),
  events: ({ events }) => -events,
  size: ({ bytes }) => -bytes,
  duration: ({ took }) => -(took ?? 0),
  cost: ({ usages }) => -(sumUsage(usages, ({ cost }) => cost) ?? 0),
  errors: ({ errors, faults }) => -(errors + faults.length),
  title: ({ title }) => (title ?? '\uffff').toLowerCase(),
  id: ({ id }) => id,
};

interface LsFlags extends CommonFlags, FieldsFlags, OutputFlags<LsFormat> {
  readonly status?: readonly string[];
  readonly since?: string;
  readonly sort: string;
  readonly tree?: boolean;
  readonly limit?: number;
}

export interface LsPlan extends ListOutputPlan<LsFormat> {
  /** Folders that contain conversations. */
  readonly roots: readonly string[];
  readonly statuses: readonly string[] | undefined;
  /** µs since the epoch. */
  readonly since: number | undefined;
  readonly sortKey: SortKey;
  /** What would come first comes last. */
  readonly isReversed: boolean;
  readonly limit: number | undefined;
  /** Also list subagents, each below its parent. */
  readonly isTree: boolean;
}

const EXAMPLES = `
Examples:
  convoscope ls                           every conversation, the latest first
  convoscope ls --status error,stuck --since 2d
  convoscope ls ./conversations --sort cost -n 10
  convoscope ls --tree                    with subagents
  convoscope ls --json | jq -r '.items[].id'`;

export const lsCommand = defineCommand<LsFlags, LsPlan>({
  name: 'ls',
  description: 'list the conversations under the roots',
  operands: [
    new Argument('[root...]', 'folders that contain conversations (default: every known root)'),
  ],
  options(command) {
    addSortOption(command, LS_ORDERS, 'what comes first');
    command
      .option(
        '--status <status>',
        'only this status (repeatable, or separated by commas)',
        collectList,
      )
      .option('--since <time>', `only those active since: ${TIME_FORMS}`)
      .option('--tree', 'also list subagents, each below the conversation that started it')
      .addOption(new Option('--subagents', 'same as --tree').hideHelp().implies({ tree: true }))
      .option('-n, --limit <n>', 'list at most n', wholeNumber(1));
  },
  groups: [addFieldsOption],
  formats: formatNames(LS_FORMATS),
  examples: EXAMPLES,
  plan: lsPlan,
  run: runLs,
});

/** Resolves the command line of `ls`. @throws UsageError */
export function lsPlan({ operands, flags, now, zone }: Request<LsFlags>): LsPlan {
  const [roots] = operands as [string[]];
  const format = resolveFormat(flags);
  const { key, isReversed } = resolveSort(flags.sort, LS_ORDERS);
  return {
    roots,
    statuses: flags.status,
    since: resolveTime('--since', flags.since, now, zone),
    sortKey: SORT_KEYS[key],
    isReversed,
    limit: flags.limit,
    isTree: flags.tree ?? false,
    format,
    ...resolveFields(flags, format),
  };
}

async function runLs(plan: LsPlan, session: Session): Promise<number> {
  const { terminal, zone, now, lookup } = session;
  for (const root of plan.roots) {
    if (!isFolder(root)) throw new UsageError(`${root}: not a folder`);
  }
  const roots = namingRoot(() => findRoots({ ...lookup, roots: [...lookup.roots, ...plan.roots] }));
  const { folders, isIncomplete } = foldersToList(roots, plan.isTree, lookup.warn);
  const all: Listed[] = [];
  let lost = 0;
  for (const one of folders) {
    try {
      all.push(await listed(session, one));
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      terminal.warn(`${one.folder.id}: ${error.message}`);
      lost++;
    }
  }
  const answers = new Map(all.map((one) => [one, isWanted(one, plan)]));
  const found = all.filter((one) => answers.get(one));
  const undecided = all.filter((one) => answers.get(one) === undefined);
  sort(found, plan.sortKey);
  if (plan.isReversed) found.reverse();
  const items = (plan.isTree ? nestItems(found) : found).slice(0, plan.limit);
  const report: LsReport = {
    roots: roots.map(({ path }) => resolve(path)),
    items,
    ids: all.flatMap(({ id, subagents }) => [id, ...subagents.items.map((item) => item.id)]),
    withReasons: plan.statuses !== undefined,
    totals: listTotalsOf(items, plan.isTree ? nestItems(all) : []),
    isTree: plan.isTree,
    zone,
    now,
  };
  await printList(terminal, plan, { formats: LS_FORMATS, report, listOf: lsList });
  noteListed(session, plan, { all, found, undecided, items, roots: roots.map(({ path }) => path) });
  noteNoneActive(session, plan.since, all);
  session.printReadStats();
  const lacks = isIncomplete || lost > 0 || undecided.length > 0;
  if (lacks || items.some(({ faults }) => faults.length > 0)) return EXIT.incomplete;
  return items.length > 0 ? EXIT.done : EXIT.nothingFound;
}

/** Whether a conversation belongs in the list; undefined if that is not known. */
function isWanted(
  { facts, active, faults, unreadable }: ListedConversation,
  { statuses, since }: LsPlan,
): boolean | undefined {
  const status = facts.status?.value;
  const isStatusKnown = status !== undefined || !unreadable.includes(STATE_FILE);
  const answers = [
    statuses === undefined || (isStatusKnown ? statuses.includes(status ?? '-') : undefined),
    // An event that can't be read can be newer than all others.
    since === undefined ||
      (active !== undefined && active >= since) ||
      (faults.length > 0 ? undefined : false),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

interface Listed extends ListedConversation {
  /** Path of the conversation that it is stored in. */
  readonly parentPath: string | undefined;
}

async function listed(session: Session, { folder, parent }: ListedFolder): Promise<Listed> {
  const [state, meta] = [readStateFile(folder, STATE_FILE), readStateFile(folder, META_FILE)];
  const unreadable: string[] = [];
  for (const [name, file] of [[STATE_FILE, state] as const, [META_FILE, meta] as const]) {
    if (file.kind !== 'invalid') continue;
    session.terminal.warn(`${folder.id}: ${name}: ${file.message}`);
    unreadable.push(name);
  }
  const log = session.openLog(folder);
  const files = { state, meta, writtenAt: writeTimesOf(log.storage) };
  const overview = await overviewOf(log, files, session.zone);
  await log.save();
  await session.scheduler.yieldToEventLoop();
  const lease = leaseOf(readStateFile(folder, LEASE_FILE));
  const { status } = overview.facts;
  return {
    ...overview,
    ending: outcomeOf({ ...overview.end, status, state, lease, now: session.now }),
    id: folder.id,
    path: resolve(folder.path),
    bytes: log.bytes,
    lease,
    unreadable,
    subagents: readSubagents(folder),
    parent: parent?.id ?? parentIn(meta),
    parentPath: parent && resolve(parent.path),
    depth: 0,
  };
}

function sort(items: Listed[], keyOf: SortKey): void {
  const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
  items.sort((a, b) => compare(keyOf(a), keyOf(b)) || compare(a.id, b.id));
}
