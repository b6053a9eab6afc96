import type { Style } from './text/style.ts';

/** Output, piece by piece. */
export type Pieces = Iterable<string> | AsyncIterable<string>;

/** An output format of a view. It is pure: from a report to text. */
export type Reporter<R> = (report: R, style: Style) => string | Promise<string> | Pieces;

/**
 * How every view registers its output formats: name → what gives the reporter. Reporters that take long to load are
 * imported there.
 */
export type OutputFormats<R> = Readonly<Record<string, () => Reporter<R> | Promise<Reporter<R>>>>;

/** Names of a view's formats, in the order of the help. */
export function formatNames<F extends OutputFormats<never>>(formats: F): (keyof F & string)[] {
  return Object.keys(formats);
}

/** A report in one of its view's formats, piece by piece. */
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
