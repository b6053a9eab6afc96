import { Script } from 'node:vm';

/** A regular expression of the user's, with what is needed to interrupt it. */
export interface Pattern {
  readonly regexp: RegExp;
  readonly mayRunLong: boolean;
}

/** @throws SyntaxError for a text that is no regular expression */
export function makePattern(source: string, caseSensitive: boolean): Pattern {
  const regexp = new RegExp(source, caseSensitive ? '' : 'i');
  // Two repetitions, or one of a group, can backtrack without end.
  const bare = source.replaceAll(/\\./g, 'x');
  const repetitions = bare.match(/[*+?]|\{\d/g)?.length ?? 0;
  return { regexp, mayRunLong: repetitions > 1 || /\)[*+?{]/.test(bare) };
}

const script = new Script('globalThis.__convoscopeTest()');

/** Whether one of the texts matches. Ctrl-C interrupts a match that would take for ever. */
export function testPattern(pattern: Pattern, texts: readonly string[]): boolean {
  const test = () => texts.some((text) => pattern.regexp.test(text));
  if (!pattern.mayRunLong) return test();
  const holder = globalThis as { __convoscopeTest?: () => boolean };
  holder.__convoscopeTest = test;
  return script.runInThisContext({ breakOnSigint: true }) as boolean;
}
