import type { Call } from '../../../history/calls.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import { stepsByEvent } from '../step-usage.ts';
import type { ExportReport } from '../types.ts';
import { anchorsOf } from './anchors.ts';
import { CARD_END, type EventContext, renderCard, renderFollowing } from './event.ts';
import { renderHeader } from './header.ts';
import { renderOverview } from './overview.ts';
import { renderEnd, renderStart, renderTools } from './page.ts';

/**
 * One self-contained page, which opens offline and is safe whatever the events contain. Each event is rendered as
 * it is read, so that a long conversation does not fill the memory.
 */
export async function* exportHtml(report: ExportReport): AsyncGenerator<string> {
  const anchors = anchorsOf(report.shown);
  const listedFaults = report.skipped.length;
  yield renderStart(report).markup;
  yield renderHeader(report, anchors).markup;
  yield '<main>\n';
  yield renderOverview(report, anchors).markup;
  yield '<section class="events" id="events" aria-labelledby="events-title" tabindex="-1">\n<h2 id="events-title">Events</h2>\n';
  yield renderTools().markup;
  const steps = stepsByEvent(report.records, report.stats.steps);
  yield* renderCards({ report, limits: report.limits, anchors, steps, lastOf: lastOf(report) });
  yield '</section>\n';
  yield renderEnd(report, listedFaults).markup;
}

/** The last exported event of each call. */
function lastOf({ calls, shown }: ExportReport): ReadonlyMap<Call, EventRecord> {
  const callOf = new Map(calls.flatMap((call) => call.events.map((record) => [record, call])));
  const last = new Map<Call, EventRecord>();
  for (const record of shown) {
    const call = callOf.get(record);
    if (call && record.position >= (last.get(call)?.position ?? -1)) last.set(call, record);
  }
  return last;
}

/** A card for each call with its answers, and for each other event. */
async function* renderCards(context: EventContext): AsyncGenerator<string> {
  let open: { readonly call: Call | undefined } | undefined;
  for await (const exported of context.report.events) {
    const { call } = exported;
    if (open && call && open.call === call) {
      yield renderFollowing(exported, context).markup;
      continue;
    }
    if (open) yield CARD_END;
    open = { call };
    yield renderCard(exported, context).markup;
  }
  if (open) yield CARD_END;
}
