import { join } from 'node:path';
import type { LoadedEvent } from '../../domain/event.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import type { EventsReport } from './types.ts';

/** Paths of the event files, for `xargs`. */
export async function* eventPaths(report: EventsReport, style: Style): AsyncGenerator<string> {
  const end = report.nul ? '\0' : '\n';
  const pathOf = ({ slot }: LoadedEvent) => join(report.conversation.path, report.fileOf(slot));
  for await (const { row } of report.read(pathOf)) {
    yield (style.isTerminal ? safeText(row) : row) + end;
  }
}
