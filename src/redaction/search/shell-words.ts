/** A word of a command line, without the quotes around it. */
export interface ShellWord {
  /** UTF-16 offsets in the text, without the quotes. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** How much of a command line is examined, and how many words of it. */
const MAX_LINE_CHARS = 2000;
const MAX_WORDS = 60;

/** Matches what separates words: spaces, a line break that a backslash continues, and the commas of a list of strings. */
const SEPARATOR = /(?:[ \t]|\\\r?\n|\\\\n(?=[ \t]))+/y;
/** Matches the end of a string and the comma after it: `"curl", "-u"`. */
const LIST_SEPARATOR = /\\{0,3}["']?[ \t]*,\s*/y;
/** Matches a word in quotes. */
const QUOTED = /(\\{0,3})(["'])((?:(?!\1\2)[^\n])*?)\1\2(?=[\s,;|&)\]}\\]|$)/y;
/** Matches a word without quotes around all of it; parts of it may be quoted: `--user="a:b"`. */
const UNQUOTED =
  /(?:[^\s"'`\\|;&<>]|\\(?=[^\s"'\\nrtu])|\\{0,3}"[^"\\\n]{0,300}\\{0,3}"|\\{0,3}'[^'\\\n]{0,300}\\{0,3}')+/y;

/** The words of a command that follow its name at `at`, up to the end of the line or of the command. */
export function shellWords(text: string, at: number): ShellWord[] {
  const line = text.slice(at, at + MAX_LINE_CHARS);
  const words: ShellWord[] = [];
  let next = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = next;
    const match = pattern.exec(line);
    if (match) next = pattern.lastIndex;
    return match;
  };
  while (words.length < MAX_WORDS && next < line.length) {
    if (!skip(LIST_SEPARATOR) && !skip(SEPARATOR)) break;
    const from = next;
    const quoted = skip(QUOTED);
    if (quoted) {
      const [, slashes = '', quote = '', content = ''] = quoted;
      const start = at + from + slashes.length + quote.length;
      words.push({ start, end: start + content.length, text: content, isQuoted: true });
      continue;
    }
    const word = skip(UNQUOTED)?.[0];
    if (word === undefined) break;
    words.push({ start: at + from, end: at + from + word.length, text: word, isQuoted: false });
  }
  return words;
}
