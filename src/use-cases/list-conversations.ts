import { resolve } from 'node:path';
import { bareId } from '../domain/ids.ts';
import { conversationsUnder, type Root, type Warn } from '../locating/roots.ts';
import { subagentsOf } from '../locating/subagents.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';

/** A conversation that a list shows. */
export interface ListedFolder {
  readonly folder: ConversationFolder;
  /** The conversation that it is stored in; undefined for one that is directly in a root. */
  readonly parent: ConversationFolder | undefined;
}

/** The conversations to list, each once. */
export interface ListedFolders {
  readonly folders: readonly ListedFolder[];
  /** A subagent can't be opened. `warn` has said why. */
  readonly isIncomplete: boolean;
}

/**
 * The conversations in some roots.
 *
 * @param withSubagents include what is stored inside them
 * @throws CoreError if a root can't be listed
 */
export function foldersToList(
  roots: readonly Root[],
  withSubagents: boolean,
  warn: Warn,
): ListedFolders {
  const found = new Map<string, ListedFolder>();
  const add = (folder: ConversationFolder, parent?: ConversationFolder) => {
    const path = resolve(folder.path);
    if (!found.has(path)) found.set(path, { folder, parent });
  };
  for (const folder of conversationsUnder(roots, warn)) add(folder);
  let isIncomplete = false;
  for (const { folder } of withSubagents ? [...found.values()] : []) {
    const { folders, problems } = subagentsOf(folder);
    for (const nested of folders) add(nested.folder, nested.parent);
    for (const { path, message, isMissing } of problems) {
      warn(`${path}: ${message}`);
      isIncomplete ||= isMissing;
    }
  }
  return { folders: [...found.values()], isIncomplete };
}

/** An item of a list that can be below another one. */
interface Nestable {
  readonly id: string;
  readonly path: string;
  /** Path of the item that it is stored in; undefined for others. */
  readonly parentPath: string | undefined;
  /** Id of the conversation that started it, according to its own record. */
  readonly parent: string | undefined;
}

/**
 * Puts items below the one that they are stored in, or that started them, if it is in the list.
 *
 * @param items the order stays the same among those that are below the same one
 */
export function nestItems<T extends Nestable>(items: readonly T[]): (T & { depth: number })[] {
  const byPath = new Map(items.map((item) => [item.path, item]));
  const byId = new Map<string, T>();
  for (const item of items) if (!byId.has(bareId(item.id))) byId.set(bareId(item.id), item);
  const parentOf = ({ parentPath, parent }: T) =>
    parentPath === undefined ? byId.get(bareId(parent ?? '')) : byPath.get(parentPath);
  const inCycles = membersOfCycles(items, parentOf);
  const children = new Map<T | undefined, T[]>();
  for (const item of items) {
    const parent = inCycles.has(item) ? undefined : parentOf(item);
    const siblings = children.get(parent);
    if (siblings) siblings.push(item);
    else children.set(parent, [item]);
  }
  const nested: (T & { depth: number })[] = [];
  const todo = (children.get(undefined) ?? []).map((item) => ({ item, depth: 0 })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { item, depth } = next;
    nested.push({ ...item, depth });
    for (const child of (children.get(item) ?? []).toReversed()) {
      todo.push({ item: child, depth: depth + 1 });
    }
  }
  return nested;
}

/** The items that started each other in a circle, as only damaged records say. */
function membersOfCycles<T>(
  items: readonly T[],
  parentOf: (item: T) => T | undefined,
): ReadonlySet<T> {
  const found = new Set<T>();
  const seen = new Set<T>();
  for (const item of items) {
    /** The way up from the item, as far as it was not seen before. */
    const way = new Set<T>();
    let next: T | undefined = item;
    for (; next && !seen.has(next); next = parentOf(next)) {
      seen.add(next);
      way.add(next);
    }
    // The way ends in a circle of its own.
    for (; next && way.has(next) && !found.has(next); next = parentOf(next)) found.add(next);
  }
  return found;
}
