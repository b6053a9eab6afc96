import type { ExportLimits, ExportReport } from '../types.ts';
import { anchorsOf, renderEvent } from './event.ts';
import { renderHeader } from './header.ts';
import { renderOverview } from './overview.ts';
import { renderEnd, renderStart, renderTools } from './page.ts';

/**
 * One self-contained page, which opens offline and is safe whatever the events contain. Each event is rendered as
 * it is read, so that a long conversation does not fill the memory.
 */
export async function* exportHtml(
  report: ExportReport,
  limits: ExportLimits,
): AsyncGenerator<string> {
  const anchors = anchorsOf(report.shown);
  const listedFaults = report.skipped.length;
  yield renderStart(report).markup;
  yield renderHeader(report).markup;
  yield '<main>\n';
  yield renderOverview(report, anchors).markup;
  yield '<section class="events" id="events" aria-labelledby="events-title" tabindex="-1">\n<h2 id="events-title">Events</h2>\n';
  yield renderTools().markup;
  for await (const exported of report.events) {
    yield renderEvent(exported, { report, limits, anchors }).markup;
  }
  yield '</section>\n';
  yield renderEnd(report, listedFaults).markup;
}
