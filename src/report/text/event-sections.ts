import type { DiffLine } from '../../history/sections/file-diff.ts';
import type { Section } from '../../history/sections/event-sections.ts';
import { plural } from '../../text/counted.ts';
import { showSize } from './amounts.ts';
import { visible, visibleBlock } from './terminal-safe.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
/** Characters of a title and a text that share a line. */
const SHORT = 70;

/** The parts of an event as lines: a title, and what it has to say below, set in. */
export function renderSections(
  sections: readonly Section[],
  style: Style,
  most = Number.POSITIVE_INFINITY,
): string {
  return sections.map((section) => renderSection(section, style, most)).join('');
}

function renderSection(section: Section, style: Style, most: number): string {
  const { chalk } = style;
  const title = chalk.bold(`${visible(section.title)}:`);
  if (section.is === 'image') return `${title} ${showImage(section.url)}\n`;
  const lines = section.is === 'diff' ? diffLines(section.lines, style) : textLines(section, style);
  const [first = ''] = lines;
  if (lines.length === 1 && section.title.length + first.length < SHORT)
    return `${title} ${first}\n`;
  // What is made for a terminal's width is not set in.
  const indent = section.is === 'code' ? '' : INDENT;
  const more = lines.length - most;
  const shown = more > 0 ? lines.slice(0, most) : lines;
  const rest = more > 0 ? `${INDENT}${chalk.dim(`… ${plural(more, 'more line')}`)}\n` : '';
  return `${title}\n${shown.map((line) => `${indent}${line}`.trimEnd()).join('\n')}\n${rest}`;
}

function textLines({ is, text }: { is: string; text: string }, style: Style): string[] {
  const safe = visibleBlock(text.replace(/\n+$/, ''));
  return (is === 'text' ? wrap(safe, style, INDENT.length) : safe).split('\n');
}

const MARKS = { out: '-', in: '+', same: ' ' } as const;

function diffLines(lines: readonly DiffLine[], { chalk }: Style): string[] {
  const paint = { out: chalk.red, in: chalk.green, same: (text: string) => text };
  return lines.map(({ is, text }) =>
    is === 'gap' ? chalk.dim('⋮') : paint[is](`${MARKS[is]}${visibleBlock(text)}`),
  );
}

/** What an image is: it can't be shown, and its address may be all of its data. */
export function showImage(url: string): string {
  const data = /^data:([^;,]{0,60})/i.exec(url);
  if (data) return `${visible(data[1] || 'data')}, ${showSize(url.length)} of text`;
  return visible(url.length > 500 ? `${url.slice(0, 500)}…` : url);
}
