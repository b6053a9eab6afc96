import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { conversationAt } from '../storage/conversation-folder.ts';
import { isOpenable, realPathOf } from '../storage/paths.ts';

/** Permission bits by which a group, and everybody else, may write. */
const GROUP_MAY_WRITE = 0o020;
const OTHERS_MAY_WRITE = 0o002;

/**
 * Why a folder can't hold indices, in words; undefined if it can, or if it does not exist yet. Nothing is written inside
 * a conversation, and an index is believed only where no other user could have put it.
 */
export function whyUnusable(folder: string): string | undefined {
  try {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat && !stat.isDirectory()) return 'ENOTDIR';
    if (stat && !isOwn(stat)) return 'it belongs to another user';
    if (stat && mayBeWrittenByOthers(stat)) return 'other users may write to it';
    const existing = existingAbove(folder);
    const real = realPathOf(existing);
    // U+FFFD stands for bytes of the current folder's name: a folder must not be made under that name.
    const isDecoded = existing === folder || !folder.includes('\ufffd');
    if (!isOpenable(real) || !isDecoded) return 'its name is not valid UTF-8';
    return isInConversation(real) ? 'it is inside a conversation' : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  }
}

/** Whether the user who runs this program owns a file. On systems without owners, everything counts as the user's. */
export function isOwn({ uid }: { readonly uid: number }): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

function mayBeWrittenByOthers({ mode, uid, gid }: { mode: number; uid: number; gid: number }) {
  if (process.getuid === undefined) return false;
  if (mode & OTHERS_MAY_WRITE) return true;
  // Many systems give each user a group of its own with the same number, and let it write.
  return (mode & GROUP_MAY_WRITE) !== 0 && gid !== uid;
}

/** The folder, or the one above it in which it will be made. */
function existingAbove(folder: string): string {
  let existing = folder;
  while (!statSync(existing, { throwIfNoEntry: false })) existing = dirname(existing);
  return existing;
}

/** Whether a folder is inside a conversation, whichever it is, or is one. @param real its path without links */
function isInConversation(real: string): boolean {
  for (let at = real; ; at = dirname(at)) {
    if (isConversation(at)) return true;
    if (at === dirname(at)) return false;
  }
}

function isConversation(path: string): boolean {
  try {
    return conversationAt(path) !== undefined;
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    // What this user may not list, such as other users' homes on the way, is no conversation of this user.
    return error.code !== 'unreadable-path';
  }
}

/**
 * Makes a folder that no other user can read, because an index says what agents did. It goes step by step: Node's
 * recursive mkdir never returns on some file systems that refuse, such as /proc.
 */
export function makePrivate(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })) return;
  makePrivate(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
