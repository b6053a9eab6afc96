import type { Slot } from '../domain/slot.ts';
import { formatStamp } from '../time/instant.ts';
import type { Timestamp } from '../time/timestamp.ts';
import { conversationOf, type ReportContext } from './context.ts';

/**
 * An item with `_meta`: which event of which conversation it is, and when that was.
 *
 * @param json the item, an object
 * @param more further members of `_meta`
 */
export function withMeta(
  json: string,
  report: ReportContext,
  slot: Slot,
  stamp: Timestamp | undefined,
  more: object = {},
): string {
  const value = {
    conversation: conversationOf(report, slot),
    index: slot.index,
    file: fileInConversation(report, slot),
    time: formatStamp(stamp, report.zone),
    ...more,
  };
  return withMember(json, `"_meta":${JSON.stringify(value)}`);
}

/** The event's file, relative to the conversation that it belongs to. */
function fileInConversation({ fileOf }: ReportContext, slot: Slot): string {
  const file = fileOf(slot);
  return slot.conversation ? file.slice(slot.conversation.way.length + 1) : file;
}

/** Adds a member at the end of an object. @param json the object @param member key and value, as JSON */
export function withMember(json: string, member: string): string {
  const body = json.slice(0, json.lastIndexOf('}')).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}${member}}`;
}
