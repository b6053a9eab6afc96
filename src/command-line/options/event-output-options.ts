import { type Command, Option } from 'commander';
import { EVENT_FORMATS, type EventFormat } from '../../report/events/formats.ts';
import { formatNames } from '../../report/output-formats.ts';
import {
  addFieldsOptions,
  type FieldsFlags,
  type FieldsPlan,
  needFormat,
  resolveFields,
} from './fields-options.ts';
import { addOutputOptions, type OutputFlags, resolveFormat } from './output-options.ts';

/** Flags of commands that print events. */
export interface EventOutputFlags extends OutputFlags<EventFormat>, FieldsFlags {
  readonly null?: boolean;
}

/** How events are printed. */
export interface EventOutputPlan extends FieldsPlan {
  readonly format: EventFormat;
  /** End paths with NUL instead of a newline. */
  readonly nul: boolean;
}

export function addEventOutputOptions(command: Command): void {
  addOutputOptions(command, formatNames(EVENT_FORMATS));
  addFieldsOptions(command, 'each event');
  command.addOption(new Option('-0, --null', 'end paths with NUL instead of a newline'));
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
  if (flags.null) needFormat('--null', format, ['paths']);
  return { format, ...resolveFields(flags, format), nul: flags.null ?? false };
}
