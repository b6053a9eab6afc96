import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '../domain/event.ts';
import type { StateFile, StateFileFault } from '../domain/state-file.ts';
import {
  type ConversationFolder,
  isInside,
  isYoung,
  lstatOf,
  statOf,
} from './conversation-folder.ts';
import { decodeEvent } from './decode-event.ts';
import { readFileBlocking } from './read-file.ts';

/** Files beside the events that rules look at. */
export const STATE_FILE = 'base_state.json';
export const META_FILE = 'meta.json';
export const LEASE_FILE = 'owner_lease.json';

/** Waits for a rewrite in progress to end, in ms. */
const REWRITE_WAITS_MS = [5, 10, 20, 40, 80, 160];

/** A JSON file beside the events, as it stands. @throws UsageError where it may not be looked at */
export function readStateFile(folder: ConversationFolder, name: string): StateFile {
  const path = join(folder.path, name);
  const stat = lstatOf(path);
  if (!stat) return { kind: 'absent' };
  const faulty = (code: StateFileFault, message: string): StateFile => ({
    kind: 'invalid',
    code,
    message,
  });
  let target = path;
  if (stat.isSymbolicLink()) {
    const real = statOf(path) && realpathSync(path);
    if (!real) return faulty('dangling-link', 'a link that leads nowhere');
    if (!isInside(realpathSync(folder.path), real)) {
      return faulty('linked-file', 'a link out of the conversation, not followed');
    }
    target = real;
  }
  if (!statOf(target)?.isFile()) return faulty('not-a-file', 'not a file');
  const read = readFileBlocking(target);
  if (!('bytes' in read)) {
    return read.failure === 'oversized'
      ? faulty('oversized-file', 'too large to be read')
      : faulty('unreadable-file', `can't be read (${read.reason})`);
  }
  const outcome = decodeEvent({ index: -1, id: '', name, type: 'file' }, read.bytes);
  if (!isFault(outcome)) return { kind: 'valid', value: outcome.value };
  const { slot, bytes, ...position } = outcome;
  return { kind: 'invalid', ...position };
}

/** The same, after the moment that a rewrite in place may need: these files are written often. */
export async function readSettledStateFile(
  folder: ConversationFolder,
  name: string,
): Promise<StateFile> {
  let document = readStateFile(folder, name);
  for (const wait of REWRITE_WAITS_MS) {
    const stat = statOf(join(folder.path, name));
    if (document.kind !== 'invalid' || !stat || !isYoung(stat.mtimeMs, Date.now())) return document;
    await sleep(wait);
    document = readStateFile(folder, name);
  }
  return document;
}
