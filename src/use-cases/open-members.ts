import { CoreError } from '../domain/errors.ts';
import type { SlotConversation } from '../domain/slot.ts';
import type { Subagents } from '../history/subagents/subagents.ts';
import { subagentsOf } from '../locating/subagents.ts';
import { JoinedSource } from '../query/joined-source.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { LogOpener, OpenLogOptions } from './open-history.ts';

/** A conversation, or one of its subagents, that was opened. */
export interface OpenedMember<T> {
  readonly opened: T;
  /** Undefined for the outermost conversation. */
  readonly conversation: SlotConversation | undefined;
  /** 0 for the outermost conversation. */
  readonly depth: number;
}

/** A conversation with its subagents. */
export interface OpenedMembers<T> {
  /** The outermost conversation comes first, and each parent before its subagents. */
  readonly members: readonly [OpenedMember<T>, ...OpenedMember<T>[]];
  /** The way to a subagent that can't be opened → why. */
  readonly lost: ReadonlyMap<string, string>;
  /** A subagent is missing. */
  readonly isIncomplete: boolean;
}

/** A conversation on its own, in the same form. */
export function aloneInTree<T>(opened: T): OpenedMembers<T> {
  return {
    members: [{ opened, conversation: undefined, depth: 0 }],
    lost: new Map(),
    isIncomplete: false,
  };
}

/** Parsed events that are kept in memory, of all conversations together. In bytes. */
const MAX_MEMORY_BYTES = 32 * 1024 * 1024;

/**
 * Opens a conversation and all its subagents. Those that can't be opened are left out, and are in `lost`.
 *
 * @param open opens one. Its logs should have these options, because many of them are open together
 * @throws CoreError if the outermost conversation can't be opened
 */
export async function openMembers<T>(
  folder: ConversationFolder,
  open: (
    folder: ConversationFolder,
    options: OpenLogOptions,
    conversation: SlotConversation | undefined,
  ) => Promise<T>,
): Promise<OpenedMembers<T>> {
  const { folders, problems } = subagentsOf(folder);
  const options = { maxMemoryBytes: Math.floor(MAX_MEMORY_BYTES / (folders.length + 1)) };
  const outermost = { opened: await open(folder, options, undefined), conversation: undefined };
  const members: [OpenedMember<T>, ...OpenedMember<T>[]] = [{ ...outermost, depth: 0 }];
  const lost = new Map<string, string>();
  for (const { folder: nested, way, depth } of folders) {
    const conversation = { id: nested.id, way };
    try {
      members.push({ opened: await open(nested, options, conversation), conversation, depth });
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      lost.set(way, error.message);
    }
  }
  const isIncomplete = lost.size > 0 || problems.some(({ isMissing }) => isMissing);
  return { members, lost, isIncomplete };
}

/** What is known of subagents, and which of them proved to be lost when they were opened. */
export function withLost(
  { items, ...totals }: Subagents,
  lost: ReadonlyMap<string, string>,
): Subagents {
  return {
    ...totals,
    items: items.map((item) =>
      lost.has(item.way)
        ? { ...item, events: undefined, problem: item.problem ?? lost.get(item.way) }
        : item,
    ),
  };
}

/** Opens logs whose slots name their conversation. */
export function openerOf(
  opener: LogOpener,
  conversation: SlotConversation | undefined,
  options: OpenLogOptions,
): LogOpener {
  return {
    openLog: (folder) => opener.openLog(folder, options),
    source: (log) => opener.source(new JoinedSource([{ source: log, conversation }])),
  };
}
