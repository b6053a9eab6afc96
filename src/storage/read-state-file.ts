import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document, DocumentFault } from '../domain/state-file.ts';
import { isFault } from '../domain/event.ts';
import { decode } from './decode-event.ts';
import { readFileNow } from './read-file.ts';
import { type Folder, isInside, isYoung, lstatOf, statOf } from './conversation-folder.ts';

/** Files beside the events that rules look at. */
export const STATE = 'base_state.json';
export const META = 'meta.json';
export const LEASE = 'owner_lease.json';

/** Waits for a rewrite in progress to end, in ms. */
const WAITS = [5, 10, 20, 40, 80, 160];

/** A JSON file beside the events, as it stands. @throws UsageError where it may not be looked at */
export function readDocument(folder: Folder, name: string): Document {
  const path = join(folder.path, name);
  const stat = lstatOf(path);
  if (!stat) return { is: 'absent' };
  const faulty = (code: DocumentFault, message: string): Document => ({
    is: 'faulty',
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
  const read = readFileNow(target);
  if (!('bytes' in read)) {
    return read.failure === 'oversized'
      ? faulty('oversized-file', 'too large to be read')
      : faulty('unreadable-file', `can't be read (${read.reason})`);
  }
  const outcome = decode({ index: -1, id: '', name, type: 'file' }, read.bytes);
  if (!isFault(outcome)) return { is: 'sound', value: outcome.value };
  const { slot, bytes, ...place } = outcome;
  return { is: 'faulty', ...place };
}

/** The same, after the moment that a rewrite in place may need: these files are written often. */
export async function readSettledDocument(folder: Folder, name: string): Promise<Document> {
  let document = readDocument(folder, name);
  for (const wait of WAITS) {
    const stat = statOf(join(folder.path, name));
    if (document.is !== 'faulty' || !stat || !isYoung(stat.mtimeMs, Date.now())) return document;
    await sleep(wait);
    document = readDocument(folder, name);
  }
  return document;
}
