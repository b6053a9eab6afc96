import type { Command } from 'commander';
import { kindKey } from '../../domain/event-kinds.ts';
import { SOURCES } from '../../domain/sources.ts';
import { parseComparison } from '../../query/fields/field-comparison.ts';
import { type Filter, type FilterSpec, makeFilter } from '../../query/filter.ts';
import { makePattern } from '../../text/regex/pattern.ts';
import { parseTime } from '../../time/time-expression.ts';
import { timeProblem } from '../../time/time-problem.ts';
import type { TimeRange } from '../../time/time-range.ts';
import type { Zone } from '../../time/zone.ts';
import { UsageError } from '../usage-error.ts';
import { collect, collectList, duration } from './option-values.ts';

export interface FilterFlags {
  readonly text?: readonly string[];
  readonly regexp?: readonly string[];
  readonly caseSensitive?: boolean;
  readonly allFields?: boolean;
  /** In µs. */
  readonly matchTimeout?: number;
  readonly kind?: readonly string[];
  readonly source?: readonly string[];
  readonly tool?: readonly string[];
  readonly body?: string;
  readonly since?: string;
  readonly until?: string;
  readonly index?: string;
  readonly id?: string;
  readonly errors?: boolean;
  readonly where?: readonly string[];
}

/** Some of the forms of times, for the help and for errors. */
export const TIME_FORMS =
  '2026-03-02T10:00Z, 2026-03-02, 2026-03, 10:00, 2h30m, "1 week ago", today, "yesterday 14:00"';

export function addFilterOptions(command: Command): void {
  command
    .optionsGroup('Filters (all must hold):')
    .option('-t, --text <s>', 'visible text contains this, ignoring case', collect)
    .option('-e, --regexp <re>', 'visible text matches this regular expression', collect)
    .option('--case-sensitive', 'make -t, -e and ~ case-sensitive')
    .option('--all-fields', 'search whole files in observations too: old_content, new_content')
    .option(
      '--match-timeout <duration>',
      'skip an event on which an expression (-e, ~) takes longer (default: 1s)',
      duration,
    )
    .option(
      '-k, --kind <kind>',
      'events of this kind; !kind excludes it (repeatable, or separated by commas)',
      collectList,
    )
    .option(
      '-s, --source <source>',
      `from ${SOURCES.join(', ')} (repeatable, or separated by commas)`,
      collectList,
    )
    .option(
      '--tool <name>',
      'events of this tool (repeatable, or separated by commas)',
      collectList,
    )
    .option('--body <s>', "message text contains this, as the agent-server's body filter")
    .option('--since <time>', `at or after this time: ${TIME_FORMS}`)
    .option('--until <time>', 'before this time')
    .option('--index <a..b>', 'indices a to b, both included; either can be left out')
    .option('--id <prefix>', 'event id begins with this')
    .option('--errors', 'events that report a failure')
    .option(
      '-w, --where <path><op><value>',
      'compare a field: = != < <= > >= ~, or path: (repeatable)',
      collect,
    )
    .optionsGroup('Options:');
}

/**
 * Resolves the filter flags.
 *
 * @param now µs since the epoch
 * @throws UsageError that names the option and the invalid value
 */
export function resolveFilter(flags: FilterFlags, zone: Zone, now: number): Filter {
  const caseSensitive = flags.caseSensitive ?? false;
  const timeoutMs = resolveMatchTimeout(flags.matchTimeout);
  const { since, until } = resolveTimeRange(flags, zone, now) ?? {};
  checkSources(flags.source ?? []);
  checkKinds(flags.kind ?? []);
  const spec: FilterSpec = {
    texts: flags.text ?? [],
    patterns: (flags.regexp ?? []).map((text) =>
      namingOption('--regexp', text, () => makePattern(text, caseSensitive, timeoutMs)),
    ),
    caseSensitive,
    allFields: flags.allFields ?? false,
    kinds: flags.kind ?? [],
    sources: flags.source ?? [],
    tools: flags.tool ?? [],
    ...(flags.body !== undefined && { body: flags.body }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(flags.index !== undefined && { index: parseRange(flags.index) }),
    ...(flags.id !== undefined && { id: flags.id }),
    errors: flags.errors ?? false,
    where: (flags.where ?? []).map((text) => resolveComparison(text, caseSensitive, timeoutMs)),
  };
  return makeFilter(spec, zone);
}

const MAX_MATCH_TIMEOUT_MS = 24 * 60 * 60 * 1000;

/** @returns ms */
export function resolveMatchTimeout(us: number | undefined): number | undefined {
  if (us === undefined) return undefined;
  const ms = Math.round(us / 1000);
  if (ms >= 1 && ms <= MAX_MATCH_TIMEOUT_MS) return ms;
  throw new UsageError('--match-timeout: a duration from 1ms to 24h is needed');
}

/** The time that events must be in; undefined if neither end is given. @param now µs since the epoch. @throws UsageError */
export function resolveTimeRange(
  flags: Pick<FilterFlags, 'since' | 'until'>,
  zone: Zone,
  now: number,
): TimeRange | undefined {
  const since = resolveTime('--since', flags.since, now, zone);
  const until = resolveTime('--until', flags.until, now, zone);
  return since === undefined && until === undefined ? undefined : { since, until };
}

/** Resolves a time. @param now µs since the epoch. @returns µs since the epoch. @throws UsageError */
export function resolveTime(
  option: string,
  value: string | undefined,
  now: number,
  zone: Zone,
): number | undefined {
  if (value === undefined) return undefined;
  const time = parseTime(value, now, zone);
  if (time !== undefined) return time;
  const problem = timeProblem(value, now, zone);
  const why = problem === undefined ? '' : `: ${problem}`;
  throw new UsageError(`${option} ${value}: not a time${why} (times are ${TIME_FORMS}, …)`);
}

function checkSources(sources: readonly string[]): void {
  const unknown = sources.find((name) => !SOURCES.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(`--source ${unknown}: not one of ${SOURCES.join(', ')}`);
}

function checkKinds(kinds: readonly string[]): void {
  const bad = kinds.find((name) => /^!!|^!?$/.test(name) || kindKey(bareKind(name)) === '');
  if (bad !== undefined) throw new UsageError(`--kind ${bad}: not a kind`);
}

/** A kind without the mark that excludes it. */
export const bareKind = (name: string) => name.replace(/^!/, '');

function resolveComparison(text: string, caseSensitive: boolean, timeoutMs: number | undefined) {
  const comparison = namingOption('--where', text, () =>
    parseComparison(text, caseSensitive, timeoutMs),
  );
  if (comparison) return comparison;
  throw new UsageError(
    `--where ${text}: expected <path><op><value> with one of = != < <= > >= ~, or <path>:`,
  );
}

function parseRange(text: string): { from: number; to: number } {
  const match = /^(\d*)\.\.(\d*)$/.exec(text) ?? /^((\d+))$/.exec(text);
  const [, from = '', to = ''] = match ?? [];
  const range = { from: Number(from), to: to === '' ? Number.POSITIVE_INFINITY : Number(to) };
  if (match && range.from <= range.to) return range;
  throw new UsageError(`--index ${text}: not a range a..b`);
}

/** Compiles a regular expression, and names the option and the value in the error for an invalid one. */
export function namingOption<T>(option: string, value: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${option} ${value}: ${error.message}`);
    throw error;
  }
}
