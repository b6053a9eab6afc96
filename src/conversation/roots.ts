import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { isFolder } from './folder.ts';

export interface LocateOptions {
  /** Folders to look ids up in; none means every known producer's. */
  readonly roots: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Folders that hold conversations: those given, else every known producer's that exists. */
export function findRoots({ roots: given, env }: LocateOptions): string[] {
  for (const root of given) {
    if (!isFolder(root)) throw new UsageError(`--root ${root}: not a folder`);
  }
  return given.length > 0 ? [...given] : defaultRoots(env).filter(isFolder);
}

/** Where the producers keep conversations, in the order of the format's table, each once. */
function defaultRoots(env: NodeJS.ProcessEnv): string[] {
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
