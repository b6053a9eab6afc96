import { DESCRIPTION, SECTIONS_AFTER_OPTIONS } from './manual-text.ts';

/** What the manual page contains about a command line program. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly commands: readonly CommandHelp[];
}

/** The help of one command. */
export interface CommandHelp {
  readonly name: string;
  /** Operands and options, as they follow the name. */
  readonly usage: string;
  readonly description: string;
  readonly operands: readonly Term[];
  readonly options: readonly Term[];
  /** One example per line, indented. A remark can follow the example. */
  readonly examples: string;
}

interface Term {
  readonly term: string;
  readonly about: string;
  /** Heading of the option's group. */
  readonly group?: string;
}

/** An option that at least this many commands have, with the same description, is described only once. */
const MIN_COMMANDS_OF_COMMON_OPTION = 3;

/** The manual page for `man`: roff with the `man` macros, in ASCII. */
export function manual({ name, version, description, commands }: Program): string {
  const all = commands.flatMap(({ options }) => options.map(keyOf));
  const isCommon = (option: Term) =>
    all.filter((key) => key === keyOf(option)).length >=
    Math.min(MIN_COMMANDS_OF_COMMON_OPTION, commands.length);
  const common = new Map(
    commands.flatMap(({ options }) => options.filter(isCommon).map((one) => [keyOf(one), one])),
  );
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"\n`,
    section('NAME', prose(`${name} - ${description.replace(/\.$/, '')}`)),
    section('SYNOPSIS', `.B ${name}\n${prose('<command> [conversation] [options]')}`),
    section('DESCRIPTION', ...DESCRIPTION.map(paragraph)),
    section('COMMANDS', ...commands.map((command) => commandPart(name, command, isCommon))),
    section(
      'OPTIONS',
      paragraph('Most commands have these options. All have --help.'),
      groups([...common.values()]),
    ),
    ...SECTIONS_AFTER_OPTIONS.map(({ title, paragraphs = [], terms = [] }) =>
      section(
        title,
        ...paragraphs.map(paragraph),
        ...terms.map(([term, about]) => item(term, about)),
      ),
    ),
  ].join('');
}

const keyOf = ({ term, about }: Term) => `${term}\n${about}`;

/** The part of the page about one command. */
function commandPart(
  program: string,
  { name, usage, description, operands, options, examples }: CommandHelp,
  isCommon: (option: Term) => boolean,
): string {
  const commonFlags = options
    .filter(isCommon)
    .map(({ term }) => term.split(/[ ,]+/).find(isLong) ?? term);
  return [
    `.SS "${escaped(`${program} ${name} ${usage}`)}"\n`,
    prose(`${description[0]?.toUpperCase()}${description.slice(1)}.`),
    ...operands.map(({ term, about }) => item(term, about)),
    groups(options.filter((option) => !isCommon(option))),
    commonFlags.length > 0 ? paragraph(`Also: ${commonFlags.join(', ')} (see OPTIONS).`) : '',
    examples ? `.PP\nExamples:\n.PP\n.EX\n${prose(examples)}.EE\n` : '',
  ].join('');
}

const isLong = (word: string) => word.startsWith('--');

/** Options, under the headings of their groups. */
function groups(options: readonly Term[]): string {
  const headings = [...new Set(options.map(({ group }) => group ?? ''))];
  return headings
    .map((heading) => {
      const inside = options.filter(({ group }) => (group ?? '') === heading);
      const title = heading && heading !== 'Options:' ? paragraph(heading) : '';
      return title + inside.map(({ term, about }) => item(term, about)).join('');
    })
    .join('');
}

/** A section. A heading already begins a paragraph, so the first one needs no request for it. */
const section = (title: string, ...parts: string[]) =>
  `.SH ${title}\n${parts.join('').replace(/^\.PP\n/, '')}`;
const paragraph = (text: string) => `.PP\n${prose(text)}`;
const item = (term: string, about: string) => `.TP\n\\fB${escaped(term)}\\fR\n${prose(about)}`;

/** Lines of text, escaped so that roff takes none of them as a request. */
function prose(text: string): string {
  return text
    .split('\n')
    .map((line) => `${escaped(line).replace(/^(?=[.'])/, '\\&')}\n`)
    .join('');
}

/** Escapes for characters that roff would interpret or replace. */
const ESCAPES: Record<string, string> = {
  '\\': '\\e',
  '-': '\\-', // else a typographic hyphen, which can't be searched for or copied into a shell
  '"': '\\(dq',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text that roff prints as it is. */
function escaped(text: string): string {
  return text.replace(/[\\"'`^~-]|[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return ESCAPES[character] ?? `\\[u${code}]`;
  });
}
