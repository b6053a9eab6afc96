import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { parseEventName } from '../model/slot.ts';

/** Where a conversation is. Nothing is ever written there. */
export interface Folder {
  /** Id as the folder's name has it: 32 hex digits where it was named by the SDK. */
  readonly id: string;
  /** The conversation's directory, as the user wrote it or as it was found. */
  readonly path: string;
  /** The folder that holds the event files; it may not exist. */
  readonly events: string;
}

const STATE_FILES = ['base_state.json', 'meta.json'];

/**
 * The conversation at a path: its directory, its `events` folder, or a folder that holds event files
 * directly. Undefined where the path is none of these.
 *
 * @throws UsageError where `events` is a link that leads out of the conversation.
 */
export function asConversation(path: string): Folder | undefined {
  const id = plainId(basename(realName(path)));
  const events = join(path, 'events');
  if (isFolder(events)) {
    refuseOutsideLink(path, events);
    return { id, path, events };
  }
  if (hasState(path)) return { id, path, events };
  if (id === 'events' && isFolder(path)) {
    const parent = parentOf(path);
    const isOurs = holdsEvents(path) || hasState(parent) || entriesOf(path)?.length === 0;
    return isOurs
      ? { id: plainId(basename(realName(parent))), path: parent, events: path }
      : undefined;
  }
  return holdsEvents(path) ? { id, path, events: path } : undefined;
}

function hasState(path: string): boolean {
  return STATE_FILES.some((name) => existsSync(join(path, name)));
}

/** The real path, also of `.` and of what ends in a slash; a path to nothing stays as it is. */
function realName(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** The folder above, written as the user wrote the path, unless a link makes that another folder. */
function parentOf(path: string): string {
  const written = join(path, '..');
  return realName(written) === dirname(realName(path)) ? written : dirname(realName(path));
}

/** Ids are compared and shown without dashes, as folders are named. */
function plainId(text: string): string {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
    ? text.replaceAll('-', '')
    : text;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Entries of a folder, or undefined where it can't be listed. */
export function entriesOf(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined; // no folder, or no permission: there is nothing to find in it
  }
}

function holdsEvents(path: string): boolean {
  return entriesOf(path)?.some(({ name }) => parseEventName(name) !== undefined) ?? false;
}

function refuseOutsideLink(path: string, events: string): void {
  if (lstatSync(events).isSymbolicLink() && !isInside(realpathSync(path), realpathSync(events))) {
    throw new UsageError(`events is a link out of the conversation, not followed: ${events}`);
  }
}

/** Whether one real path lies below another. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

/** When the conversation was last written to, in ms since the epoch: its newest part counts. */
export function lastWritten(folder: Folder): number {
  const parts = [folder.events, ...STATE_FILES.map((name) => join(folder.path, name))];
  return Math.max(
    0,
    ...parts.map((part) => statSync(part, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );
}
