import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '../domain/event.ts';
import type { StateFile, StateFileFault } from '../domain/state-file.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { decodeEvent } from './decode-event.ts';
import { isYoung } from './file-age.ts';
import { isInside, lstatOf, realPathOf, statOf } from './paths.ts';
import { readFileBlocking } from './read-file.ts';
import { DEFAULT_LIMITS } from './read-limits.ts';

/** Files next to the events folder that convoscope reads. */
export const STATE_FILE = 'base_state.json';
export const META_FILE = 'meta.json';
export const LEASE_FILE = 'owner_lease.json';

/** How long to wait for a rewrite in progress to end, each time. In ms. */
const REWRITE_WAITS_MS = [5, 10, 20, 40, 80, 160];

/** Reads a JSON file next to the events folder, as it is now. @throws CoreError if the system denies access */
export function readStateFile(folder: ConversationFolder, name: string): StateFile {
  const path = join(folder.path, name);
  const stat = lstatOf(path);
  if (!stat) return { kind: 'absent' };
  const invalid = (code: StateFileFault, message: string): StateFile => ({
    kind: 'invalid',
    code,
    message,
  });
  let target = path;
  if (stat.isSymbolicLink()) {
    const real = statOf(path) && realPathOf(path);
    if (!real) return invalid('dangling-link', 'a link to a missing file');
    if (!isInside(realPathOf(folder.path), real)) {
      return invalid('linked-file', 'a link to a target outside the conversation, not followed');
    }
    target = real;
  }
  const targetStat = statOf(target);
  if (!targetStat?.isFile()) return invalid('not-a-file', 'not a file');
  const file = readFileBlocking(target, false, DEFAULT_LIMITS.maxFileBytes);
  if (file.kind === 'oversized') return invalid('oversized-file', 'too large to be read');
  if (file.kind === 'unreadable') {
    return invalid('unreadable-file', `can't be read (${file.reason})`);
  }
  const outcome = decodeEvent({ index: -1, id: '', name, type: 'file' }, file.bytes);
  if (!isFault(outcome)) {
    return { kind: 'valid', value: outcome.value, writtenAt: targetStat.mtimeMs };
  }
  const { slot, bytes, ...rest } = outcome;
  return { ...rest, kind: 'invalid' };
}

/**
 * Reads a JSON file next to the events folder that is often rewritten in place: if it is invalid and was written just
 * now, it is read again after the time that a rewrite may need.
 *
 * @throws CoreError if the system denies access
 */
export async function readSettledStateFile(
  folder: ConversationFolder,
  name: string,
): Promise<StateFile> {
  let file = readStateFile(folder, name);
  for (const wait of REWRITE_WAITS_MS) {
    const stat = statOf(join(folder.path, name));
    if (file.kind !== 'invalid' || !stat || !isYoung(stat.mtimeMs, Date.now())) return file;
    await sleep(wait);
    file = readStateFile(folder, name);
  }
  return file;
}
