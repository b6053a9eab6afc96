import { bareId, isConversationId, isIdPrefix } from '../../domain/ids.ts';
import { largest } from '../../domain/numbers/extremes.ts';
import type { Slot } from '../../domain/slot.ts';
import { conversationOf, type ReportContext } from '../context.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

/** Ids are not cut shorter. */
const MIN_ID_DIGITS = 8;
const MIN_NAME_CHARS = 16;
/** Shorter names of folders are not cut. */
const MAX_NAME_CHARS = 24;
/** The same on a terminal with room. */
const MAX_NAME_CHARS_WITH_ROOM = 32;
/** A terminal of so many columns has room for long names. */
const MIN_COLUMNS_WITH_ROOM = 120;
/** A word of so many hexadecimal digits is an id, which can be cut anywhere. */
const IS_ID = /^[\da-f]{16,}$/i;
/** The end of a word is near if it is no further away, however long the name is then. */
const NEAR_CHARS = 4;
/** What divides the words of a name. */
const WORD_END = /[-_. ]/;

/**
 * Shortens ids: to the shortest beginning that no other id of the list has, so that it names the conversation wherever an
 * id is taken. An id keeps at least 8 digits. The name of a folder that is not an id is cut only if it is long, at the end
 * of a word if one is near.
 *
 * @param columns width of the terminal: with room, names are cut only at the end of a word
 * @returns the short id of an id of the list. It is not safe to print as it is
 */
export function shortIds(ids: Iterable<string>, columns = 0): (id: string) => string {
  const maxName = columns < MIN_COLUMNS_WITH_ROOM ? MAX_NAME_CHARS : MAX_NAME_CHARS_WITH_ROOM;
  const sorted = [...new Set([...ids].map(keyOf))].sort();
  const unique = new Map<string, number>();
  for (const [at, key] of sorted.entries()) {
    const neighbours = [sorted[at - 1] ?? '', sorted[at + 1] ?? ''];
    unique.set(key, 1 + largest(neighbours.map((other) => sharedLength(key, other))));
  }
  return (id) => cutId(id, unique.get(keyOf(id)) ?? id.length, maxName);
}

/** The same for one id. */
export function shortId(id: string, items: readonly { readonly id: string }[]): string {
  return shortIds(items.map((item) => item.id))(id);
}

/** Ids of digits are compared without regard to case. */
const keyOf = (id: string) => (isConversationId(id) ? bareId(id) : id);

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** @param unique how long a beginning must be to be unique, in UTF-16 units */
function cutId(id: string, unique: number, maxName: number): string {
  if (isConversationId(id)) return id.slice(0, Math.max(unique, MIN_ID_DIGITS));
  // A beginning of digits alone could be taken for that of another id.
  if (id.length <= maxName || isIdPrefix(id)) return id;
  const least = Math.max(unique, MIN_NAME_CHARS);
  const toWordEnd = id.slice(least).search(WORD_END);
  const wordEnd = toWordEnd < 0 ? id.length : least + toWordEnd;
  const isName = wordEnd <= maxName && !IS_ID.test(id.slice(0, wordEnd));
  const isNear = isName || wordEnd - least <= NEAR_CHARS;
  const end = isNear ? wordEnd : least;
  // No half of a surrogate pair.
  const isSplit = /[\ud800-\udbff]$/.test(id.slice(0, end));
  return id.slice(0, isSplit ? end + 1 : end);
}

/**
 * A column with the id of each event's conversation: the whole id on a pipe, on a terminal shortened as far as the
 * conversation and its subagents stay distinct. All texts are safe to print, and padded to the same length.
 */
export function conversationColumn(
  report: ReportContext,
  { columns }: Style,
): (slot: Slot) => string {
  const all = [report.conversation, ...report.subagents().items];
  const shown = new Map<string, string>();
  const short = columns === undefined ? (id: string) => id : shortIds(all.map(({ id }) => id));
  for (const { id } of all) shown.set(id, safeText(short(id)));
  const width = largest([...shown.values()].map((text) => text.length));
  return (slot) => (shown.get(conversationOf(report, slot)) ?? '').padEnd(width);
}
