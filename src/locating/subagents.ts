import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import { isConversationId, isDashedUuid, SUBAGENTS_FOLDER } from '../domain/ids.ts';
import {
  CONVERSATION_SIGNS,
  type ConversationFolder,
  conversationAt,
} from '../storage/conversation-folder.ts';
import { entriesOf, isFolder, isInside, lstatOf, statOf } from '../storage/paths.ts';

/** A conversation that is stored inside another one. */
export interface SubagentFolder {
  readonly folder: ConversationFolder;
  /** Its folder, relative to that of the outermost conversation: `subagents/5ab0…`. */
  readonly way: string;
  /** The conversation that directly contains it. */
  readonly parent: ConversationFolder;
  /** 1 for a subagent of the outermost conversation, 2 for a subagent of that subagent, and so on. */
  readonly depth: number;
}

/** Something in a `subagents` folder that was left out, or that folder itself. */
export interface SubagentProblem {
  readonly path: string;
  /** Relative to the outermost conversation. */
  readonly way: string;
  readonly message: string;
  /** The conversation that directly contains it. */
  readonly parent: ConversationFolder;
  /** As for a subagent. */
  readonly depth: number;
  /** A subagent may be missing. False for a link to a conversation that is part of the answer anyway. */
  readonly isMissing: boolean;
}

export interface SubagentFolders {
  /** Each parent comes before its subagents. Siblings are sorted by name. */
  readonly folders: readonly SubagentFolder[];
  readonly problems: readonly SubagentProblem[];
}

/** No real conversation has more. What is beyond is reported as a problem. */
const MAX_SUBAGENTS = 10_000;

/**
 * The subagents of a conversation, at any depth. A conversation without subagents costs one look at the disk. A link is
 * followed only if its target is inside the conversation, and no folder is taken twice. It does not throw: what can't
 * be looked at is a problem.
 */
export function subagentsOf(outermost: ConversationFolder): SubagentFolders {
  return new Search(outermost).run();
}

/** A folder or a link in a `subagents` folder. */
interface Place {
  readonly path: string;
  readonly parent: ConversationFolder;
  readonly depth: number;
}

class Search {
  readonly #folders: SubagentFolder[] = [];
  readonly #problems: SubagentProblem[] = [];
  /** Folders that are not links come first, so that a subagent keeps its own path. */
  readonly #todo: Place[] = [];
  readonly #links: Place[] = [];
  /** Real paths of the conversations found. */
  readonly #seen = new Set<string>();
  #rootPath: string | undefined;

  constructor(readonly outermost: ConversationFolder) {}

  run(): SubagentFolders {
    this.#lookInto(this.outermost, 1);
    for (let next = this.#next(); next; next = this.#next()) {
      if (this.#folders.length >= MAX_SUBAGENTS) {
        this.#report(next, `not looked at: there are more than ${MAX_SUBAGENTS} subagents`);
        break;
      }
      const place = next;
      this.#reporting(place, () => this.#take(place));
    }
    const byWay = this.#folders.sort((a, b) => compareWays(a.way, b.way));
    return { folders: byWay, problems: this.#problems };
  }

  #next(): Place | undefined {
    return this.#todo.pop() ?? this.#links.shift();
  }

  /** Real path of the outermost conversation. It is needed only if there are subagents. */
  get #root(): string {
    this.#rootPath ??= realpathSync(this.outermost.path);
    return this.#rootPath;
  }

  /** Queues what is in the `subagents` folder of a conversation. */
  #lookInto(parent: ConversationFolder, depth: number): void {
    const path = join(parent.path, SUBAGENTS_FOLDER);
    const place = { path, parent, depth };
    this.#reporting(place, () => {
      const stat = lstatOf(path);
      if (!stat) return;
      if (stat.isSymbolicLink() && !this.#isFollowed(place)) return;
      if (!isFolder(path)) return;
      for (const entry of entriesOf(path)) {
        const inside = { path: join(path, entry.name), parent, depth };
        if (entry.isDirectory()) this.#todo.push(inside);
        else if (entry.isSymbolicLink()) this.#links.push(inside);
      }
    });
  }

  #take(place: Place): void {
    const { path, parent, depth } = place;
    if (lstatOf(path)?.isSymbolicLink()) {
      if (!this.#isFollowed(place) || !isFolder(path)) return;
    }
    const folder = conversationAt(path);
    // There is nothing to find in an events folder, and another folder is no subagent.
    if (folder?.path !== path) {
      const name = path.slice(path.lastIndexOf(sep) + 1);
      const isNamedLikeOne = isConversationId(name) || isDashedUuid(name);
      if (isNamedLikeOne) {
        this.#report(place, `not a conversation: looked for ${CONVERSATION_SIGNS}`);
      }
      return;
    }
    const real = realpathSync(path);
    if (real === this.#root || this.#seen.has(real)) {
      this.#report(place, 'a link to a conversation that is listed anyway, not followed', false);
      return;
    }
    this.#seen.add(real);
    const way = relative(this.outermost.path, path);
    this.#folders.push({ folder, way, parent, depth });
    this.#lookInto(folder, depth + 1);
  }

  /** Whether a link leads to something inside the outermost conversation. If not, it is reported. */
  #isFollowed(link: Place): boolean {
    if (!statOf(link.path)) {
      this.#report(link, 'a link to a missing folder');
      return false;
    }
    const real = realpathSync(link.path);
    if (real === this.#root || isInside(this.#root, real)) return true;
    this.#report(link, 'a link to a target outside the conversation, not followed');
    return false;
  }

  #report({ path, parent, depth }: Place, message: string, isMissing = true): void {
    const way = relative(this.outermost.path, path);
    this.#problems.push({ path, way, message, parent, depth, isMissing });
  }

  /** Does something with a place, and reports it if that fails. */
  #reporting(place: Place, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof CoreError) this.#report(place, error.message);
      else {
        const { code } = error as NodeJS.ErrnoException;
        if (code === undefined) throw error;
        this.#report(place, code); // it was removed meanwhile
      }
    }
  }
}

/** Compares by folder names, so that a parent comes just before its subagents. */
export function compareWays(a: string, b: string): number {
  const [one, other] = [a.split(sep), b.split(sep)];
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    if (one[at] !== other[at]) return (one[at] as string) < (other[at] as string) ? -1 : 1;
  }
  return one.length - other.length;
}
