import type { EventSource } from '../../domain/scan.ts';
import type { Call } from '../../history/calls.ts';
import type { EventLog } from '../../reading/event-log.ts';
import { wholeCall } from '../../report/calls/json-line.ts';
import type { CallsReport } from '../../report/calls/types.ts';
import type { OpenedMembers } from '../../use-cases/open-members.ts';
import type { Session } from '../session.ts';
import { type FieldKnowledge, knowledgeOf, type ReadItems } from './field-knowledge.ts';

/** The calls of a report, for `printItems`. */
export function callItems(report: CallsReport): {
  read: ReadItems;
  knowledge: () => Promise<FieldKnowledge>;
} {
  return {
    async *read() {
      for await (const { call, details } of report.read()) yield wholeCall(call, details, report);
    },
    knowledge: () => knowledgeOf('call', 'calls-line'),
  };
}

/** The same report, which shows the JSON of each call to `see` if fields were asked for. */
export function seeingCalls(report: CallsReport, see: (json: string) => void): CallsReport {
  if (report.fields === undefined) return report;
  return {
    ...report,
    async *read() {
      for await (const one of report.read()) {
        see(wholeCall(one.call, one.details, report));
        yield one;
      }
    },
  };
}

/** Returns the source that the positions of a call's events are from. */
export function sourcesOfCalls(
  { members }: OpenedMembers<{ readonly log: EventLog }>,
  session: Session,
): (call: Call) => EventSource {
  const sources = new Map(
    members.map(({ opened, conversation }) => [conversation?.way, session.source(opened.log)]),
  );
  const outermost = session.source(members[0].opened.log);
  return ({ action }) => sources.get(action.slot.conversation?.way) ?? outermost;
}
