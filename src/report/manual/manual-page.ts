import { ABOUT, AFTER } from './manual-text.ts';

/** A command line program as its manual page tells of it. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly commands: readonly Described[];
}

/** A command; the program itself is none. */
export interface Described {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly description: string;
  readonly operands: readonly Term[];
  readonly options: readonly Term[];
  /** A line an example, indented, with a remark behind it or none. */
  readonly examples: string;
}

interface Term {
  readonly term: string;
  readonly about: string;
  /** Heading of the group that an option stands in. */
  readonly group?: string;
}

/** Options that so many commands take, in the same words, are told once. */
const COMMON_TO_COMMANDS = 3;

/** The manual page, as `man` takes it: roff with the `man` macros, in ASCII. */
export function manual({ name, version, description, commands }: Program): string {
  const all = commands.flatMap(({ options }) => options.map(keyOf));
  const isCommon = (option: Term) =>
    all.filter((key) => key === keyOf(option)).length >=
    Math.min(COMMON_TO_COMMANDS, commands.length);
  const common = new Map(
    commands.flatMap(({ options }) => options.filter(isCommon).map((one) => [keyOf(one), one])),
  );
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"\n`,
    section('NAME', prose(`${name} - ${description.replace(/\.$/, '')}`)),
    section('SYNOPSIS', `.B ${name}\n${prose('<command> [conversation] [options]')}`),
    section('DESCRIPTION', ...ABOUT.map(paragraph)),
    section('COMMANDS', ...commands.map((command) => described(name, command, isCommon))),
    section(
      'OPTIONS',
      paragraph('Most commands take these, and all take --help.'),
      groups([...common.values()]),
    ),
    ...AFTER.map(({ title, paragraphs = [], terms = [] }) =>
      section(
        title,
        ...paragraphs.map(paragraph),
        ...terms.map(([term, about]) => item(term, about)),
      ),
    ),
  ].join('');
}

const keyOf = ({ term, about }: Term) => `${term}\n${about}`;

function described(
  program: string,
  { name, usage, description, operands, options, examples }: Described,
  isCommon: (option: Term) => boolean,
): string {
  const further = options
    .filter(isCommon)
    .map(({ term }) => term.split(/[ ,]+/).find(isLong) ?? term);
  return [
    `.SS "${escaped(`${program} ${name} ${usage}`)}"\n`,
    prose(`${description[0]?.toUpperCase()}${description.slice(1)}.`),
    ...operands.map(({ term, about }) => item(term, about)),
    groups(options.filter((option) => !isCommon(option))),
    further.length > 0 ? paragraph(`Further: ${further.join(', ')}; see OPTIONS.`) : '',
    examples ? `.PP\nExamples:\n.PP\n.EX\n${prose(examples)}.EE\n` : '',
  ].join('');
}

const isLong = (word: string) => word.startsWith('--');

/** Options under the headings of their groups. */
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

/** A heading begins a paragraph of itself. */
const section = (title: string, ...parts: string[]) =>
  `.SH ${title}\n${parts.join('').replace(/^\.PP\n/, '')}`;
const paragraph = (text: string) => `.PP\n${prose(text)}`;
const item = (term: string, about: string) => `.TP\n\\fB${escaped(term)}\\fR\n${prose(about)}`;

/** Lines of text, none of which is taken for a request. */
function prose(text: string): string {
  return text
    .split('\n')
    .map((line) => `${escaped(line).replace(/^(?=[.'])/, '\\&')}\n`)
    .join('');
}

const NAMED: Record<string, string> = {
  '\\': '\\e',
  '-': '\\-', // a hyphen proper can't be searched for, or copied into a shell
  '"': '\\(dq',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text of which roff takes nothing for its own. */
function escaped(text: string): string {
  return text.replace(/[\\"'`^~-]|[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return NAMED[character] ?? `\\[u${code}]`;
  });
}
