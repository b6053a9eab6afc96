import type { Style } from './text/style.ts';

/** Output in pieces. */
export type Pieces = Iterable<string> | AsyncIterable<string>;

/** Writes a report in one output format. It is a pure function. */
export type Reporter<R> = (report: R, style: Style) => string | Promise<string> | Pieces;

/**
 * The output formats of a view: name → function that returns the reporter. Reporters that take long to load are
 * imported by that function.
 */
export type OutputFormats<R> = Readonly<Record<string, () => Reporter<R> | Promise<Reporter<R>>>>;

/** The names of a view's formats, in the order in which the help lists them. */
export function formatNames<F extends OutputFormats<never>>(formats: F): (keyof F & string)[] {
  return Object.keys(formats);
}

/** Writes a report in one of its view's formats, in pieces. */
export async function* render<R, F extends string>(
  formats: Readonly<Record<F, () => Reporter<R> | Promise<Reporter<R>>>>,
  format: F,
  report: R,
  style: Style,
): AsyncGenerator<string> {
  const reporter = await formats[format]();
  const output = await reporter(report, style);
  if (typeof output === 'string') yield output;
  else yield* output;
}
