import type { Fault } from '../../domain/event.ts';
import { ALL_ENTRIES, type EventSource } from '../../domain/scan.ts';
import { pluralize } from '../../text/wording.ts';
import type { QueryPlan } from '../options/query-options.ts';
import type { Session } from '../session.ts';
import { noteMissingFields } from './field-notices.ts';
import { noteOnlyInFiles, noteUnknownKinds, noteUnknownTools } from './notices.ts';
import { noteCoveredTime } from './time-notices.ts';

/** What a query found, as far as notes are about it. */
interface Found {
  /** The kinds that occur. */
  readonly kinds: ReadonlySet<string>;
  /** How many events match only in text that is not searched. */
  readonly onlyInFiles: number;
  /** Every event that could match was looked at. */
  readonly complete: boolean;
  readonly isEmpty: boolean;
  /** If nothing is found, the answer is a 0. Default: it is empty. */
  readonly showsZero?: boolean;
  readonly skipped: readonly Fault[];
}

/** Says why a query found nothing, or less than the user may have expected. */
export async function noteFound(
  session: Session,
  plan: QueryPlan,
  source: EventSource,
  found: Found,
): Promise<void> {
  const isUnknown = found.complete && (await noteUnknownKinds(session, plan.kinds, found.kinds));
  noteOnlyInFiles(session, found);
  if (!found.isEmpty || (await noteCoveredTime(session, plan, source))) return;
  if (found.isEmpty && found.complete && (await noteToolsIn(session, plan, source))) return;
  if (await noteMissingFields(session, plan, [source])) return;
  // What was skipped has been reported, and could be what was asked for.
  if (isUnknown || found.showsZero || found.skipped.length > 0 || found.onlyInFiles > 0) return;
  const { length } = source.slots;
  session.terminal.note(
    length === 0
      ? 'no events: there are none'
      : `no events: none of ${pluralize(length, 'event')} passes the filters`,
  );
}

/** Lists the tools of all events, if one that the user asked for is none of them. @returns whether it did */
async function noteToolsIn(
  session: Session,
  { tools }: Pick<QueryPlan, 'tools'>,
  source: EventSource,
): Promise<boolean> {
  if (!tools?.length) return false;
  const found = new Set<string>();
  await source.scan([...source.slots.keys()], ALL_ENTRIES, {
    entry({ tool }) {
      if (tool !== undefined) found.add(tool);
      return undefined;
    },
    fault: () => undefined, // the query has reported it
  });
  return noteUnknownTools(session, tools, found);
}
