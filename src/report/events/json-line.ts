import type { LoadedEvent } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { FieldMatches } from '../../query/text-search/text-search.ts';
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
        ...(report.listsMatches && matchFields(isHit ? report.matchesIn?.(event) : [])),
      };
      json = withMember(json, `"_meta":${JSON.stringify(value)}`);
    }
    return forOutput(json, style);
  };
}

/** More matches of an event are only counted. */
const MAX_LISTED_MATCHES = 10_000;

/** The matches of an event; null if it took too long to find them. */
function matchFields(found: readonly FieldMatches[] | undefined): object {
  if (!found) return { matches: null };
  const all = found.flatMap(({ field, text, ranges }) => {
    const { path } = field;
    return ranges.map(({ start, end }) => ({ path, start, end, text: text.slice(start, end) }));
  });
  const more = all.length - MAX_LISTED_MATCHES;
  return {
    matches: all.slice(0, MAX_LISTED_MATCHES),
    ...(more > 0 && { more_matches: more }),
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
