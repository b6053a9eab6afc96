import { join } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import { entriesOf } from '../storage/paths.ts';

/** No more folders are looked at: commands must start fast in a home folder too. */
const MAX_FOLDERS = 2000;
/** Conversations are looked for in the current folder and in its folders. */
const MAX_DEPTH = 2;

/**
 * Conversations in a folder that nobody named: the folder itself, what it contains, and what its folders contain.
 * Hidden folders and `node_modules` are not looked into. What can't be looked at is left out: nobody asked for it.
 *
 * @returns nothing if there are too many other folders
 */
export function conversationsNear(path: string): ConversationFolder[] {
  const found: ConversationFolder[] = [];
  let others = 0;
  for (const { own } of foldersNear(path, 0)) {
    if (own) found.push(own);
    else if (++others > MAX_FOLDERS) return [];
  }
  return found;
}

/** Each folder, with the conversation that it is. A folder is looked into only when the next one is asked for. */
function* foldersNear(
  path: string,
  depth: number,
): Generator<{ readonly own: ConversationFolder | undefined }> {
  const own = attempt(() => conversationAt(path));
  yield { own };
  if (own || depth === MAX_DEPTH) return;
  for (const inside of foldersIn(path)) yield* foldersNear(inside, depth + 1);
}

function foldersIn(path: string): string[] {
  const entries = attempt(() => entriesOf(path)) ?? [];
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .map(({ name }) => join(path, name));
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof CoreError) return undefined;
    throw error;
  }
}
