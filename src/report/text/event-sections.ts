import type { EventSection } from '../../history/sections/event-sections.ts';
import type { DiffLine } from '../../history/sections/file-diff.ts';
import { pluralize } from '../../text/wording.ts';
import { formatSize } from './amounts.ts';
import type { Style } from './style.ts';
import { safeBlock, safeText } from './terminal-safe.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
/** Characters of a title and a text that share a line. */
const MAX_ONE_LINE_CHARS = 70;

/** The parts of an event as lines: a title, and what it has to say below, set in. */
export function renderSections(
  sections: readonly EventSection[],
  style: Style,
  most = Number.POSITIVE_INFINITY,
): string {
  return sections.map((section) => renderSection(section, style, most)).join('');
}

function renderSection(section: EventSection, style: Style, most: number): string {
  const { chalk } = style;
  const title = chalk.bold(`${safeText(section.title)}:`);
  if (section.kind === 'image') return `${title} ${describeImage(section.url)}\n`;
  const lines =
    section.kind === 'diff' ? diffLines(section.lines, style) : textLines(section, style);
  const [first = ''] = lines;
  if (lines.length === 1 && section.title.length + first.length < MAX_ONE_LINE_CHARS)
    return `${title} ${first}\n`;
  // What is made for a terminal's width is not set in.
  const indent = section.kind === 'code' ? '' : INDENT;
  const more = lines.length - most;
  const shown = more > 0 ? lines.slice(0, most) : lines;
  const rest = more > 0 ? `${INDENT}${chalk.dim(`… ${pluralize(more, 'more line')}`)}\n` : '';
  return `${title}\n${shown.map((line) => `${indent}${line}`.trimEnd()).join('\n')}\n${rest}`;
}

function textLines({ kind, text }: { kind: string; text: string }, style: Style): string[] {
  const safe = safeBlock(text.replace(/\n+$/, ''));
  return (kind === 'text' ? wrap(safe, style, INDENT.length) : safe).split('\n');
}

const MARKS = { removed: '-', added: '+', context: ' ' } as const;

function diffLines(lines: readonly DiffLine[], { chalk }: Style): string[] {
  const paint = { removed: chalk.red, added: chalk.green, context: (text: string) => text };
  return lines.map(({ kind, text }) =>
    kind === 'gap' ? chalk.dim('⋮') : paint[kind](`${MARKS[kind]}${safeBlock(text)}`),
  );
}

/** What an image is: it can't be shown, and its address may be all of its data. */
export function describeImage(url: string): string {
  const data = /^data:([^;,]{0,60})/i.exec(url);
  if (data) return `${safeText(data[1] || 'data')}, ${formatSize(url.length)} of text`;
  return safeText(url.length > 500 ? `${url.slice(0, 500)}…` : url);
}
