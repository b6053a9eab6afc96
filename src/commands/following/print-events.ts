import { reportSkipped } from '../../command-line/notices/notices.ts';
import type { EventOutputPlan } from '../../command-line/options/event-output-options.ts';
import type { Session } from '../../command-line/session.ts';
import { type Fault, isFault, type LoadedEvent, type ReadOutcome } from '../../domain/event.ts';
import { summarize } from '../../history/subagents/subagents.ts';
import type { Filter } from '../../query/filter.ts';
import { itemOf } from '../../query/result-items.ts';
import type { EventLog } from '../../reading/event-log.ts';
import { EVENT_FORMATS } from '../../report/events/formats.ts';
import type { EventsReport } from '../../report/events/types.ts';
import { render } from '../../report/output-formats.ts';
import type { BranchMarks } from '../../report/text/branch-marks.ts';

/** Prints events. */
export type Print = (read: EventsReport['read']) => Promise<void>;

/** A report on one of many conversations says nothing about its subagents. */
const NO_SUBAGENTS = summarize([], undefined);

interface PrinterOptions {
  /** The largest index that is expected. */
  readonly lastIndex: number;
  readonly marks: BranchMarks | undefined;
  /** Begin lines of text with the id of the conversation, and add `_meta` to JSON. */
  readonly withId?: boolean;
}

/** Prints events of a conversation in the format that was asked for. */
export function printer(
  output: EventOutputPlan,
  session: Session,
  log: Pick<EventLog, 'folder' | 'fileOf'>,
  { lastIndex, marks, withId = false }: PrinterOptions,
): Print {
  const { terminal } = session;
  const report = {
    ...session.reportContext(log, []),
    ...(withId && { withSubagents: true, subagents: () => NO_SUBAGENTS }),
    answer: { nextPage: null, scanned: 0, complete: true }, // no format of `tail` prints it
    lastIndex,
    fields: output.fields,
    meta: output.meta || withId,
    nul: output.nul,
    marks,
    hasContext: false,
    listsMatches: false,
    maxColumns: undefined,
    isFull: false,
  };
  return (read) =>
    terminal.write(render(EVENT_FORMATS, output.format, { ...report, read }, terminal.style));
}

/** Prints an event that was just written, if it passes the filter, or reports why it can't be read. */
export async function printOutcome(
  outcome: ReadOutcome,
  filter: Filter,
  session: Session,
  log: Pick<EventLog, 'fileOf'>,
  print: Print,
  skipped: Fault[],
): Promise<void> {
  const verdict = isFault(outcome) ? outcome : filter.verdictOn(outcome.entry, outcome);
  if (typeof verdict === 'object') {
    if (!filter.admitsSlot(verdict.slot)) return;
    skipped.push(verdict);
    reportSkipped(session, log, [verdict]);
    // New events continue from the leaf, so they are on the active branch.
  } else if (verdict === true && !isFault(outcome)) await print(only(outcome));
}

const only =
  (event: LoadedEvent): EventsReport['read'] =>
  (select) => [itemOf(event, select)];
