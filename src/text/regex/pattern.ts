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

/** A regular expression took too long on one event. Whether the event matches is not known. */
export class MatchTimeout extends Error {
  override readonly name = 'MatchTimeout';

  constructor({ regexp, timeoutMs }: RegexPattern) {
    super(`the pattern ${regexp.source} took longer than ${timeoutMs / 1000} s`);
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

/** Whether one of an event's texts matches. @throws MatchTimeout */
export function testPattern(pattern: RegexPattern, texts: readonly string[]): boolean {
  return withinTime(pattern, texts, () => texts.some((text) => pattern.regexp.test(text)));
}

/**
 * Matches a pattern against texts, within the time that it may take.
 *
 * @param match does so, and changes nothing else, because it can be cut off anywhere
 * @throws MatchTimeout
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
      if (!wasBusy || attempt === MAX_ATTEMPTS) throw new MatchTimeout(pattern);
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

/** Where a pattern matches in each of an event's texts, apart from matches of nothing. @throws MatchTimeout */
export function rangesIn(pattern: RegexPattern, texts: readonly string[]): TextRange[][] {
  const { source, flags } = pattern.regexp;
  const all = new RegExp(source, `${flags}g`);
  const rangesOf = (text: string) =>
    [...text.matchAll(all)]
      .filter(({ 0: matched }) => matched !== '')
      .map(({ index, 0: matched }) => ({ start: index, end: index + matched.length }));
  return withinTime(pattern, texts, () => texts.map(rangesOf));
}

/** Where a pattern matches in a text, apart from matches of nothing; undefined if that took too long. */
export function matchesOf(pattern: RegexPattern, text: string): TextRange[] | undefined {
  try {
    return rangesIn(pattern, [text])[0];
  } catch (error) {
    if (error instanceof MatchTimeout) return undefined;
    throw error;
  }
}
