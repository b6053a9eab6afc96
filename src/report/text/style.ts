const COLORS = ['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const;

/** Paints texts; where no colour is wanted, they stay as they are. */
type Paint = Readonly<Record<(typeof COLORS)[number], (text: string) => string>>;

/** What a reporter may know of where its output goes. */
export interface Style {
  readonly chalk: Paint;
  /** Width to fit to, on a terminal; elsewhere nothing is cut. */
  readonly columns: number | undefined;
  /** A terminal reads it: nothing that could act on one may pass. */
  readonly isTerminal: boolean;
  /**
   * Links a text to a file, where the terminal can show links; elsewhere the text stays as it is.
   * To be done last: a link has width to those that measure.
   */
  link(text: string, path: string): string;
}

/** Below this many columns, times and names are shortened, and what is least asked for is left out. */
const MIN_WIDE_COLUMNS = 120;

export function isNarrow({ columns }: Style): boolean {
  return columns !== undefined && columns < MIN_WIDE_COLUMNS;
}

const PLAIN = Object.fromEntries(COLORS.map((color) => [color, (text: string) => text])) as Paint;

export async function makeStyle(options: {
  color: boolean;
  links?: boolean;
  isTerminal: boolean;
  columns: number | undefined;
}): Promise<Style> {
  const { isTerminal, columns } = options;
  return {
    // Loaded only where there is something to paint.
    chalk: options.color ? new (await import('chalk')).Chalk({ level: 1 }) : PLAIN,
    columns: isTerminal ? columns || 80 : undefined,
    isTerminal,
    link: options.links ? (await import('./terminal-link.ts')).link : (text) => text,
  };
}
