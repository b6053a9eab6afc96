import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { kindKey } from '../../domain/event-kinds.ts';
import { parseComparison } from '../../query/field-comparison.ts';
import { type Filter, type FilterSpec, makeFilter } from '../../query/filter.ts';
import { makePattern } from '../../query/regex-pattern.ts';
import { parseTime } from '../../time/parse-time.ts';
import type { Zone } from '../../time/zone.ts';
import { collect, collectList } from './common-options.ts';

export interface FilterOptions {
  text?: string[];
  regexp?: string[];
  caseSensitive?: boolean;
  kind?: string[];
  source?: string[];
  tool?: string[];
  body?: string;
  since?: string;
  until?: string;
  index?: string;
  id?: string;
  errors?: boolean;
  where?: string[];
}

// Source: openhands-sdk event/types.py, SourceType.
export const SOURCES = ['agent', 'user', 'environment', 'hook'];

export function addFilterOptions(command: Command): Command {
  return command
    .optionsGroup('Filters (all must hold):')
    .option('-t, --text <s>', 'visible text holds this, ignoring case', collect)
    .option('-e, --regexp <re>', 'visible text matches this JavaScript expression', collect)
    .option('--case-sensitive', 'let -t, -e and ~ tell case apart')
    .option(
      '-k, --kind <kind>',
      'of this kind; !kind leaves it out (repeatable, commas)',
      collectList,
    )
    .option('-s, --source <source>', `from ${SOURCES.join(', ')} (repeatable, commas)`, collectList)
    .option('--tool <name>', 'of this tool (repeatable, commas)', collectList)
    .option('--body <s>', "message text holds this, as the agent-server's body")
    .option('--since <time>', 'at or after: ISO 8601, 15m, 2h, 3d, today, yesterday')
    .option('--until <time>', 'before')
    .option('--index <a..b>', 'by index, either end open, both included')
    .option('--id <prefix>', 'by event id')
    .option('--errors', 'that tell of a failure')
    .option(
      '-w, --where <path><op><value>',
      'field compares: = != < <= > >= ~ or path: (repeatable)',
      collect,
    )
    .optionsGroup('Options:');
}

/**
 * The filter that options ask for.
 *
 * @param now µs since the epoch
 * @throws UsageError naming the option and the value that cannot be
 */
export function resolveFilter(options: FilterOptions, zone: Zone, now: number): Filter {
  const caseSensitive = options.caseSensitive ?? false;
  const wrong = (option: string, value: string, why: string) =>
    new UsageError(`${option} ${value}: ${why}`);
  const when = (option: string, value: string | undefined) => {
    if (value === undefined) return undefined;
    const time = parseTime(value, now, zone);
    if (time === undefined) {
      throw wrong(option, value, 'not a time (ISO 8601, 15m, 2h, 3d, today, yesterday)');
    }
    return time;
  };
  const source = options.source?.find((name) => !SOURCES.includes(name));
  if (source !== undefined) throw wrong('--source', source, `not one of ${SOURCES.join(', ')}`);
  const kind = options.kind?.find(
    (name) => /^!!|^!?$/.test(name) || kindKey(bareKind(name)) === '',
  );
  if (kind !== undefined) throw wrong('--kind', kind, 'not a kind');
  const since = when('--since', options.since);
  const until = when('--until', options.until);
  const spec: FilterSpec = {
    texts: options.text ?? [],
    patterns: (options.regexp ?? []).map((text) =>
      checked(
        () => makePattern(text, caseSensitive),
        (why) => wrong('--regexp', text, why),
      ),
    ),
    caseSensitive,
    kinds: options.kind ?? [],
    sources: options.source ?? [],
    tools: options.tool ?? [],
    ...(options.body !== undefined && { body: options.body }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(options.index !== undefined && { index: parseRange(options.index) }),
    ...(options.id !== undefined && { id: options.id }),
    errors: options.errors ?? false,
    where: (options.where ?? []).map((text) => {
      const where = checked(
        () => parseComparison(text, caseSensitive),
        (why) => wrong('--where', text, why),
      );
      if (where) return where;
      throw wrong('--where', text, 'not <path><op><value> with = != < <= > >= ~, nor <path>:');
    }),
  };
  return makeFilter(spec, zone);
}

/** A kind without the mark that leaves it out. */
const bareKind = (name: string) => name.replace(/^!/, '');

function parseRange(text: string): { from: number; to: number } {
  const match = /^(\d*)\.\.(\d*)$/.exec(text) ?? /^((\d+))$/.exec(text);
  const [, from = '', to = ''] = match ?? [];
  const range = { from: Number(from), to: to === '' ? Number.POSITIVE_INFINITY : Number(to) };
  if (match && range.from <= range.to) return range;
  throw new UsageError(`--index ${text}: not a range a..b`);
}

function checked<T>(make: () => T, wrong: (why: string) => UsageError): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(error.message);
    throw error;
  }
}
