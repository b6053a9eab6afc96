import type { LoadedEvent } from '../../domain/event.ts';
import { fieldTree, oneLine, project } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import { safeJson } from '../text/terminal-safe.ts';
import type { EventsContext } from './types.ts';

/** An event's JSON on one line, as its file has it; `--fields` and `--meta` applied. */
export function rawLine(context: EventsContext): (event: LoadedEvent, isHit: boolean) => string {
  const { fields, meta, style, conversation, marks } = context;
  const tree = fields && fieldTree(fields);
  return (event, isHit) => {
    let json = tree ? detachString(project(event.text, tree)) : oneLine(event.text);
    if (meta) {
      const file = context.fileOf(event.slot);
      const { slot } = event;
      const position = {
        conversation: conversation.id,
        index: slot.index,
        file,
        ...marks?.meta(slot),
      };
      const value = context.hasContext ? { ...position, hit: isHit } : position;
      json = withMember(json, `"_meta":${JSON.stringify(value)}`);
    }
    return style.isTerminal ? safeJson(json) : json;
  };
}

function withMember(json: string, member: string): string {
  const body = json.slice(0, json.lastIndexOf('}')).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}${member}}`;
}
