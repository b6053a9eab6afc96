import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { isFolder } from './folder.ts';

export interface LocateOptions {
  /** Folders to look ids up in; none means every known producer's. */
  readonly roots: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Is told of what had to be passed over. */
  warn(message: string): void;
}

/**
 * Folders that hold conversations: those given, else every known producer's that exists.
 *
 * @throws UsageError where one that was given is no folder, or none exists
 */
export function findRoots({ roots, env }: LocateOptions): string[] {
  for (const root of roots) {
    if (!isFolder(root)) throw new UsageError(`--root ${root}: not a folder`);
  }
  if (roots.length > 0) return [...new Map(roots.map((root) => [resolve(root), root])).values()];
  const known = knownRoots(env);
  const found = known.filter(isFolder);
  if (found.length > 0) return found;
  throw new UsageError(
    `no root of conversations exists (see --root); looked at ${known.join(', ')}`,
  );
}

/** Where the producers keep conversations, in the order of the format's table, each once. */
function knownRoots(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME || homedir();
  const persistence = env.OPENHANDS_PERSISTENCE_DIR;
  const canvas = env.OH_CANVAS_SAFE_STATE_DIR || join(home, '.openhands', 'agent-canvas');
  const roots = [
    env.OPENHANDS_CONVERSATIONS_DIR ||
      join(persistence || join(home, '.openhands'), 'conversations'),
    env.OH_CONVERSATIONS_PATH || join('workspace', 'conversations'),
    join(canvas, 'conversations'),
    join(canvas, 'dev_conversations'),
    '.conversations',
    ...(env.OPENHANDS_CONVERSATIONS_ROOT ? [env.OPENHANDS_CONVERSATIONS_ROOT] : []),
  ];
  return [...new Set(roots.map((root) => resolve(root)))];
}
