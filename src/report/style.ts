import { Chalk, type ChalkInstance } from 'chalk';

/** What a reporter may know of where its output goes. */
export interface Style {
  readonly chalk: ChalkInstance;
  /** Width to fit to, on a terminal; elsewhere nothing is cut. */
  readonly columns: number | undefined;
  /** A terminal reads it: nothing that could act on one may pass. */
  readonly isTerminal: boolean;
}

export function makeStyle(options: {
  color: boolean;
  isTerminal: boolean;
  columns: number | undefined;
}): Style {
  const { isTerminal, columns } = options;
  return {
    chalk: new Chalk({ level: options.color ? 1 : 0 }),
    columns: isTerminal ? columns || 80 : undefined,
    isTerminal,
  };
}
