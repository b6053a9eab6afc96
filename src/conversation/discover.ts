import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { asConversation, entriesOf, type Folder, isFolder, statOf } from './folder.ts';
import { conversationsIn, locate, SIGNS } from './locate.ts';
import type { LocateOptions } from './roots.ts';

/**
 * Conversations at a path and at any depth below it, subagents' included, by path. What may not be
 * looked at is told, and passed over.
 *
 * @throws UsageError where there are none, or the path is a file
 */
export function discover(path: string, { warn }: Pick<LocateOptions, 'warn'>): Folder[] {
  if (!isFolder(path))
    throw new UsageError(`${path}: a conversation is a folder, and this is a file`);
  const own = asConversation(path);
  // Of a folder named `events` there is nothing below.
  if (own && own.path !== path) return [own];
  const found = new Map<string, Folder>();
  // Links are followed where a root holds them directly, and no further: they may lead in circles.
  for (const folder of [...below(path, warn), ...conversationsIn(path, { warn: () => {} })]) {
    const real = realpathSync(folder.path);
    if (!found.has(real)) found.set(real, folder);
  }
  if (found.size > 0) {
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
  throw new UsageError(`${path}: no conversation in it: looked for ${SIGNS}`);
}

/** Conversations at and below a folder. What may not be looked at is told, and passed over. */
function* below(path: string, warn: LocateOptions['warn']): Generator<Folder> {
  const folders: string[] = [];
  try {
    const own = asConversation(path);
    if (own) yield own;
    // Of an events folder there is nothing below; links may lead in circles.
    for (const entry of entriesOf(path)) {
      if (entry.isDirectory() && entry.name !== 'events') folders.push(join(path, entry.name));
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(error.message);
  }
  for (const folder of folders) yield* below(folder, warn);
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
