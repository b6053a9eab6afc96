import type { EventSection } from '../../history/sections/event-sections.ts';
import type { DiffLine } from '../../history/sections/file-diff.ts';
import { inlineFile, nameFile } from '../../text/inline-data.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { pluralize } from '../../text/wording.ts';
import type { Style } from './style.ts';
import { safeBlock, safeText } from './terminal-safe.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
/** Title and text share a line if they are shorter than this together. In UTF-16 units. */
const MAX_ONE_LINE_CHARS = 70;
/** Longer addresses of images are cut. In UTF-16 units. */
const MAX_URL_CHARS = 500;

/** The sections of an event as lines: a title, and the content below it. @param maxLines longer content is cut */
export function renderSections(
  sections: readonly EventSection[],
  style: Style,
  maxLines = Number.POSITIVE_INFINITY,
): string {
  return sections.map((section) => renderSection(section, style, maxLines)).join('');
}

function renderSection(section: EventSection, style: Style, maxLines: number): string {
  const { chalk } = style;
  const title = chalk.bold(`${safeText(section.title)}:`);
  if (section.kind === 'image') return `${title} ${describeImage(section.url)}\n`;
  const lines =
    section.kind === 'diff' ? diffLines(section.lines, style) : textLines(section, style);
  const [first = ''] = lines;
  if (lines.length === 1 && section.title.length + first.length < MAX_ONE_LINE_CHARS)
    return `${title} ${first}\n`;
  // Code is not indented: it can be laid out for the width of a terminal.
  const indent = section.kind === 'code' ? '' : INDENT;
  const more = lines.length - maxLines;
  const shown = more > 0 ? lines.slice(0, maxLines) : lines;
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

/** Describes an image by its address. A data URL contains the whole image, so only its type and size are given. */
export function describeImage(url: string): string {
  const file = inlineFile(url);
  if (file) return safeText(nameFile(file));
  return safeText(url.length > MAX_URL_CHARS ? `${truncateEnd(url, MAX_URL_CHARS)}…` : url);
}
