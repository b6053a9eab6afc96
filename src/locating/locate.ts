import { join } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import { bareId } from '../domain/slot.ts';
import {
  type ConversationFolder,
  conversationAt,
  entriesOf,
  isFolder,
  lastWritten,
  statOf,
} from '../storage/conversation-folder.ts';
import { findRoots, type LocateOptions } from './roots.ts';

export interface Located {
  readonly folder: ConversationFolder;
  /** The user did not name it, so they should be told which one was taken. */
  readonly chosen: boolean;
}

/** How many conversations an error names. */
const MAX_LISTED_CONVERSATIONS = 5;

/**
 * Finds the conversation that an operand names: a path, an id or a prefix of one, or, for none and
 * `@latest`, the current folder or the one most recently written under the roots.
 *
 * @throws UsageError where there is none, or more than one
 */
export function locate(operand: string | undefined, options: LocateOptions): Located {
  if (operand === undefined || operand === '@latest') return latest(options);
  if (statOf(operand)) return { folder: atPath(operand, options), chosen: false };
  const isId = /^[0-9a-f-]{4,36}$/i.test(operand) && bareId(operand).length >= 4;
  if (isId) return { folder: byId(operand, options), chosen: false };
  throw new UsageError(
    `${operand}: no such file or folder, and not a conversation id (4 or more hex digits)`,
  );
}

function atPath(path: string, options: LocateOptions): ConversationFolder {
  if (!isFolder(path)) {
    throw new UsageError(`${path}: a conversation is a folder, and this is a file`);
  }
  const folder = conversationAt(path);
  if (folder) return folder;
  const inside = conversationsIn(path, options);
  const found =
    inside.length > 0
      ? `found ${listed(inside.map(({ id }) => id))} in it: name one, or use --root`
      : `found ${contents(path)}`;
  throw new UsageError(`${path}: not a conversation: looked for ${SIGNS}, ${found}`);
}

/** What makes a folder a conversation. */
export const SIGNS = 'events/, base_state.json, meta.json or event files';

function contents(path: string): string {
  const { length } = entriesOf(path);
  if (length === 0) return 'an empty folder';
  return `${length} other ${length === 1 ? 'entry' : 'entries'}`;
}

function listed(names: string[]): string {
  const more = names.length - MAX_LISTED_CONVERSATIONS;
  return (
    names.slice(0, MAX_LISTED_CONVERSATIONS).join(', ') + (more > 0 ? ` and ${more} more` : '')
  );
}

function byId(operand: string, options: LocateOptions): ConversationFolder {
  const prefix = bareId(operand);
  const roots = findRoots(options);
  const hits = roots
    .flatMap((root) => conversationsIn(root, options))
    .filter(({ id }) => bareId(id).startsWith(prefix));
  const exact = hits.filter(({ id }) => bareId(id) === prefix);
  const [only, ...others] = exact.length > 0 ? exact : hits;
  if (!only) {
    throw new UsageError(
      `${operand}: no such path, and no conversation of that id under ${roots.join(', ')}`,
    );
  }
  if (others.length > 0) {
    const list = [only, ...others].map(({ path }) => path).join(', ');
    throw new UsageError(`${operand}: ${others.length + 1} conversations match: ${list}`);
  }
  return only;
}

function latest(options: LocateOptions): Located {
  const here = conversationAt('.');
  if (here) return { folder: here, chosen: true };
  const roots = findRoots(options);
  let newest: ConversationFolder | undefined;
  let newestTime = -1;
  for (const folder of roots.flatMap((root) => conversationsIn(root, options))) {
    const time = lastWritten(folder);
    if (time > newestTime) [newest, newestTime] = [folder, time];
  }
  if (newest) return { folder: newest, chosen: true };
  throw new UsageError(
    `no conversation under ${roots.map((r) => `${r} (${contents(r)})`).join(', ')}`,
  );
}

/**
 * Conversations that lie directly in a root, by name, links to some included. What may not be looked
 * at is told and passed over.
 */
export function conversationsIn(
  root: string,
  { warn }: Pick<LocateOptions, 'warn'>,
): ConversationFolder[] {
  const folders: ConversationFolder[] = [];
  for (const entry of entriesOf(root)) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue;
    const folder = readableAt(join(root, entry.name), warn);
    if (folder && folder.path !== root) folders.push(folder);
  }
  return folders.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The conversation at a path. One that may not be looked at is told, and passed over. */
export function readableAt(
  path: string,
  warn: LocateOptions['warn'],
): ConversationFolder | undefined {
  try {
    return conversationAt(path);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(error.message);
    return undefined;
  }
}
