import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { asConversation, type Folder, isFolder } from './folder.ts';
import { locate } from './locate.ts';
import type { LocateOptions } from './roots.ts';

/**
 * Conversations at a path and at any depth below it, subagents' included, by path.
 *
 * @throws UsageError where there are none
 */
export async function discover(path: string): Promise<Folder[]> {
  if (!isFolder(path))
    throw new UsageError(`${path}: a conversation is a folder, and this is a file`);
  const own = asConversation(path);
  // Of a folder named `events` there is nothing below.
  if (own && own.path !== path) return [own];
  const { default: glob } = await import('fast-glob');
  const marks = await glob(['**/events', '**/base_state.json', '**/event-*.json'], {
    cwd: path,
    onlyFiles: false,
    dot: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: ['**/events/*'],
  });
  const paths = new Set(marks.map((mark) => join(path, dirname(mark))));
  const found = [...paths].sort().flatMap((candidate) => asConversation(candidate) ?? []);
  if (found.length > 0) return found;
  throw new UsageError(
    `${path}: no conversation in it: looked for events/, base_state.json or event files`,
  );
}

/**
 * The folders that an operand names: a path, a glob, or a conversation's id.
 *
 * @throws UsageError where it names none
 */
export async function expand(operand: string, options: LocateOptions): Promise<string[]> {
  if (existsSync(operand)) return [operand];
  const { default: glob } = await import('fast-glob');
  if (!glob.isDynamicPattern(operand)) return [locate(operand, options).folder.path];
  const paths = await glob(operand, { onlyDirectories: true, dot: true, suppressErrors: true });
  if (paths.length > 0) return paths.sort();
  throw new UsageError(`${operand}: no folder matches`);
}
