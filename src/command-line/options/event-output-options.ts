import { type Command, Option } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import type { EventLog } from '../../reading/event-log.ts';
import { EVENT_FORMATS, type EventFormat, eventsReporter } from '../../report/events/formats.ts';
import type { EventsContext, EventsReporter } from '../../report/events/types.ts';
import type { BranchMarks } from '../../report/text/branch-marks.ts';
import { conversationRef, type Session } from '../session.ts';
import { addOutputOption, type OutputOptions } from './common-options.ts';

/** How commands that print events let the user choose their form. */
export interface EventOutputOptions extends OutputOptions<EventFormat> {
  fields?: string;
  meta?: boolean;
  null?: boolean;
}

export function addEventOutputOptions(command: Command): Command {
  return addOutputOption(command, EVENT_FORMATS)
    .option('--fields <a,b.c>', 'only these fields (json, ndjson, table)')
    .option('--meta', 'add _meta {conversation, index, file} to each event (json, ndjson)')
    .addOption(new Option('-0, --null', 'end paths with NUL in place of a newline'));
}

/** @throws UsageError for options that the format cannot honour */
export async function makeReporter(
  session: Session,
  log: EventLog,
  options: EventOutputOptions,
  format: EventFormat,
  hasContext: boolean,
  marks?: BranchMarks,
): Promise<EventsReporter<unknown>> {
  const refuse = (option: string, formats: EventFormat[]) => {
    if (!formats.includes(format)) {
      throw new UsageError(`${option}: needs -o ${formats.join(' or ')}, not ${format}`);
    }
  };
  if (options.fields !== undefined) refuse('--fields', ['json', 'ndjson', 'table']);
  if (options.meta) refuse('--meta', ['json', 'ndjson']);
  if (options.null) refuse('--null', ['paths']);
  const context: EventsContext = {
    style: session.terminal.style,
    zone: session.zone,
    conversation: conversationRef(log),
    fileOf: (slot) => log.fileOf(slot),
    lastIndex: log.slots.at(-1)?.index ?? 0,
    fields: options.fields === undefined ? undefined : parseFields(options.fields),
    meta: options.meta ?? false,
    marks,
    hasContext,
    nul: options.null ?? false,
  };
  return eventsReporter(format, context);
}

function parseFields(text: string): string[] {
  const fields = text.split(',').map((field) => field.trim());
  const isPath = (keys: string[]) => keys.length <= 100 && !keys.includes('');
  if (fields.every((field) => isPath(field.split('.')))) return fields;
  throw new UsageError(`--fields ${text}: not a list of fields as a,b.c`);
}
