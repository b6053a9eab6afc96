import type { LoadedEvent } from '../../domain/event.ts';
import type { FieldMatches } from '../../query/text-search/field-matches.ts';
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
    const more = {
      ...marks?.meta(slot),
      ...(report.hasContext && { hit: isHit }),
      ...(report.listsMatches && matchFields(isHit ? report.matchesIn?.(event) : [])),
    };
    return forOutput(meta ? withMeta(json, report, slot, entry.stamp, more) : json, style);
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
