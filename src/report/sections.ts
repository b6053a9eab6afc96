import type { DiffLine } from '../history/changes.ts';
import type { Section } from '../history/portrait.ts';
import { plural } from '../model/plural.ts';
import { showSize } from './amounts.ts';
import { visible, visibleBlock } from './sanitize.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';

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
  const title = visible(section.title);
  if (section.is === 'image') return `${chalk.bold(title)} ${showImage(section.url)}\n`;
  const lines = section.is === 'diff' ? diffLines(section.lines, style) : textLines(section, style);
  const more = lines.length - most;
  const shown = more > 0 ? lines.slice(0, most) : lines;
  const rest = more > 0 ? `${INDENT}${chalk.dim(`… ${plural(more, 'more line')}`)}\n` : '';
  if (lines.length === 1 && title.length + (lines[0] as string).length < 60) {
    return `${chalk.bold(title)} ${lines[0]}\n`;
  }
  return `${chalk.bold(title)}\n${shown.map((line) => `${INDENT}${line}`.trimEnd()).join('\n')}\n${rest}`;
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
