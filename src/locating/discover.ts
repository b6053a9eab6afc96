import { CoreError } from '../domain/errors.ts';
import {
  CONVERSATION_SIGNS,
  type ConversationFolder,
  conversationAt,
} from '../storage/conversation-folder.ts';
import { isFolder, statOf } from '../storage/paths.ts';
import { locate, locateNamed } from './locate.ts';
import type { LocateOptions, Warn } from './roots.ts';
import { conversationsBelow, eachOnce } from './search-folders.ts';

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
  const found = eachOnce(conversationsBelow(path, warn, { subagents: true }));
  if (found.length > 0) {
    return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
  throw new CoreError(
    'no-such-conversation',
    `${path}: no conversation in it: looked for ${CONVERSATION_SIGNS}`,
  );
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
  // The characters of a glob can occur in the name of a conversation.
  const named = locateNamed(operand, options);
  if (named) return [named.path];
  throw new CoreError('no-such-folder', `${operand}: no folder matches`);
}
