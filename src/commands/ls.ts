import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  collectList,
  formatOf,
  type OutputOptions,
  type StartAction,
  wholeNumber,
} from '../command-line/options/common-options.ts';
import { Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { UsageError } from '../domain/errors.ts';
import { overviewOf } from '../history/overview.ts';
import { conversationsIn } from '../locating/locate.ts';
import { findRoots } from '../locating/roots.ts';
import { LS } from '../report/ls/formats.ts';
import type { Listed } from '../report/ls/types.ts';
import { type ConversationFolder, isFolder } from '../storage/conversation-folder.ts';
import { META_FILE, readStateFile, STATE_FILE } from '../storage/read-state-file.ts';
import { parseTime } from '../time/parse-time.ts';

/** Each puts what one looks for first. */
const ORDERS: Record<string, (listed: Listed) => number | string> = {
  activity: ({ to }) => -(to ?? 0),
  started: ({ from }) => -(from ?? 0),
  events: ({ events }) => -events,
  size: ({ bytes }) => -bytes,
  duration: ({ from, to }) => (from ?? 0) - (to ?? 0),
  cost: ({ cost }) => -(cost ?? 0),
  errors: ({ errors, faults }) => -(errors + faults.length),
  title: ({ title }) => (title ?? '\uffff').toLowerCase(),
  id: ({ id }) => id,
};

interface LsOptions extends CommonOptions, OutputOptions<keyof typeof LS> {
  status?: string[];
  since?: string;
  sort: string;
  limit?: number;
}

const EXAMPLES = `
Examples:
  convoscope ls                           every conversation, the last one first
  convoscope ls --status error,stuck --since 2d
  convoscope ls ./conversations --sort cost -n 10
  convoscope ls --json | jq -r '.items[].id'`;

export function lsCommand(start: StartAction): Command {
  const command = new Command('ls')
    .description('list the conversations under the roots')
    .argument('[root...]', 'folders that hold conversations (default: every known root)')
    .option('--status <status>', 'only with this status (repeatable, commas)', collectList)
    .option('--since <time>', 'only those active since: ISO 8601, 15m, 2h, 3d, today')
    .addOption(
      new Option('--sort <order>', 'what comes first')
        .choices(Object.keys(ORDERS))
        .default('activity'),
    )
    .option('-n, --limit <n>', 'at most n', wholeNumber(1))
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, Object.keys(LS));
  addCommonOptions(command);
  return command.action((roots, options) => start((streams) => runLs(roots, options, streams)));
}

async function runLs(roots: string[], options: LsOptions, streams: Streams): Promise<number> {
  const session = await Session.open(streams, options);
  const { terminal, zone } = session;
  const format = formatOf(options);
  const since = resolveSince(session, options.since);
  for (const root of roots) if (!isFolder(root)) throw new UsageError(`${root}: not a folder`);
  const lookup = { ...session.lookup, roots: [...(options.root ?? []), ...roots] };
  const looked = findRoots(lookup);
  const folders = new Map<string, ConversationFolder>();
  for (const root of looked) {
    for (const folder of conversationsIn(root, lookup)) folders.set(resolve(folder.path), folder);
  }
  const all: Listed[] = [];
  for (const folder of folders.values()) all.push(await listed(session, folder));
  const isWanted = ({ status, to }: Listed) =>
    (options.status?.includes(status ?? '-') ?? true) &&
    (since === undefined || (to !== undefined && to >= since));
  const found = all.filter(isWanted);
  sort(found, ORDERS[options.sort] as (listed: Listed) => number | string);
  const items = found.slice(0, options.limit);
  const report = { roots: looked.map((root) => resolve(root)), items, zone, now: session.now };
  await terminal.write([await LS[format](report, terminal.style)]);
  tellRest(session, { all, found, items, looked }, options);
  session.printReadStats();
  if (items.some(({ faults }) => faults.length > 0)) return EXIT.incomplete;
  return items.length > 0 ? EXIT.done : EXIT.nothingFound;
}

async function listed(session: Session, folder: ConversationFolder): Promise<Listed> {
  const state = readStateFile(folder, STATE_FILE);
  if (state.kind === 'invalid')
    session.terminal.warn(`${folder.id}: base_state.json: ${state.message}`);
  const log = session.openFolder(folder);
  const overview = await overviewOf(log, state, readStateFile(folder, META_FILE), session.zone);
  await log.save();
  await session.pool.yieldToEventLoop();
  return { ...overview, id: folder.id, path: resolve(folder.path), bytes: log.bytes };
}

function sort(items: Listed[], keyOf: (listed: Listed) => number | string): void {
  const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
  items.sort((a, b) => compare(keyOf(a), keyOf(b)) || compare(a.id, b.id));
}

/** Says what the list leaves out, and why it may be empty. */
function tellRest(
  { terminal }: Session,
  { all, found, items, looked }: Record<'all' | 'found' | 'items', Listed[]> & { looked: string[] },
  { limit, status }: LsOptions,
): void {
  for (const { id, faults } of items) {
    if (faults.length === 0) continue;
    const [first] = faults;
    const more = faults.length > 1 ? ` and ${faults.length - 1} more` : '';
    terminal.warn(
      `${id}: can't be read: ${first?.slot.name}: ${first?.message}${more}; see verify`,
    );
  }
  if (found.length > items.length) {
    terminal.note(`stopped at --limit ${limit}; there are ${found.length}`);
  }
  if (all.length === 0) terminal.note(`no conversation under ${looked.join(', ')}`);
  else if (found.length === 0 && status) {
    const there = [...new Set(all.map((one) => one.status ?? '-'))].sort();
    const asked = status.join(' or ');
    terminal.note(`none of ${all.length} is ${asked}; statuses there: ${there.join(', ')}`);
  }
}

function resolveSince({ now, zone }: Session, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text, now, zone);
  if (time !== undefined) return time;
  throw new UsageError(`--since ${text}: not a time (ISO 8601, 15m, 2h, 3d, today, yesterday)`);
}
