import { terminal } from './cli.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: links are escapes
const LINKS = /\u001b\]8;[^\u001b\u0007]*(?:\u001b\\|\u0007)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escapes
const COLOURS = /\u001b\[\d+m/g;
const RED = '\u001b[1m\u001b[31m';
const END = '\u001b[39m\u001b[22m';

/** Output with the highlighted parts between « and », and without other colours and links. */
export function markHighlights(output: string): string {
  const marked = output.replaceAll(LINKS, '').replaceAll(RED, '«').replaceAll(END, '»');
  return marked.replaceAll(COLOURS, '');
}

/** The lines of a search on a terminal, with the highlighted parts between « and ». */
export async function shown(args: readonly string[], columns = 80): Promise<string[]> {
  const { output } = await terminal(['search', ...args, '-q', '--color', 'always'], columns);
  return markHighlights(output).trimEnd().split(/\r?\n/);
}
