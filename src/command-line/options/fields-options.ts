import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';

/** Flags of commands that print items with many fields. */
export interface FieldsFlags {
  /** True without a value: the fields are listed. */
  readonly fields?: string | true;
  readonly meta?: boolean;
}

/** Which parts of items are printed. */
export interface FieldsPlan {
  /** Paths of the only fields to print; undefined for all. */
  readonly fields: readonly string[] | undefined;
  /** Print the names of the fields that there are, and no items. */
  readonly listsFields: boolean;
  /** Add `_meta` to each item. */
  readonly meta: boolean;
}

/** Adds `--fields`, and `--meta`. @param items what the command prints, as in "each event" */
export function addFieldsOptions(command: Command, items: string): void {
  addFieldsOption(command);
  command.option(
    '--meta',
    `add _meta {conversation, index, file, time} to ${items} (json, ndjson)`,
  );
}

export function addFieldsOption(command: Command): void {
  command.option(
    '--fields [a,b.c]',
    'print only these fields (json, ndjson, table); alone: list what fields there are',
  );
}

/** Resolves these flags. @throws UsageError for options that the format has no use for */
export function resolveFields({ fields, meta }: FieldsFlags, format: string): FieldsPlan {
  if (typeof fields === 'string' && isOperand(fields)) {
    throw new UsageError(
      `--fields ${fields}: not a list of fields such as a,b.c; to list the fields of a conversation, give --fields after it`,
    );
  }
  if (typeof fields === 'string') needFormat('--fields', format, ['json', 'ndjson', 'table']);
  if (meta) needFormat('--meta', format, ['json', 'ndjson']);
  return {
    fields: typeof fields === 'string' ? parseFields(fields) : undefined,
    listsFields: fields === true,
    meta: meta ?? false,
  };
}

/** Whether a value of `--fields` is a conversation instead: no field has a slash, or begins with `@` or a dot. */
const isOperand = (value: string) => /\/|^[@.]/.test(value);

/** @throws UsageError if an option is of no use for the format */
export function needFormat(option: string, format: string, formats: readonly string[]): void {
  if (formats.includes(format)) return;
  throw new UsageError(`${option}: needs -o ${formats.join(' or ')}, not ${format}`);
}

/** No real event nests deeper. */
const MAX_PATH_KEYS = 100;

function parseFields(text: string): string[] {
  const fields = text.split(',').map((field) => field.trim());
  const isPath = (keys: string[]) => keys.length <= MAX_PATH_KEYS && !keys.includes('');
  if (fields.every((field) => isPath(field.split('.')))) return fields;
  throw new UsageError(`--fields ${text}: not a list of fields such as a,b.c`);
}
