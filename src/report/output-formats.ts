import type { Style } from './text/style.ts';

/** What turns a report into text, by output format. */
export type Formats<R, F extends string> = Readonly<
  Record<F, (report: R, style: Style) => string | Promise<string>>
>;
