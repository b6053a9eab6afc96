import { basename, resolve, sep } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { bareId, isIdPrefix } from '../domain/ids.ts';
import { largest } from '../domain/numbers/extremes.ts';
import {
  CONVERSATION_SIGNS,
  type ConversationFolder,
  conversationAt,
} from '../storage/conversation-folder.ts';
import { isFolder, statOf } from '../storage/paths.ts';
import { listSome } from '../text/wording.ts';
import { contentsOf, latestConversation } from './latest.ts';
import { conversationsUnder, findRoots, type LocateOptions, type Root } from './roots.ts';
import { conversationsBelow, eachOnce } from './search-folders.ts';
import { subagentsOf } from './subagents.ts';

export interface Located {
  readonly folder: ConversationFolder;
  /** The user did not name it, so it should be said which one was chosen. */
  readonly chosen: boolean;
}

/** How many conversations an error lists. */
const MAX_LISTED_CONVERSATIONS = 5;
const MAX_LISTED_HITS = 20;
/** A shorter beginning of an id would fit by accident. */
const MIN_PREFIX_CHARS = 4;

/**
 * Finds the conversation that an operand names. An operand is a path, or else an id, the name of a folder, or a unique
 * prefix of one. Without an operand, and with `@latest`, it is the latest conversation.
 *
 * @throws CoreError if there is none, or more than one
 */
export function locate(operand: string | undefined, options: LocateOptions): Located {
  if (operand === undefined || operand === '@latest') {
    return { folder: latestConversation(options), chosen: true };
  }
  if (statOf(operand)) return { folder: locateAtPath(operand, options), chosen: false };
  const folder = locateNamed(operand, options);
  if (folder) return { folder, chosen: false };
  throw new CoreError('no-such-conversation', `${operand}: ${whyNone(operand, options)}`);
}

/** Words that people write for `@latest`. */
const LATEST_MISTYPED = /^@?(?:la?te?st|last|newest|current)$/i;

/** Why an operand names no conversation. */
function whyNone(operand: string, options: LocateOptions): string {
  const hint = undecodableHint(operand);
  if (operand.includes(sep)) return `no such file or folder${hint}`;
  const roots = findRoots(options).map(({ path }) => path);
  if (LATEST_MISTYPED.test(operand)) return 'no such conversation (did you mean @latest?)';
  const short = isLongEnough(operand)
    ? ''
    : ` (the beginning of an id is enough if it has ${MIN_PREFIX_CHARS} characters or more)`;
  const near = nearIds(operand, options);
  const meant = near.length > 0 ? `; ids that begin alike: ${near.join(', ')}` : '';
  return `no such path${hint}, and no conversation with that id under ${roots.join(', ')}${short}${meant}`;
}

/** Fewer equal characters at the beginning are an accident. */
const MIN_SHARED_CHARS = 3;
const MAX_NEAR_IDS = 3;

/** Ids of conversations that begin as an operand does, as far as at least its first half. */
function nearIds(operand: string, options: LocateOptions): string[] {
  if ([...operand].length < MIN_SHARED_CHARS) return [];
  const shared = operand.slice(0, Math.max(MIN_SHARED_CHARS, Math.ceil(operand.length / 2)));
  return conversationsUnder(findRoots(options), () => {})
    .map(({ id }) => id)
    .filter((id) => id.startsWith(shared))
    .slice(0, MAX_NEAR_IDS);
}

/** Bytes that are not UTF-8 arrive as U+FFFD, and no file has such a name. */
function undecodableHint(operand: string): string {
  return operand.includes('\ufffd') ? " (a name that is not valid UTF-8 can't be opened)" : '';
}

/** The conversation at a path. @throws CoreError that says what is there instead */
export function locateAtPath(
  path: string,
  { warn }: Pick<LocateOptions, 'warn'>,
): ConversationFolder {
  if (!isFolder(path)) {
    const what = statOf(path) ? 'a conversation is a folder, and this is a file' : 'no such folder';
    throw new CoreError('not-a-conversation', `${path}: ${what}`);
  }
  const folder = conversationAt(path);
  if (folder) return folder;
  const inside = conversationsBelow(path, warn, { subagents: false }).map(({ id }) => id);
  const found =
    inside.length > 0
      ? `found ${listSome(inside, MAX_LISTED_CONVERSATIONS)} in it: name one, or use it as a root`
      : `found ${contentsOf(path)}`;
  throw new CoreError(
    'not-a-conversation',
    `${path}: not a conversation: looked for ${CONVERSATION_SIGNS}, ${found}`,
  );
}

/**
 * The conversation whose id, or folder name, an operand is, or a unique prefix of one. Undefined if there is none.
 *
 * @throws CoreError if there are several
 */
export function locateNamed(
  operand: string,
  options: LocateOptions,
): ConversationFolder | undefined {
  if (operand.includes(sep)) return undefined;
  const roots = rootsFor(operand, options);
  const outermost = roots.flatMap((root) => root.conversations(options.warn));
  // A whole id decides without a look at the subagents. A prefix must be unique among all of them.
  const isDecided = outermost.some((folder) => fitOf(operand, folder) >= FIT.id);
  const nested = isDecided ? [] : outermost.map(subagentsOf);
  const all = [
    ...outermost,
    ...nested.flatMap(({ folders }) => folders.map(({ folder }) => folder)),
  ];
  const fits = all.map((folder) => fitOf(operand, folder));
  const best = largest(fits, FIT.none);
  const hits = best === FIT.none ? [] : all.filter((_, at) => fits[at] === best);
  const [only, ...others] = eachOnce(hits);
  if (!only) {
    for (const { path, message, isMissing } of nested.flatMap(({ problems }) => problems)) {
      if (isMissing) options.warn(`${path}: ${message}`);
    }
    return undefined;
  }
  if (others.length > 0) {
    const paths = [only, ...others].map(({ path }) => path);
    throw new CoreError(
      'ambiguous-conversation',
      `${operand}: ${paths.length} conversations match: ${listSome(paths, MAX_LISTED_HITS)}`,
    );
  }
  return only;
}

function rootsFor(operand: string, options: LocateOptions): Root[] {
  try {
    return findRoots(options);
  } catch (error) {
    if (!(error instanceof CoreError) || error.code !== 'no-root') throw error;
    const what = `${operand}: no such file or folder${undecodableHint(operand)}`;
    throw new CoreError(error.code, `${what}, and ${error.message}`);
  }
}

/** How well an operand fits a conversation. Only those that fit best count. */
const FIT = { none: 0, prefix: 1, id: 2, name: 3 } as const;

function fitOf(operand: string, { id, path }: ConversationFolder): number {
  const name = basename(resolve(path));
  if (name === operand || id === operand) return FIT.name;
  // Ids are also written with dashes, and in upper case.
  const bare = isIdPrefix(operand) && isIdPrefix(id) ? bareId(operand) : undefined;
  if (bare !== undefined && bareId(id) === bare) return FIT.id;
  if (!isLongEnough(operand)) return FIT.none;
  const isPrefix =
    name.startsWith(operand) ||
    id.startsWith(operand) ||
    (bare !== undefined && bareId(id).startsWith(bare));
  return isPrefix ? FIT.prefix : FIT.none;
}

const isLongEnough = (operand: string) => [...operand].length >= MIN_PREFIX_CHARS;
