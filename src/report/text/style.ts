const COLORS = ['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const;

/** Colours texts, or returns them unchanged if colours are off. */
type Paint = Readonly<Record<(typeof COLORS)[number], (text: string) => string>>;

/** What a reporter knows about the destination of its output. */
export interface Style {
  readonly chalk: Paint;
  /** Width of the terminal, in columns. Undefined if the output is not a terminal: then nothing is cut. */
  readonly columns: number | undefined;
  /** The output is a terminal: characters that could control it must be escaped. */
  readonly isTerminal: boolean;
  /**
   * Links a text to a file if the terminal supports links, else returns it unchanged. Do this last, because measuring
   * a linked text would count the link.
   */
  link(text: string, path: string): string;
}

/** On narrower terminals, times and names are shortened, and less important columns are left out. */
const MIN_WIDE_COLUMNS = 120;

export function isNarrow({ columns }: Style): boolean {
  return columns !== undefined && columns < MIN_WIDE_COLUMNS;
}

const PLAIN = Object.fromEntries(COLORS.map((color) => [color, (text: string) => text])) as Paint;

/** @param options.columns width of the terminal; undefined or 0 if it is not known, which counts as 80 */
export async function makeStyle(options: {
  color: boolean;
  links?: boolean;
  isTerminal: boolean;
  columns: number | undefined;
}): Promise<Style> {
  const { isTerminal, columns } = options;
  return {
    // Loaded only if it is needed.
    chalk: options.color ? new (await import('chalk')).Chalk({ level: 1 }) : PLAIN,
    columns: isTerminal ? columns || 80 : undefined,
    isTerminal,
    link: options.links ? (await import('./terminal-link.ts')).link : (text) => text,
  };
}
