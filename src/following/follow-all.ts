import { setTimeout as sleep } from 'node:timers/promises';
import { CoreError } from '../domain/errors.ts';
import { EventReader } from '../reading/event-reader.ts';
import type { ReadScheduler } from '../reading/read-scheduler.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import { isFolder } from '../storage/paths.ts';
import type { ReadLimits } from '../storage/read-limits.ts';
import { monotonicMs } from '../time/monotonic.ts';
import {
  eventsNow,
  FollowedMember,
  type KnownEvents,
  type MemberChange,
} from './followed-member.ts';

/** Something that happened to one of several conversations. */
export type FollowedInAll = MemberChange & { readonly member: FollowedMember };

export interface FollowAllOptions {
  /** Finds the conversations that exist now. It may throw a CoreError, which ends the following. */
  readonly discover: () => readonly ConversationFolder[];
  readonly scheduler: ReadScheduler;
  readonly limits: ReadLimits;
  /** Statuses that are reported when a conversation gets them. */
  readonly ends: readonly string[];
}

/** How often to look at conversations that are written to. In ms. */
const ACTIVE_POLL_MS = 100;
/** How often to look for new ones, and at all others, at most. In ms. */
const IDLE_POLL_MS = 1_000;
/** A look at all of them must take only a small part of the time: the next one waits so many times as long as it took. */
const WAITS_PER_LOOK = 20;

/**
 * Follows all conversations under some roots, also those that appear later. It polls, and keeps no file or watcher open, so
 * it needs no more of the system for a thousand conversations than for one.
 */
export class AllFollower {
  readonly #members = new Map<string, FollowedMember>();
  /** Path of a conversation that can't be followed → why. It is reported once, and again if it could be followed between. */
  readonly #lost = new Map<string, string>();

  /** Takes the events that exist now as known. @throws CoreError from `discover` */
  constructor(readonly options: FollowAllOptions) {
    for (const folder of options.discover()) this.#add(folder, true);
  }

  get members(): readonly FollowedMember[] {
    return [...this.#members.values()];
  }

  /** Yields what happens from now on. @throws CoreError from `discover` */
  async *follow(): AsyncGenerator<FollowedInAll> {
    let nextOfAll = 0;
    for (;;) {
      const now = Date.now();
      const isDue = monotonicMs() >= nextOfAll;
      if (isDue) for (const folder of this.options.discover()) this.#add(folder, false);
      for (const member of this.members) {
        if (!isDue && !member.isActive(now)) continue;
        const { path } = member.folder;
        let lost: string | undefined;
        for (const change of member.look(now)) {
          if (change.kind === 'lost') lost = change.message;
          const isNews = change.kind !== 'lost' || this.#lost.get(path) !== lost;
          if (isNews) yield { ...change, member };
        }
        if (lost === undefined || !isFolder(path)) this.#lost.delete(path);
        else this.#lost.set(path, lost);
        if (!isFolder(path)) this.#members.delete(path);
      }
      if (isDue) {
        const tookMs = Date.now() - now;
        nextOfAll = monotonicMs() + Math.max(IDLE_POLL_MS, WAITS_PER_LOOK * tookMs);
      }
      await sleep(ACTIVE_POLL_MS);
    }
  }

  /** @param isOld its events are known */
  #add(folder: ConversationFolder, isOld: boolean): void {
    if (this.#members.has(folder.path)) return;
    const { limits, scheduler, ends } = this.options;
    const reader = new EventReader(new FolderStorage(folder, limits), scheduler);
    const known = isOld ? this.#eventsOf(reader) : undefined;
    this.#members.set(folder.path, new FollowedMember(folder, reader, ends, known));
  }

  #eventsOf(reader: EventReader): KnownEvents | undefined {
    try {
      return eventsNow(reader, Date.now());
    } catch (error) {
      if (error instanceof CoreError) return undefined; // the first look reports it
      throw error;
    }
  }
}
