import type { LoadedEvent } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import { fieldTree, project } from '../../text/json-fields.ts';
import { oneLine } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import { conversationOf } from '../context.ts';
import { forOutput } from '../json.ts';
import type { Style } from '../text/style.ts';
import type { EventsReport } from './types.ts';

/** Returns a function that writes an event as one line of JSON, as in its file. It applies `--fields` and `--meta`. */
export function jsonLine(
  report: EventsReport,
  style: Style,
): (event: LoadedEvent, isHit: boolean) => string {
  const { fields, meta, marks } = report;
  const tree = fields && fieldTree(fields);
  return (event, isHit) => {
    let json = tree ? detachString(project(event.text, tree)) : oneLine(event.text);
    if (meta) {
      const { slot } = event;
      const value = {
        conversation: conversationOf(report, slot),
        index: slot.index,
        file: fileInConversation(report, slot),
        ...marks?.meta(slot),
        ...(report.hasContext && { hit: isHit }),
      };
      json = withMember(json, `"_meta":${JSON.stringify(value)}`);
    }
    return forOutput(json, style);
  };
}

/** The event's file, relative to the conversation that it belongs to. */
function fileInConversation({ fileOf }: EventsReport, slot: Slot): string {
  const file = fileOf(slot);
  return slot.conversation ? file.slice(slot.conversation.way.length + 1) : file;
}

/** Adds a member at the end of an object. @param json the object @param member key and value, as JSON */
function withMember(json: string, member: string): string {
  const body = json.slice(0, json.lastIndexOf('}')).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}${member}}`;
}
