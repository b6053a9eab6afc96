import { join } from 'node:path';
import { safeText } from '../text/terminal-safe.ts';
import type { EventsContext, EventsReporter } from './types.ts';

/** File names, for `xargs`. */
export function pathsReporter(context: EventsContext): EventsReporter<string> {
  const end = context.nul ? '\0' : '\n';
  return {
    select({ slot }) {
      const path = join(context.conversation.path, context.fileOf(slot));
      return context.style.isTerminal ? safeText(path) : path;
    },
    async *render(items) {
      for await (const { row } of items) yield row + end;
    },
  };
}
