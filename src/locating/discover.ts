import { join } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import {
  CONVERSATION_SIGNS,
  type ConversationFolder,
  conversationAt,
} from '../storage/conversation-folder.ts';
import { entriesOf, isFolder, realPathOf, statOf } from '../storage/paths.ts';
import { readableAt, unusableFolders } from './conversations-in.ts';
import { locate } from './locate.ts';
import type { LocateOptions, Warn } from './roots.ts';

/**
 * Conversations at a path and at any depth below it, subagents included, sorted by path. What can't be looked at is
 * reported to `warn`, and skipped.
 *
 * @throws CoreError if there are none, or if the path is a file
 */
export function discover(path: string, warn: Warn): ConversationFolder[] {
  if (!isFolder(path)) {
    throw new CoreError(
      'not-a-conversation',
      `${path}: a conversation is a folder, and this is a file`,
    );
  }
  const own = conversationAt(path);
  // There is nothing below a folder of events.
  if (own && own.path !== path) return [own];
  const found = new Map<string, ConversationFolder>();
  for (const folder of below(path, warn, { links: true })) {
    const real = realPathOf(folder.path);
    if (!found.has(real)) found.set(real, folder);
  }
  if (found.size > 0) {
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
  throw new CoreError(
    'no-such-conversation',
    `${path}: no conversation in it: looked for ${CONVERSATION_SIGNS}`,
  );
}

/**
 * Conversations at and below a folder. Links are followed only if the folder contains them directly, and no further,
 * because they can lead in circles.
 */
function* below(
  path: string,
  warn: Warn,
  { links }: { links: boolean },
): Generator<ConversationFolder> {
  const folders: string[] = [];
  const linked: string[] = [];
  try {
    const own = conversationAt(path);
    if (own) yield own;
    for (const entry of entriesOf(path, unusableFolders(path, warn))) {
      // There is nothing below a conversation's events.
      if (own && entry.name === 'events') continue;
      if (entry.isDirectory()) folders.push(join(path, entry.name));
      else if (links && entry.isSymbolicLink()) linked.push(join(path, entry.name));
    }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    warn(error.message);
  }
  for (const folder of folders) yield* below(folder, warn, { links: false });
  // Links come last, so that a conversation that is also found directly keeps its own path.
  for (const link of linked) {
    const folder = readableAt(link, warn);
    if (folder) yield folder;
  }
}

/**
 * The folders that an operand names: a path, a glob, or the id of a conversation.
 *
 * @throws CoreError if it names none
 */
export async function expand(operand: string, options: LocateOptions): Promise<string[]> {
  if (statOf(operand)) return [operand];
  const { default: glob } = await import('fast-glob');
  if (!glob.isDynamicPattern(operand)) return [locate(operand, options).folder.path];
  const paths = await glob(operand, { onlyDirectories: true, dot: true, suppressErrors: true });
  if (paths.length > 0) return paths.sort();
  throw new CoreError('no-such-folder', `${operand}: no folder matches`);
}
