import type { LoadedEvent } from '../../domain/event.ts';
import { fieldTree, project } from '../../text/json-fields.ts';
import { oneLine } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import { forOutput } from '../json.ts';
import type { Style } from '../text/style.ts';
import type { EventsReport } from './types.ts';

/** Makes an event's JSON on one line, as its file has it; `--fields` and `--meta` are applied. */
export function jsonLine(
  report: EventsReport,
  style: Style,
): (event: LoadedEvent, isHit: boolean) => string {
  const { fields, meta, conversation, marks } = report;
  const tree = fields && fieldTree(fields);
  return (event, isHit) => {
    let json = tree ? detachString(project(event.text, tree)) : oneLine(event.text);
    if (meta) {
      const { slot } = event;
      const value = {
        conversation: conversation.id,
        index: slot.index,
        file: report.fileOf(slot),
        ...marks?.meta(slot),
        ...(report.hasContext && { hit: isHit }),
      };
      json = withMember(json, `"_meta":${JSON.stringify(value)}`);
    }
    return forOutput(json, style);
  };
}

/** The JSON of an object with one more member at its end. */
function withMember(json: string, member: string): string {
  const body = json.slice(0, json.lastIndexOf('}')).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}${member}}`;
}
