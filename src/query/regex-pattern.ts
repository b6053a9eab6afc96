import { Script } from 'node:vm';
import { readableQuery } from '../text/readable-text.ts';

/** A regular expression from the user. */
export interface RegexPattern {
  readonly regexp: RegExp;
  /** It can backtrack for longer than anyone would wait. */
  readonly mayRunLong: boolean;
}

/** A single repetition takes at most the square of a text's length, which is harmless below this. In UTF-16 units. */
const MAX_UNGUARDED_CHARS = 20_000;

/** @throws SyntaxError for a text that is not a regular expression */
export function makePattern(source: string, caseSensitive: boolean): RegexPattern {
  const regexp = new RegExp(readableQuery(source), caseSensitive ? '' : 'i');
  // Two repetitions, or one of a group, can backtrack practically forever.
  const bare = source.replaceAll(/\\./g, 'x');
  const repetitions = bare.match(/[*+?]|\{\d/g)?.length ?? 0;
  return { regexp, mayRunLong: repetitions > 1 || /\)[*+?{]/.test(bare) };
}

/** Whether one of the texts matches. A match that takes too long can be interrupted. */
export function testPattern(
  { regexp, mayRunLong }: RegexPattern,
  texts: readonly string[],
): boolean {
  const test = () => texts.some((text) => regexp.test(text));
  const isQuick = !mayRunLong && texts.every(({ length }) => length < MAX_UNGUARDED_CHARS);
  return isQuick ? test() : interruptibly(test);
}

let script: Script | undefined;

/** Does work during which JavaScript's own signal handlers could not run. */
function interruptibly<T>(work: () => T): T {
  script ??= new Script('globalThis.__convoscopeWork()');
  const holder = globalThis as { __convoscopeWork?: () => T };
  holder.__convoscopeWork = work;
  // SIGINT can interrupt a script. SIGTERM can't, so it gets its default effect meanwhile.
  const handlers = process.listeners('SIGTERM');
  for (const handler of handlers) process.off('SIGTERM', handler);
  try {
    return script.runInThisContext({ breakOnSigint: true }) as T;
  } finally {
    for (const handler of handlers) process.on('SIGTERM', handler);
  }
}
