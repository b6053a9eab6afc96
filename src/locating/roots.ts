import { join, resolve } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { entriesOf, isFolder } from '../storage/paths.ts';
import type { Zone } from '../time/zone.ts';
import { conversationsNear } from './current-folder.ts';
import { conversationsBelow, eachOnce, type Warn } from './search-folders.ts';

export type { Warn } from './search-folders.ts';

export interface LocateOptions {
  /** Folders to look ids up in. If there are none, those of every known producer are used. */
  readonly roots: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The zone of timestamps without an offset, to compare times. */
  readonly zone: Zone;
  readonly warn: Warn;
}

/** A folder that is searched for conversations. */
export interface Root {
  readonly path: string;
  /**
   * The conversations in it, links to conversations included, without subagents. A folder that can't be looked at is
   * reported to `warn`, and skipped.
   */
  conversations(warn: Warn): ConversationFolder[];
}

/**
 * Folders that contain conversations: the given ones, else the current folder if there are some near, and those of
 * every known producer that exist.
 *
 * @throws CoreError if a given one is not a folder, or if none exists
 */
export function findRoots({ roots, env }: Pick<LocateOptions, 'roots' | 'env'>): Root[] {
  for (const root of roots) {
    if (!isFolder(root)) throw new CoreError('no-such-folder', `${root}: not a folder`);
  }
  if (roots.length > 0) {
    return [...new Map(roots.map((root) => [resolve(root), root])).values()].map(searchedRoot);
  }
  const known = knownRoots(env).map(({ path }) => path);
  const found = [...currentRoot(known), ...known.filter(isFolder).map(searchedRoot)];
  if (found.length > 0) return found;
  throw new CoreError('no-root', `no root of conversations exists; looked at ${known.join(', ')}`);
}

/** The conversations of several roots, each once, sorted by id. */
export function conversationsUnder(roots: readonly Root[], warn: Warn): ConversationFolder[] {
  const all = eachOnce(roots.flatMap((root) => root.conversations(warn)));
  return all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** A root that is searched at any depth. Its search throws a CoreError if the root can't be listed. */
export function searchedRoot(path: string): Root {
  return {
    path,
    conversations(warn) {
      entriesOf(path);
      return conversationsBelow(path, warn, { subagents: false });
    },
  };
}

/** The current folder, if conversations are near and it is not a known root. */
export function currentRoot(known: readonly string[]): Root[] {
  if (known.includes(resolve('.'))) return [];
  const near = conversationsNear('.');
  return near.length === 0 ? [] : [{ path: '.', conversations: () => near }];
}

/** A folder in which a producer keeps conversations. */
export interface KnownRoot {
  readonly path: string;
  /** Which producer it belongs to, and what decides on its path. */
  readonly why: string;
}

/** Where the known producers keep conversations, each folder once. The order is that of the format's table. */
export function knownRoots(env: NodeJS.ProcessEnv): KnownRoot[] {
  const home = env.HOME || process.getBuiltinModule('node:os').homedir();
  const canvas = env.OH_CANVAS_SAFE_STATE_DIR || join(home, '.openhands', 'agent-canvas');
  const ofCanvas = `Agent Canvas, ${variableOrDefault('OH_CANVAS_SAFE_STATE_DIR', env)}`;
  const viewer = env.OPENHANDS_CONVERSATIONS_ROOT;
  const roots = [
    openHandsRoot(env, home),
    {
      path: env.OH_CONVERSATIONS_PATH || join('workspace', 'conversations'),
      why: `agent-server, ${variableOrDefault('OH_CONVERSATIONS_PATH', env)}`,
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
  const given = env.OPENHANDS_CONVERSATIONS_DIR;
  if (given) return { path: given, why: 'OpenHands CLI, $OPENHANDS_CONVERSATIONS_DIR' };
  const persistence = env.OPENHANDS_PERSISTENCE_DIR;
  const why = `OpenHands CLI, ${variableOrDefault('OPENHANDS_PERSISTENCE_DIR', env)}`;
  return { path: join(persistence || join(home, '.openhands'), 'conversations'), why };
}

function variableOrDefault(variable: string, env: NodeJS.ProcessEnv): string {
  return env[variable] ? `$${variable}` : `the default ($${variable} is not set)`;
}
