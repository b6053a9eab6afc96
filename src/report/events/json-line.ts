import type { LoadedEvent } from '../../domain/event.ts';
import { fieldTree, project } from '../../text/json-fields.ts';
import { oneLine } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import { withMeta } from '../event-meta.ts';
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
    const { slot, entry } = event;
    const json = tree ? detachString(project(event.text, tree)) : oneLine(event.text);
    const more = { ...marks?.meta(slot), ...(report.hasContext && { hit: isHit }) };
    return forOutput(meta ? withMeta(json, report, slot, entry.stamp, more) : json, style);
  };
}
