import { CoreError } from '../domain/errors.ts';
import {
  type ConversationFolder,
  conversationAt,
  lastWritten,
} from '../storage/conversation-folder.ts';
import { entriesOf } from '../storage/paths.ts';
import { pluralize } from '../text/wording.ts';
import { conversationsIn } from './conversations-in.ts';
import { findRoots, type LocateOptions } from './roots.ts';

/**
 * What `@latest` means, and no name at all: the current folder if it is a conversation, else the conversation that was
 * most recently written to under the roots.
 *
 * @throws CoreError if there is none
 */
export function latestConversation(options: LocateOptions): ConversationFolder {
  const here = conversationAt('.');
  if (here) return here;
  const roots = findRoots(options);
  let newest: ConversationFolder | undefined;
  let newestTime = -1;
  for (const folder of roots.flatMap((root) => conversationsIn(root, options.warn))) {
    const time = lastWritten(folder);
    if (time > newestTime) [newest, newestTime] = [folder, time];
  }
  if (newest) return newest;
  const looked = roots.map((root) => `${root} (${contentsOf(root)})`).join(', ');
  throw new CoreError('no-such-conversation', `no conversation under ${looked}`);
}

/** What is in a folder that has no conversation, in words. */
export function contentsOf(path: string): string {
  const { length } = entriesOf(path);
  return length === 0 ? 'an empty folder' : pluralize(length, 'other entry', 'other entries');
}
