import { lstatSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { beginsLikeEventFile, hasEventIndex } from '../domain/event-file-name.ts';
import { bareId, isDashedUuid } from '../domain/ids.ts';
import { largest } from '../domain/numbers/extremes.ts';
import { entriesOf, isFolder, isInside, realPathOf, statOf } from './paths.ts';

/** Where a conversation is on disk. Nothing is ever written there. */
export interface ConversationFolder {
  /** Name of the folder; a UUID without its dashes. The SDK names folders by 32 hex digits. */
  readonly id: string;
  /** The conversation's directory, as the user wrote it or as it was found. */
  readonly path: string;
  /** The folder of the event files. It may not exist. */
  readonly events: string;
}

const STATE_FILES = ['base_state.json', 'meta.json'];

/** What makes a folder a conversation, in words. */
export const CONVERSATION_SIGNS = 'events/, base_state.json, meta.json or event files';

/**
 * The conversation at a path: its directory, its `events` folder, or a folder that contains event files
 * directly. Undefined for any other path.
 *
 * @throws CoreError if the system denies access, or if `events` is a link out of the conversation
 */
export function conversationAt(path: string): ConversationFolder | undefined {
  const events = join(path, 'events');
  const isState = hasState(path);
  if (isFolder(events)) {
    // Checked before anything looks into it.
    if (isOutsideLink(path, events)) {
      throw new CoreError(
        'not-a-conversation',
        `events is a link to a target outside the conversation, not followed: ${events}`,
      );
    }
    if (isState || isEventsFolder(events)) return { id: idOf(path), path, events };
  }
  if (isState) return { id: idOf(path), path, events };
  if (basename(resolve(path)) === 'events' && isFolder(path)) {
    const parent = basename(path) === 'events' ? dirname(path) : join(path, '..');
    const isOurs = hasState(parent) || isEventsFolder(path);
    return isOurs ? { id: idOf(parent), path: parent, events: path } : undefined;
  }
  return holdsEvents(path) ? { id: idOf(path), path, events: path } : undefined;
}

function idOf(path: string): string {
  const name = basename(resolve(path));
  return isDashedUuid(name) ? bareId(name) : name;
}

function hasState(path: string): boolean {
  return STATE_FILES.some((name) => statOf(join(path, name)) !== undefined);
}

/** Whether a folder named `events` contains events of a conversation, and not something else. */
function isEventsFolder(path: string): boolean {
  const entries = entriesOf(path).filter(({ name }) => !name.startsWith('.'));
  return entries.length === 0 || entries.some(({ name }) => beginsLikeEventFile(name));
}

function holdsEvents(path: string): boolean {
  if (!isFolder(path)) return false;
  return entriesOf(path).some(({ name }) => hasEventIndex(name));
}

function isOutsideLink(path: string, events: string): boolean {
  return lstatSync(events).isSymbolicLink() && !isInside(realPathOf(path), realPathOf(events));
}

/** When the conversation was last written to, in ms since the epoch: the newest of its parts counts. */
export function lastWritten(folder: ConversationFolder): number {
  const parts = [folder.events, ...STATE_FILES.map((name) => join(folder.path, name))];
  return largest(
    parts.map((part) => statOf(part)?.mtimeMs ?? 0),
    0,
  );
}
