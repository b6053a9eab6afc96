import { skippedJson } from '../skipped.ts';
import { safeJson } from '../text/terminal-safe.ts';
import { rawLine } from './raw.ts';
import type { EventsContext, EventsReporter } from './types.ts';

/** One document. Its items are the events' own text, so it is put together from pieces. */
export function jsonReporter(context: EventsContext): EventsReporter<string> {
  const safe = context.style.isTerminal ? safeJson : (json: string) => json;
  return {
    select: rawLine(context),
    async *render(items, answer) {
      yield safe(
        `{"format_version":1,"conversation":${JSON.stringify(context.conversation)},"items":[`,
      );
      let before = '\n';
      for await (const { row } of items) {
        yield before + row;
        before = ',\n';
      }
      const { nextPage, scanned, complete, skipped } = answer;
      const rest = {
        next_page_id: nextPage,
        scanned,
        complete,
        skipped: skipped.map((fault) => skippedJson(fault, context.fileOf)),
      };
      yield safe(`${before === '\n' ? '' : '\n'}],${JSON.stringify(rest).slice(1)}\n`);
    },
  };
}
