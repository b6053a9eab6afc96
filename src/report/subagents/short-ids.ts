import { isConversationId } from '../../domain/ids.ts';
import type { Slot } from '../../domain/slot.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { conversationOf, type ReportContext } from '../context.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

/** Limits for ids that are shortened. */
const MIN_ID_DIGITS = 8;
const MAX_NAME_CHARS = 24;

/**
 * The shortest prefix of an id that no other id in the list has, but at least 8 digits. A folder name that is not an
 * id is cut only if it is long.
 */
export function shortId(id: string, items: readonly { readonly id: string }[]): string {
  if (!isConversationId(id)) {
    return id.length > MAX_NAME_CHARS ? `${truncateEnd(id, MAX_NAME_CHARS - 1)}…` : id;
  }
  const others = items.filter((one) => one.id !== id).map((one) => one.id);
  let length = MIN_ID_DIGITS;
  while (length < id.length && others.some((other) => other.startsWith(id.slice(0, length))))
    length++;
  return id.slice(0, length);
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
  for (const { id } of all) shown.set(id, safeText(columns === undefined ? id : shortId(id, all)));
  const width = Math.max(...[...shown.values()].map((text) => text.length));
  return (slot) => (shown.get(conversationOf(report, slot)) ?? '').padEnd(width);
}
