import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import {
  type ConversationFolder,
  conversationAt,
  entriesOf,
  isFolder,
  statOf,
} from '../storage/conversation-folder.ts';
import { locate, readableAt, SIGNS } from './locate.ts';
import type { LocateOptions } from './roots.ts';

/**
 * Conversations at a path and at any depth below it, subagents' included, by path. What may not be
 * looked at is told, and passed over.
 *
 * @throws UsageError where there are none, or the path is a file
 */
export function discover(
  path: string,
  { warn }: Pick<LocateOptions, 'warn'>,
): ConversationFolder[] {
  if (!isFolder(path))
    throw new UsageError(`${path}: a conversation is a folder, and this is a file`);
  const own = conversationAt(path);
  // Of a folder named `events` there is nothing below.
  if (own && own.path !== path) return [own];
  const found = new Map<string, ConversationFolder>();
  for (const folder of below(path, warn, { links: true })) {
    const real = realpathSync(folder.path);
    if (!found.has(real)) found.set(real, folder);
  }
  if (found.size > 0) {
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
  throw new UsageError(`${path}: no conversation in it: looked for ${SIGNS}`);
}

/**
 * Conversations at and below a folder. What may not be looked at is told, and passed over. Links are
 * followed, if at all, where the folder holds them directly, and no further: they may lead in circles.
 */
function* below(
  path: string,
  warn: LocateOptions['warn'],
  { links }: { links: boolean },
): Generator<ConversationFolder> {
  const folders: string[] = [];
  const linked: string[] = [];
  try {
    const own = conversationAt(path);
    if (own) yield own;
    for (const entry of entriesOf(path)) {
      // Of a conversation's events there is nothing below.
      if (own && entry.name === 'events') continue;
      if (entry.isDirectory()) folders.push(join(path, entry.name));
      else if (links && entry.isSymbolicLink()) linked.push(join(path, entry.name));
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(error.message);
  }
  for (const folder of folders) yield* below(folder, warn, { links: false });
  // Last, so that a conversation also found by a link keeps its own path.
  for (const link of linked) {
    const folder = readableAt(link, warn);
    if (folder) yield folder;
  }
}

/**
 * The folders that an operand names: a path, a glob, or a conversation's id.
 *
 * @throws UsageError where it names none
 */
export async function expand(operand: string, options: LocateOptions): Promise<string[]> {
  if (statOf(operand)) return [operand];
  const { default: glob } = await import('fast-glob');
  if (!glob.isDynamicPattern(operand)) return [locate(operand, options).folder.path];
  const paths = await glob(operand, { onlyDirectories: true, dot: true, suppressErrors: true });
  if (paths.length > 0) return paths.sort();
  throw new UsageError(`${operand}: no folder matches`);
}
