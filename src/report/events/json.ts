import { visibleJson } from '../sanitize.ts';
import { skippedJson } from '../skipped.ts';
import { rawLine } from './raw.ts';
import type { EventsContext, EventsReporter } from './types.ts';

/** One document. Its items are the events' own text, so it is put together from pieces. */
export function jsonReporter(context: EventsContext): EventsReporter<string> {
  const safe = context.style.isTerminal ? visibleJson : (json: string) => json;
  return {
    select: rawLine(context),
    *render(items, { nextPage, scanned, complete, skipped }) {
      yield safe(
        `{"format_version":1,"conversation":${JSON.stringify(context.conversation)},"items":[`,
      );
      let before = '\n';
      for (const { row } of items) {
        yield before + row;
        before = ',\n';
      }
      const rest = {
        next_page_id: nextPage,
        scanned,
        complete,
        skipped: skipped.map((fault) => skippedJson(fault, context.fileOf)),
      };
      yield safe(`${items.length > 0 ? '\n' : ''}],${JSON.stringify(rest).slice(1)}\n`);
    },
  };
}
