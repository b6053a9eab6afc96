import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import { bareId } from '../domain/slot.ts';

/** Where a conversation is. Nothing is ever written there. */
export interface ConversationFolder {
  /** Id as the folder's name has it, without dashes: 32 hex digits where the SDK named it. */
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
 * @throws UsageError where it may not be looked at, or `events` is a link out of the conversation
 */
export function conversationAt(path: string): ConversationFolder | undefined {
  const events = join(path, 'events');
  const isState = hasState(path);
  if (isFolder(events)) {
    // Before anything looks into it.
    if (isOutsideLink(path, events)) {
      throw new UsageError(`events is a link out of the conversation, not followed: ${events}`);
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
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(name) ? bareId(name) : name;
}

function hasState(path: string): boolean {
  return STATE_FILES.some((name) => statOf(join(path, name)) !== undefined);
}

/** Whether a folder of the name `events` is one of events, and not of something else. */
function isEventsFolder(path: string): boolean {
  const entries = entriesOf(path).filter(({ name }) => !name.startsWith('.'));
  return entries.length === 0 || entries.some(({ name }) => name.startsWith('event-'));
}

function holdsEvents(path: string): boolean {
  return isFolder(path) && entriesOf(path).some(({ name }) => /^event-\d{5,}-/.test(name));
}

export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** What stands at a path, links followed. @throws UsageError where it may not be looked at */
export function statOf(path: string): Stats | undefined {
  return lookAt(path, statSync);
}

/** What stands at a path, be it a link. @throws UsageError where it may not be looked at */
export function lstatOf(path: string): Stats | undefined {
  return lookAt(path, lstatSync);
}

function lookAt(path: string, stat: typeof statSync): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code)) {
      return undefined; // nothing can be at such a path
    }
    throw new UsageError(`can't look at ${path}: ${code}`);
  }
}

/** Entries of a folder, none where there is no folder. @throws UsageError where it can't be listed */
export function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code = (error as Error).message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UsageError(`can't list ${path}: ${code}`);
  }
}

function isOutsideLink(path: string, events: string): boolean {
  return lstatSync(events).isSymbolicLink() && !isInside(realpathSync(path), realpathSync(events));
}

/** Whether one real path lies below another. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

/** When the conversation was last written to, in ms since the epoch: its newest part counts. */
export function lastWritten(folder: ConversationFolder): number {
  const parts = [folder.events, ...STATE_FILES.map((name) => join(folder.path, name))];
  return Math.max(0, ...parts.map((part) => statOf(part)?.mtimeMs ?? 0));
}

/** A file this young may still be in the hands of its writer. In ms. */
export const YOUNG_MS = 5_000;

/** Whether a file was written to just now. Both in ms since the epoch. */
export function isYoung(mtimeMs: number, now: number): boolean {
  // A clock that is a little ahead of ours writes from the future.
  return Math.abs(now - mtimeMs) < YOUNG_MS;
}
