import { join } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { entriesOf } from '../storage/paths.ts';
import type { Warn } from './roots.ts';

/**
 * Conversations directly in a root, sorted by name. Links to conversations are included. A folder that can't be looked
 * at is reported to `warn`, and skipped.
 *
 * @throws CoreError if the root can't be listed
 */
export function conversationsIn(root: string, warn: Warn): ConversationFolder[] {
  const folders: ConversationFolder[] = [];
  for (const entry of entriesOf(root, unusableFolders(root, warn))) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue;
    const folder = readableAt(join(root, entry.name), warn);
    if (folder && folder.path !== root) folders.push(folder);
  }
  return folders.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reports folders, and links, whose names are not valid UTF-8: each can be a conversation. */
export function unusableFolders(path: string, warn: Warn): Parameters<typeof entriesOf>[1] {
  return (shownName, type) => {
    if (!type.isDirectory() && !type.isSymbolicLink()) return;
    warn(`${join(path, shownName)}: not looked at, because its name is not valid UTF-8`);
  };
}

/** The conversation at a path. One that can't be looked at is reported to `warn`, and counts as none. */
export function readableAt(path: string, warn: Warn): ConversationFolder | undefined {
  try {
    return conversationAt(path);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    warn(error.message);
    return undefined;
  }
}
