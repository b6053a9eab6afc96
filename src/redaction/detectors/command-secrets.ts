import { isCode, isMasked, isPath, isVariableName } from '../classification/secret-values.ts';
import { MIN_LITERAL_CHARS } from '../search/literal-scanner.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { type ShellWord, shellWords } from '../search/shell-words.ts';
import { COMMAND_SECRETS, type CommandSecret, type SecretForm } from '../shapes/command-options.ts';

/** A row of the table, prepared for matching. */
interface Row {
  readonly options: ReadonlySet<string>;
  readonly attached: string | undefined;
  readonly words: readonly string[] | undefined;
  readonly skip: number;
  readonly requires: string | undefined;
  readonly form: SecretForm;
}

const split = (list: string | undefined) => (list ? list.split(' ') : []);

const rowOf = (secret: CommandSecret): Row => ({
  options: new Set(split(secret.options)),
  attached: secret.attached,
  words: secret.words === undefined ? undefined : split(secret.words),
  skip: secret.skip ?? 0,
  requires: secret.requires,
  form: secret.form ?? 'whole',
});

/** The rows of each command. */
const rowsOf = new Map<string, Row[]>();
for (const secret of COMMAND_SECRETS) {
  const row = rowOf(secret);
  for (const command of split(secret.commands)) {
    rowsOf.set(command, [...(rowsOf.get(command) ?? []), row]);
  }
}

/** A program that is given secrets. */
interface Command {
  readonly name: string;
  /** What it is searched by: its name, with what follows if the name is too short for a search. */
  readonly literals: readonly string[];
  readonly rows: readonly Row[];
}

export const COMMANDS: readonly Command[] = [...rowsOf].map(([name, rows]) => ({
  name,
  literals: name.length < MIN_LITERAL_CHARS ? [`${name} `, `${name}"`, `${name}'`] : [name],
  rows,
}));

/**
 * Secrets that a command is given whose name is at `at`: `curl -u admin:hunter2`, `mysql -phunter2`, `vault login hvs.…`.
 *
 * @returns also how far the command was read. It need not be searched for in its own arguments: the first of
 *   `curl curl curl …` examines them all.
 */
export function secretsOfCommand(
  text: string,
  at: number,
  { name, rows }: Command,
): { ranges: SecretRange[]; searchedTo: number } {
  if (!isCommand(text, at, name)) return { ranges: [], searchedTo: at };
  const words = shellWords(text, at + name.length);
  const ranges = rows.flatMap((row) => secretsIn(words, row));
  return { ranges, searchedTo: words.at(-1)?.end ?? at };
}

/** Whether a program's name is a word of its own, or the end of a path or of an image's name. */
function isCommand(text: string, at: number, command: string): boolean {
  const before = text[at - 1];
  if (before !== undefined && /[\w.-]/.test(before) && !/\\[nrt]$/.test(text.slice(at - 2, at))) {
    return false;
  }
  return /^(?:\.exe)?\\{0,3}["']?[\s,]/.test(
    text.slice(at + command.length, at + command.length + 9),
  );
}

function secretsIn(words: readonly ShellWord[], row: Row): SecretRange[] {
  if (row.requires && !words.some(({ text }) => isRequired(text, row.requires as string)))
    return [];
  const positional = row.words && positionOf(words, row.words);
  if (row.words && positional === undefined) return [];
  if (row.options.size === 0 && row.attached === undefined) {
    const word = operandsAfter(words, positional ?? -1)[row.skip];
    return word ? secretIn(word, 0, row.form) : [];
  }
  return words.flatMap((word, index) => {
    const { text } = word;
    if (row.options.has(text) || hasClusteredOption(text, row)) {
      const value = words[index + 1];
      return value && !isOption(value) ? secretIn(value, 0, row.form) : [];
    }
    const equals = text.indexOf('=');
    if (equals > 0 && row.options.has(text.slice(0, equals))) {
      return secretIn(word, equals + 1, row.form);
    }
    if (row.attached && text.startsWith(row.attached) && text.length > row.attached.length) {
      return secretIn(word, row.attached.length, row.form);
    }
    return [];
  });
}

const isRequired = (text: string, required: string) =>
  required.startsWith('-') && !required.startsWith('--')
    ? /^-\w+$/.test(text) && text.includes(required.slice(1))
    : text.includes(required);

/** Whether one-letter options are joined, the last of which takes the value: `-sku admin:hunter2`. */
const hasClusteredOption = (text: string, { options, form }: Row) =>
  form === 'after-colon' && /^-[A-Za-z]{2,8}$/.test(text) && options.has(`-${text.at(-1)}`);

const isOption = ({ text, isQuoted }: ShellWord) => !isQuoted && /^-/.test(text);

/** The index of the last of the given words, which must follow each other apart from options; -1 for none. */
function positionOf(words: readonly ShellWord[], wanted: readonly string[]): number | undefined {
  if (wanted.length === 0) return -1;
  let next = 0;
  for (const [index, { text }] of words.entries()) {
    if (text === wanted[next]) next++;
    else if (!text.startsWith('-') && next > 0) return undefined;
    if (next === wanted.length) return index;
  }
  return undefined;
}

const operandsAfter = (words: readonly ShellWord[], index: number) =>
  words.slice(index + 1).filter(({ text }) => !text.startsWith('-'));

/** What separates the secret from what is before it. */
const SEPARATORS: Partial<Record<SecretForm, string>> = {
  'after-colon': ':',
  'after-comma': ',',
  'after-equals': '=',
  'after-percent': '%',
  'after-slash': '/',
};

/** Matches an argument in a manual: `<password>`, `PASSWORD`, and words that prose has after an option. */
const PROSE_ARGUMENT =
  /^(?:[A-Z_]{2,}|pass|pw|pwd|a|an|and|are|as|at|but|by|can|flags?|for|from|has|if|in|into|is|it|may|must|not|of|on|options?|or|parameters?|should|so|that|the|then|this|to|using|via|was|when|which|will|with|you|your|user|status|help|list|logout|password-stdin)$/;

/** The secret in a word from an offset on; none for a placeholder or a reference to where the secret is. */
function secretIn(word: ShellWord, offset: number, form: SecretForm): SecretRange[] {
  let start = offset;
  const separator = SEPARATORS[form];
  if (separator) {
    const at = word.text.indexOf(separator, offset);
    if (at <= offset && form !== 'after-colon') return [];
    if (at === -1) return [];
    start = at + 1;
  }
  if (form === 'after-pass') {
    if (!word.text.startsWith('pass:', offset)) return [];
    start = offset + 'pass:'.length;
  }
  let value = word.text.slice(start);
  if (form === 'after-slash') value = value.replace(/@[\w./:-]*$/, '');
  if (/^\\{0,3}["']/.test(value)) {
    const quote = (/^\\{0,3}["']/.exec(value) as RegExpExecArray)[0];
    start += quote.length;
    value = value.slice(quote.length).split(quote)[0] as string;
  }
  const isPlaceholder =
    value.length < 2 ||
    isMasked(value) ||
    isVariableName(value) ||
    value.startsWith('$') ||
    PROSE_ARGUMENT.test(value) ||
    (form === 'whole' && isPath(value)) ||
    (form === 'after-slash' && !/@/.test(word.text)) ||
    (form === 'whole' && isCode(value) && !word.isQuoted);
  if (isPlaceholder) return [];
  return [
    {
      start: word.start + start,
      end: word.start + start + value.length,
      rule: 'password',
      shouldRemember: true,
    },
  ];
}
