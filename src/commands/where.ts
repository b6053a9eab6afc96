import { relative, resolve, sep } from 'node:path';
import { defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { type ListOutputPlan, printList } from '../command-line/items/print-list.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addFieldsOption,
  type FieldsFlags,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { CoreError } from '../domain/errors.ts';
import { latestConversation } from '../locating/latest.ts';
import {
  conversationsUnder,
  currentRoot,
  type KnownRoot,
  knownRoots,
  type Root,
  searchedRoot,
} from '../locating/roots.ts';
import { formatNames } from '../report/output-formats.ts';
import { type ListedRoot, WHERE_FORMATS, whereList } from '../report/where/formats.ts';
import { entriesOf, isFolder } from '../storage/paths.ts';

type WhereFormat = keyof typeof WHERE_FORMATS;

type WhereFlags = CommonFlags & FieldsFlags & OutputFlags<WhereFormat>;

export type WherePlan = ListOutputPlan<WhereFormat>;

const EXAMPLES = `
Examples:
  convoscope where                        where conversations are looked for
  convoscope where --json | jq -r '.roots[] | select(.exists) | .path'`;

export const whereCommand = defineCommand<WhereFlags, WherePlan>({
  name: 'where',
  description: 'show where conversations are looked for, and what is there',
  operands: [],
  groups: [addFieldsOption],
  formats: formatNames(WHERE_FORMATS),
  examples: EXAMPLES,
  plan: wherePlan,
  run: runWhere,
});

/** Resolves the command line of `where`. @throws UsageError */
export function wherePlan({ flags }: Request<WhereFlags>): WherePlan {
  const format = resolveFormat(flags);
  return { format, ...resolveFields(flags, format) };
}

async function runWhere(plan: WherePlan, session: Session): Promise<number> {
  const { lookup, terminal } = session;
  const given = lookup.roots.map((path) => ({ path: resolve(path), why: '--root' }));
  const roots = given.length > 0 ? given.map(searched) : placesToLook(lookup.env);
  const listed = roots.map((root) => listRoot(root, session));
  const report = { roots: listed, latest: latestPath(session) };
  await printList(terminal, plan, { formats: WHERE_FORMATS, report, listOf: whereList });
  return listed.some(({ conversations }) => conversations > 0) ? EXIT.done : EXIT.nothingFound;
}

type SearchedRoot = KnownRoot & Root;

const searched = (known: KnownRoot): SearchedRoot => ({ ...known, ...searchedRoot(known.path) });

/** Where conversations are looked for without `--root`. */
function placesToLook(env: NodeJS.ProcessEnv): SearchedRoot[] {
  const known = knownRoots(env);
  const current = currentRoot(known.map(({ path }) => path));
  const why = 'the current folder, because it holds conversations';
  return [
    ...current.map((root) => ({ ...root, path: resolve(root.path), why })),
    ...known.map(searched),
  ];
}

function listRoot(root: SearchedRoot, { lookup }: Session): ListedRoot {
  const { path, why } = root;
  const base = { path, why, exists: false, conversations: 0, others: 0, problem: undefined };
  try {
    if (!isFolder(path)) return base;
    const conversations = conversationsUnder([root], lookup.warn);
    const inside = conversations.map((one) => relative(path, resolve(one.path)).split(sep)[0]);
    const others = entriesOf(path).filter(({ name }) => !inside.includes(name)).length;
    return { ...base, exists: true, conversations: conversations.length, others };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return { ...base, exists: true, problem: error.message };
  }
}

/** Path of the conversation that is used if none is named; undefined if there is none. */
function latestPath({ lookup }: Session): string | undefined {
  try {
    return resolve(latestConversation(lookup).path);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return undefined;
  }
}
