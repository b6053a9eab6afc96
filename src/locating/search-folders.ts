import { join } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { SUBAGENTS_FOLDER } from '../domain/ids.ts';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { entriesOf, realPathOf, statOf } from '../storage/paths.ts';

/** Is called with what had to be skipped, and why. */
export type Warn = (message: string) => void;

interface SearchOptions {
  /** Include what is stored in the `subagents` folder of a conversation. */
  readonly subagents: boolean;
}

/**
 * Conversations at a folder and at any depth below it. Links are followed only if the folder contains them directly, and
 * come last. What can't be looked at is reported to `warn`, and skipped.
 */
export function conversationsBelow(
  path: string,
  warn: Warn,
  options: SearchOptions,
): ConversationFolder[] {
  return [...below(path, warn, { ...options, links: true })];
}

/** Without links to folders that are there anyway. The first of those that are the same folder is kept. */
export function eachOnce(folders: readonly ConversationFolder[]): ConversationFolder[] {
  const found = new Map<string, ConversationFolder>();
  for (const folder of folders) {
    if (!statOf(folder.path)) continue; // it was removed meanwhile
    const real = realPathOf(folder.path);
    if (!found.has(real)) found.set(real, folder);
  }
  return [...found.values()];
}

/** Links are followed no further than the first folder, because they can lead in circles. */
function* below(
  path: string,
  warn: Warn,
  options: SearchOptions & { readonly links: boolean },
): Generator<ConversationFolder> {
  const folders: string[] = [];
  const linked: string[] = [];
  try {
    const own = conversationAt(path);
    if (own) yield own;
    for (const entry of entriesOf(path, unusableFolders(path, warn))) {
      // There is nothing below a conversation's events.
      if (own && entry.name === 'events') continue;
      if (own && entry.name === SUBAGENTS_FOLDER && !options.subagents) continue;
      if (entry.isDirectory()) folders.push(join(path, entry.name));
      else if (options.links && entry.isSymbolicLink()) linked.push(join(path, entry.name));
    }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    warn(error.message);
  }
  for (const folder of folders) yield* below(folder, warn, { ...options, links: false });
  // Links come last, so that a conversation that is also found directly keeps its own path.
  for (const link of linked) {
    const folder = readableAt(link, warn);
    if (folder) yield folder;
  }
}

/** Reports folders, and links, whose names are not valid UTF-8: each can be a conversation. */
function unusableFolders(path: string, warn: Warn): Parameters<typeof entriesOf>[1] {
  return (shownName, type) => {
    if (!type.isDirectory() && !type.isSymbolicLink()) return;
    warn(`${join(path, shownName)}: not looked at, because its name is not valid UTF-8`);
  };
}

/** The conversation at a path. One that can't be looked at is reported to `warn`, and counts as none. */
function readableAt(path: string, warn: Warn): ConversationFolder | undefined {
  try {
    return conversationAt(path);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    warn(error.message);
    return undefined;
  }
}
