import { type Command, Option } from 'commander';
import { EVENT_FORMATS, type EventFormat } from '../../report/events/formats.ts';
import { formatNames } from '../../report/output-formats.ts';
import { UsageError } from '../usage-error.ts';
import { addOutputOptions, type OutputFlags, resolveFormat } from './output-options.ts';

/** Flags of commands that print events. */
export interface EventOutputFlags extends OutputFlags<EventFormat> {
  readonly fields?: string;
  readonly meta?: boolean;
  readonly null?: boolean;
}

/** How events are printed. */
export interface EventOutputPlan {
  readonly format: EventFormat;
  /** Paths of the only fields to print; undefined for all. */
  readonly fields: readonly string[] | undefined;
  /** Add `_meta` to each event. */
  readonly meta: boolean;
  /** End paths with NUL instead of a newline. */
  readonly nul: boolean;
}

export function addEventOutputOptions(command: Command): void {
  addOutputOptions(command, formatNames(EVENT_FORMATS));
  command
    .option('--fields <a,b.c>', 'print only these fields (json, ndjson, table)')
    .option('--meta', 'add _meta {conversation, index, file} to each event (json, ndjson)')
    .addOption(new Option('-0, --null', 'end paths with NUL instead of a newline'));
}

/**
 * Resolves the output flags of a command that prints events.
 *
 * @param documentFormat the format that `json` stands for: a command whose output has no end prints lines
 * @throws UsageError for options that the format has no use for
 */
export function resolveEventOutput(
  flags: EventOutputFlags,
  documentFormat: 'json' | 'ndjson' = 'json',
): EventOutputPlan {
  const named = resolveFormat(flags);
  const format = named === 'json' ? documentFormat : named;
  const needs = (option: string, formats: readonly EventFormat[]) => {
    if (!formats.includes(format)) {
      throw new UsageError(`${option}: needs -o ${formats.join(' or ')}, not ${format}`);
    }
  };
  if (flags.fields !== undefined) needs('--fields', ['json', 'ndjson', 'table']);
  if (flags.meta) needs('--meta', ['json', 'ndjson']);
  if (flags.null) needs('--null', ['paths']);
  return {
    format,
    fields: flags.fields === undefined ? undefined : parseFields(flags.fields),
    meta: flags.meta ?? false,
    nul: flags.null ?? false,
  };
}

/** No real event nests deeper. */
const MAX_PATH_KEYS = 100;

function parseFields(text: string): string[] {
  const fields = text.split(',').map((field) => field.trim());
  const isPath = (keys: string[]) => keys.length <= MAX_PATH_KEYS && !keys.includes('');
  if (fields.every((field) => isPath(field.split('.')))) return fields;
  throw new UsageError(`--fields ${text}: not a list of fields such as a,b.c`);
}
