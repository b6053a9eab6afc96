import { Script } from 'node:vm';
import type { TextRange } from '../matching/text-range.ts';
import { readableQuery } from '../readable-text.ts';
import { mayTakeSteps } from './cost.ts';

/** How long the matching of one event may take, unless the user says otherwise. In ms. */
const DEFAULT_MATCH_TIMEOUT_MS = 1000;
/** Steps of backtracking that take far less than 1 ms in all. */
const STEPS_PER_MS = 100_000;

const MAX_ATTEMPTS = 2;

/** A regular expression from the user. */
export interface RegexPattern {
  readonly regexp: RegExp;
  /** How long the matching of one event may take. In ms. */
  readonly timeoutMs: number;
}

/** Why it is not known whether a regular expression matches: it took too long, or needed too much memory. */
export type UndecidedCode = 'match-timeout' | 'match-overflow';

/** A regular expression could not be matched against an event. Whether the event matches is not known. */
export class UndecidedMatch extends Error {
  override readonly name = 'UndecidedMatch';

  constructor(
    readonly code: UndecidedCode,
    { regexp, timeoutMs }: RegexPattern,
  ) {
    const problem =
      code === 'match-timeout'
        ? `took longer than ${timeoutMs / 1000} s`
        : 'needs more memory than a match may take';
    super(`the pattern ${regexp.source} ${problem}`);
  }
}

/** @throws SyntaxError for a text that is not a regular expression */
export function makePattern(
  source: string,
  caseSensitive: boolean,
  timeoutMs = DEFAULT_MATCH_TIMEOUT_MS,
): RegexPattern {
  return { regexp: new RegExp(readableQuery(source), caseSensitive ? '' : 'i'), timeoutMs };
}

/** Whether one of an event's texts matches. @throws UndecidedMatch */
export function testPattern(pattern: RegexPattern, texts: readonly string[]): boolean {
  return withinBounds(pattern, texts, () => texts.some((text) => pattern.regexp.test(text)));
}

/** Does a match, and nothing else, within the time and the memory that it may take. @throws UndecidedMatch */
function withinBounds<T>(pattern: RegexPattern, texts: readonly string[], match: () => T): T {
  try {
    return withinTime(pattern, texts, match);
  } catch (error) {
    // V8 keeps the ways that a match has still to try on a stack of 64 MB.
    if (error instanceof RangeError && error.message === STACK_OVERFLOW) {
      throw new UndecidedMatch('match-overflow', pattern);
    }
    throw error;
  }
}

const STACK_OVERFLOW = 'Maximum call stack size exceeded';

/**
 * Matches a pattern against texts, within the time that it may take.
 *
 * @param match does so, and changes nothing else, because it can be cut off anywhere
 * @throws UndecidedMatch
 */
function withinTime<T>(pattern: RegexPattern, texts: readonly string[], match: () => T): T {
  const { regexp, timeoutMs } = pattern;
  // The watch over the time costs 0.3 ms, far more than most matches.
  if (!mayTakeSteps(regexp, texts, timeoutMs * STEPS_PER_MS)) return match();
  for (let attempt = 1; ; attempt++) {
    const before = process.cpuUsage();
    try {
      return watched(match, timeoutMs);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      // A machine that slept meanwhile, or was busy with other things, has not spent that time on the match.
      const { user, system } = process.cpuUsage(before);
      const wasBusy = (user + system) / 1000 < timeoutMs / 2;
      if (!wasBusy || attempt === MAX_ATTEMPTS) throw new UndecidedMatch('match-timeout', pattern);
    }
  }
}

let script: Script | undefined;

/** Does work that V8 ends after a time. It is ended within a match too, because the matcher looks for interrupts. */
function watched<T>(work: () => T, timeout: number): T {
  script ??= new Script('globalThis.__convoscopeWork()');
  const holder = globalThis as { __convoscopeWork?: () => T };
  holder.__convoscopeWork = work;
  return script.runInThisContext({ timeout }) as T;
}

/**
 * Where a pattern matches in each of an event's texts, apart from matches of nothing.
 *
 * @param max of so many matches in a text, the first ones are found
 * @throws UndecidedMatch
 */
export function rangesIn(
  pattern: RegexPattern,
  texts: readonly string[],
  max = Number.POSITIVE_INFINITY,
): TextRange[][] {
  const { source, flags } = pattern.regexp;
  const all = new RegExp(source, `${flags}g`);
  const rangesOf = (text: string) => {
    const ranges: TextRange[] = [];
    for (const { index, 0: matched } of text.matchAll(all)) {
      if (ranges.length >= max) break;
      if (matched !== '') ranges.push({ start: index, end: index + matched.length });
    }
    return ranges;
  };
  return withinBounds(pattern, texts, () => texts.map(rangesOf));
}

/** Where a pattern matches in a text, apart from matches of nothing; or why that is not known. */
export function matchesOf(pattern: RegexPattern, text: string): TextRange[] | UndecidedCode {
  try {
    return rangesIn(pattern, [text])[0] ?? [];
  } catch (error) {
    if (error instanceof UndecidedMatch) return error.code;
    throw error;
  }
}
