import { basename } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { bareId, isIdPrefix } from '../domain/ids.ts';
import {
  CONVERSATION_SIGNS,
  type ConversationFolder,
  conversationAt,
} from '../storage/conversation-folder.ts';
import { isFolder, statOf } from '../storage/paths.ts';
import { listSome } from '../text/wording.ts';
import { conversationsIn } from './conversations-in.ts';
import { contentsOf, latestConversation } from './latest.ts';
import { findRoots, type LocateOptions } from './roots.ts';
import { subagentsOf } from './subagents.ts';

export interface Located {
  readonly folder: ConversationFolder;
  /** The user did not name it, so it should be said which one was chosen. */
  readonly chosen: boolean;
}

/** How many conversations an error lists. */
const MAX_LISTED_CONVERSATIONS = 5;

/**
 * Finds the conversation that an operand names: a path, an id or a prefix of one. No operand, and `@latest`, mean the
 * latest conversation.
 *
 * @throws CoreError if there is none, or more than one
 */
export function locate(operand: string | undefined, options: LocateOptions): Located {
  if (operand === undefined || operand === '@latest') {
    return { folder: latestConversation(options), chosen: true };
  }
  if (statOf(operand)) return { folder: locateAtPath(operand, options), chosen: false };
  if (isIdPrefix(operand)) return { folder: byId(operand, options), chosen: false };
  throw new CoreError(
    'no-such-conversation',
    `${operand}: no such file or folder${undecodableHint(operand)}, and not a conversation id (4 or more hex digits)`,
  );
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
  const inside = conversationsIn(path, warn).map(({ id }) => id);
  const found =
    inside.length > 0
      ? `found ${listSome(inside, MAX_LISTED_CONVERSATIONS)} in it: name one, or use it as a root`
      : `found ${contentsOf(path)}`;
  throw new CoreError(
    'not-a-conversation',
    `${path}: not a conversation: looked for ${CONVERSATION_SIGNS}, ${found}`,
  );
}

function byId(operand: string, options: LocateOptions): ConversationFolder {
  const prefix = bareId(operand);
  const roots = findRoots(options);
  const outermost = roots.flatMap((root) => conversationsIn(root, options.warn));
  const isNamed = ({ id }: ConversationFolder) => bareId(id) === prefix;
  // A whole id decides without a look at the subagents. A prefix must be unique among all of them.
  const nested = outermost.some(isNamed) ? [] : outermost.map(subagentsOf);
  const all = [
    ...outermost,
    ...nested.flatMap(({ folders }) => folders.map(({ folder }) => folder)),
  ];
  const hits = all.filter(({ id }) => bareId(id).startsWith(prefix));
  // Names can differ only in dashes or case. One that is written exactly so is preferred.
  const named = hits.filter(({ path }) => basename(path) === operand);
  const exact = hits.filter(isNamed);
  const [only, ...others] = [named, exact, hits].find(({ length }) => length > 0) ?? [];
  if (!only) {
    for (const { path, message, isMissing } of nested.flatMap(({ problems }) => problems)) {
      if (isMissing) options.warn(`${path}: ${message}`);
    }
    throw new CoreError(
      'no-such-conversation',
      `${operand}: no such path, and no conversation with that id under ${roots.join(', ')}`,
    );
  }
  if (others.length > 0) {
    const paths = [only, ...others].map(({ path }) => path).join(', ');
    throw new CoreError(
      'ambiguous-conversation',
      `${operand}: ${others.length + 1} conversations match: ${paths}`,
    );
  }
  return only;
}
