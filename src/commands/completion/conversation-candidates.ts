import { isFault } from '../../domain/event.ts';
import { conversationsUnder, findRoots } from '../../locating/roots.ts';
import { subagentsOf } from '../../locating/subagents.ts';
import { type ConversationFolder, lastWritten } from '../../storage/conversation-folder.ts';
import { readTitle } from '../../storage/conversation-state.ts';
import { decodeEvent } from '../../storage/decode-event.ts';
import { FolderStorage } from '../../storage/folder-storage.ts';
import { readLimits } from '../../storage/read-limits.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { messageTexts } from '../../text/visible-text.ts';
import { monotonicMs } from '../../time/monotonic.ts';
import { attempt, type Candidate } from './candidate.ts';

/** More ids are too many to choose from. */
const MAX_CANDIDATES = 100;
/** The user's first words are among the first events, and in no larger file. */
const MAX_FIRST_EVENTS = 4;
const MAX_EVENT_BYTES = 64 * 1024;
/** For all conversations together: a key press may take no longer. */
const MAX_MS = 250;

/** Ids of the conversations under the roots, with their titles. The one that was written to last is first. */
export function conversationCandidates(
  roots: readonly string[],
  env: NodeJS.ProcessEnv,
): Candidate[] {
  const ids = titledConversations(roots, env).map(({ id, title, time }): Candidate => {
    const day = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
    return [id, title ?? `last written ${day}Z`];
  });
  return [...ids, ['@latest', 'the current folder, else the latest conversation']];
}

interface TitledConversation {
  readonly id: string;
  readonly title: string | undefined;
  /** When it was last written to, in ms since the epoch. */
  readonly time: number;
}

/** The conversations under the roots, the one that was written to last first. */
function titledConversations(
  roots: readonly string[],
  env: NodeJS.ProcessEnv,
): TitledConversation[] {
  const found = attempt(() => findRoots({ roots, env })) ?? [];
  const outermost = attempt(() => conversationsUnder(found, () => {})) ?? [];
  const nested = outermost.flatMap((one) => subagentsOf(one).folders.map(({ folder }) => folder));
  const end = monotonicMs() + MAX_MS;
  return [...outermost, ...nested]
    .map((folder) => ({ folder, time: attempt(() => lastWritten(folder)) ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .slice(0, MAX_CANDIDATES)
    .map(({ folder, time }) => ({ id: folder.id, title: titleOf(folder, end), time }));
}

/** A shorter beginning can be of any title. */
const MIN_TITLE_CHARS = 4;

/** The id of the newest conversation under the known roots whose title, or the user's first words, begin so. */
export function conversationTitled(start: string, env: NodeJS.ProcessEnv): string | undefined {
  if (start.length < MIN_TITLE_CHARS) return undefined;
  const beginsSo = (title: string) => title.toLowerCase().startsWith(start.toLowerCase());
  return titledConversations([], env).find(({ title = '' }) => beginsSo(title))?.id;
}

/** The title, else the user's first words, if they can be read in time. */
function titleOf(folder: ConversationFolder, end: number): string | undefined {
  const title = attempt(() => readTitle(folder));
  if (title !== undefined || monotonicMs() > end) return title;
  return attempt(() => firstWords(folder));
}

/** @throws CoreError if the folder can't be listed */
function firstWords(folder: ConversationFolder): string | undefined {
  const storage = new FolderStorage(folder, readLimits(MAX_EVENT_BYTES));
  const slots = storage.list();
  for (let position = 0; position < Math.min(slots.length, MAX_FIRST_EVENTS); position++) {
    const slot = slots.at(position)!;
    const file = storage.readBlocking(slot, false);
    const event = file.kind === 'content' ? decodeEvent(slot, file.bytes) : undefined;
    if (!event || isFault(event)) continue;
    if (event.entry.kind !== 'MessageEvent' || event.entry.source !== 'user') continue;
    const text = messageTexts(readableEvent(event)).join(' ').trim();
    if (text !== '') return text;
  }
  return undefined;
}
