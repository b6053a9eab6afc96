import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { asConversation, entriesOf, type Folder, isFolder, lastWritten } from './folder.ts';
import { findRoots, type LocateOptions } from './roots.ts';

export interface Located {
  readonly folder: Folder;
  /** The user did not name it, so they should be told which one was taken. */
  readonly chosen: boolean;
}

const ID_OR_PREFIX = /^[0-9a-f][0-9a-f-]{3,35}$/i;

/**
 * Finds the conversation that an operand names: a path, an id or a prefix of one, or, for none and
 * `@latest`, the current folder or the one most recently written under the roots.
 *
 * @throws UsageError where there is none, or more than one.
 */
export function locate(operand: string | undefined, options: LocateOptions): Located {
  if (operand === undefined || operand === '@latest') return latest(options);
  if (existsSync(operand)) return { folder: atPath(operand), chosen: false };
  if (ID_OR_PREFIX.test(operand)) return { folder: byId(operand, options), chosen: false };
  throw new UsageError(
    `${operand}: no such file or folder, and not a conversation id (4 or more hex digits)`,
  );
}

function atPath(path: string): Folder {
  if (!isFolder(path)) {
    throw new UsageError(`${path}: a conversation is a folder, and this is a file`);
  }
  const folder = asConversation(path);
  if (folder) return folder;
  const inside = conversationsIn(path).length;
  const found =
    inside > 0
      ? `found ${inside} conversation${inside === 1 ? '' : 's'} in it: name one, or use --root`
      : `found ${describe(path)}`;
  throw new UsageError(
    `${path}: not a conversation: looked for events/, base_state.json or event files, ${found}`,
  );
}

function describe(path: string): string {
  const entries = entriesOf(path);
  if (!entries) return 'a folder that cannot be listed';
  if (entries.length === 0) return 'an empty folder';
  return `${entries.length} other ${entries.length === 1 ? 'entry' : 'entries'}`;
}

function byId(operand: string, options: LocateOptions): Folder {
  const bare = (id: string) => id.replaceAll('-', '').toLowerCase();
  const prefix = bare(operand);
  const roots = findRoots(options);
  const hits = roots.flatMap(conversationsIn).filter(({ id }) => bare(id).startsWith(prefix));
  const exact = hits.filter(({ id }) => bare(id) === prefix);
  const [only, ...others] = exact.length > 0 ? exact : hits;
  if (!only) {
    throw new UsageError(
      `${operand}: no such path, and no conversation of that id under ${roots.join(', ') || 'any root (none exists)'}`,
    );
  }
  if (others.length > 0) {
    const list = [only, ...others].map(({ path }) => path).join(', ');
    throw new UsageError(`${operand}: ${others.length + 1} conversations match: ${list}`);
  }
  return only;
}

function latest(options: LocateOptions): Located {
  const here = asConversation('.');
  if (here) return { folder: here, chosen: true };
  const roots = findRoots(options);
  let newest: Folder | undefined;
  let newestTime = -1;
  for (const folder of roots.flatMap(conversationsIn)) {
    const time = lastWritten(folder);
    if (time > newestTime) [newest, newestTime] = [folder, time];
  }
  if (newest) return { folder: newest, chosen: true };
  throw new UsageError(
    roots.length > 0
      ? `no conversation under ${roots.join(', ')}`
      : 'no conversation named, the current folder is none, and no known root exists (see --root)',
  );
}

/** Conversations that lie directly in a root, by name. */
function conversationsIn(root: string): Folder[] {
  return (entriesOf(root) ?? [])
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .flatMap(({ name }) => asConversation(join(root, name)) ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
