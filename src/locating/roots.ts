import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import { isFolder } from '../storage/conversation-folder.ts';

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
  const known = knownRoots(env).map(({ path }) => path);
  const found = known.filter(isFolder);
  if (found.length > 0) return found;
  throw new UsageError(
    `no root of conversations exists (see --root); looked at ${known.join(', ')}`,
  );
}

/** A folder that a producer keeps conversations in, and why it is taken for one. */
export interface KnownRoot {
  readonly path: string;
  readonly why: string;
}

/** Where the producers keep conversations, in the order of the format's table, each once. */
export function knownRoots(env: NodeJS.ProcessEnv): KnownRoot[] {
  const home = env.HOME || homedir();
  const canvas = env.OH_CANVAS_SAFE_STATE_DIR || join(home, '.openhands', 'agent-canvas');
  const ofCanvas = `Agent Canvas, ${named('OH_CANVAS_SAFE_STATE_DIR', env)}`;
  const viewer = env.OPENHANDS_CONVERSATIONS_ROOT;
  const roots = [
    openHandsRoot(env, home),
    {
      path: env.OH_CONVERSATIONS_PATH || join('workspace', 'conversations'),
      why: `agent-server, ${named('OH_CONVERSATIONS_PATH', env)}`,
    },
    { path: join(canvas, 'conversations'), why: ofCanvas },
    { path: join(canvas, 'dev_conversations'), why: ofCanvas },
    { path: '.conversations', why: "the SDK's documentation" },
    ...(viewer ? [{ path: viewer, why: 'the SDK viewer, $OPENHANDS_CONVERSATIONS_ROOT' }] : []),
  ];
  const resolved = roots.map(({ path, why }) => ({ path: resolve(path), why }));
  return resolved.filter((root, at) => resolved.findIndex(({ path }) => path === root.path) === at);
}

function openHandsRoot(env: NodeJS.ProcessEnv, home: string): KnownRoot {
  const fields = env.OPENHANDS_CONVERSATIONS_DIR;
  if (fields) return { path: fields, why: 'OpenHands CLI, $OPENHANDS_CONVERSATIONS_DIR' };
  const persistence = env.OPENHANDS_PERSISTENCE_DIR;
  const why = `OpenHands CLI, ${named('OPENHANDS_PERSISTENCE_DIR', env)}`;
  return { path: join(persistence || join(home, '.openhands'), 'conversations'), why };
}

function named(variable: string, env: NodeJS.ProcessEnv): string {
  return env[variable] ? `$${variable}` : `the default ($${variable} is not set)`;
}
