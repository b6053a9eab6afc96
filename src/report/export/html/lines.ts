import type { DiffLine } from '../../../history/sections/file-diff.ts';
import { truncateEnd, truncateStart } from '../../../text/truncate.ts';
import { pluralize } from '../../../text/wording.ts';
import { formatNumber, formatSize } from '../../text/amounts.ts';
import { type Html, html } from './escape.ts';
import { markdownBlocks } from './markdown.ts';

/** A line of a text or of a diff, or a note that the page adds. */
interface DocumentLine {
  readonly kind: DiffLine['kind'] | 'note';
  readonly text: string;
}

/** Of a text longer than both together, only its start and its end are kept. In UTF-16 units. */
const MAX_START_CHARS = 70_000;
const MAX_END_CHARS = 30_000;
/** A text that exceeds one of these is folded. */
const MAX_UNFOLDED_LINES = 16;
const MAX_UNFOLDED_CHARS = 3_000;
/** Lines that stay visible before and after a fold. */
const LINES_BEFORE_FOLD = 6;
const LINES_AFTER_FOLD = 6;

/** The lines of a text, without the empty lines at its end. */
export function linesOf(text: string): DocumentLine[] {
  const lines = text.split(/\r\n|\n/);
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => ({ kind: 'context', text: line }));
}

/**
 * Lines as one block. Of many lines, those in the middle are folded.
 * @param isWhole keep all of the text, however long it is
 */
export function renderLines(all: readonly DocumentLine[], isDiff: boolean, isWhole: boolean): Html {
  const lines = isWhole ? all : shorten(all);
  const block = (some: readonly DocumentLine[]) => renderBlock(some, isDiff);
  const isLong = lines.length > MAX_UNFOLDED_LINES;
  if (!isLong && charsOf(lines) <= MAX_UNFOLDED_CHARS) return block(lines);
  const first = lines.slice(0, LINES_BEFORE_FOLD);
  const last = lines.slice(-LINES_AFTER_FOLD);
  if (!isLong || charsOf(first) + charsOf(last) > MAX_UNFOLDED_CHARS) {
    return html`<details><summary>${formatExtent(all)}</summary>${block(lines)}</details>`;
  }
  const middle = lines.slice(LINES_BEFORE_FOLD, -LINES_AFTER_FOLD);
  const folded = all.slice(LINES_BEFORE_FOLD, -LINES_AFTER_FOLD);
  return html`${block(first)}<details><summary>${formatExtent(folded)} more</summary>${block(middle)}</details>${block(last)}`;
}

/**
 * A text in Markdown. Of many lines, those after the first blocks are folded.
 * @param isWhole see renderLines
 */
export function renderProse(text: string, isWhole: boolean): Html {
  const blocks = markdownBlocks(text);
  if (!blocks) return renderLines(linesOf(text), false, isWhole);
  const block = (some: typeof blocks) =>
    html`<div class="prose" dir="auto">${some.map(({ content }) => content)}</div>`;
  const lines = linesOf(text);
  if (lines.length <= MAX_UNFOLDED_LINES && text.length <= MAX_UNFOLDED_CHARS) return block(blocks);
  let first = 0;
  for (let seen = 0; first < blocks.length && seen < LINES_BEFORE_FOLD; first++) {
    seen += blocks[first]?.lines ?? 0;
  }
  const shown = blocks.slice(0, first);
  const folded = blocks.slice(first);
  // Lines can be folded within a long paragraph, blocks can't.
  const isLong = (shown.at(-1)?.lines ?? 0) > MAX_UNFOLDED_LINES;
  if (isLong || folded.length === 0) return renderLines(lines, false, isWhole);
  const rest = folded.reduce((sum, { lines }) => sum + lines, 0);
  return html`${block(shown)}<details><summary>${pluralize(rest, 'line')} more</summary>${block(folded)}</details>`;
}

/** `312 lines, 24.0 KiB`. */
function formatExtent(lines: readonly DocumentLine[]): string {
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  const count = lines.length === 1 ? '1 line' : `${formatNumber(lines.length)} lines`;
  return `${count}, ${formatSize(bytes)}`;
}

/** In UTF-16 units, line breaks included. */
function charsOf(lines: readonly DocumentLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length + 1, 0);
}

/** Keeps the start and the end of a long text, with a note between them about what was left out. */
function shorten(lines: readonly DocumentLine[]): readonly DocumentLine[] {
  const chars = charsOf(lines);
  if (chars <= MAX_START_CHARS + MAX_END_CHARS) return lines;
  const start = takeLines(lines, MAX_START_CHARS, truncateEnd);
  const end = takeLines(lines.toReversed(), MAX_END_CHARS, truncateStart).reverse();
  const left = chars - charsOf(start) - charsOf(end);
  const note = `${pluralize(left, 'character').replace(/\d+/, formatNumber(left))} left out here; export --full keeps them`;
  return [...start, { kind: 'note', text: note }, ...end];
}

/** Takes lines up to a number of UTF-16 units. The line that goes beyond it is truncated. */
function takeLines(
  lines: readonly DocumentLine[],
  maxChars: number,
  truncate: (text: string, maxChars: number) => string,
): DocumentLine[] {
  const taken: DocumentLine[] = [];
  let room = maxChars;
  for (const line of lines) {
    if (line.text.length >= room) {
      if (room > 1) taken.push({ ...line, text: truncate(line.text, room - 1) });
      break;
    }
    taken.push(line);
    room -= line.text.length + 1;
  }
  return taken;
}

const DIFF_MARKS = { added: '+', removed: '-', context: ' ' } as const;

/** Neighbouring lines of one kind share an element. */
function renderBlock(lines: readonly DocumentLine[], isDiff: boolean): Html {
  const runs: { kind: DocumentLine['kind']; texts: string[] }[] = [];
  for (const { kind, text } of lines) {
    const last = runs.at(-1);
    const shown = isDiff && kind !== 'gap' && kind !== 'note' ? DIFF_MARKS[kind] + text : text;
    if (last?.kind === kind) last.texts.push(shown);
    else runs.push({ kind, texts: [shown] });
  }
  return html`<pre dir="auto">${runs.map(({ kind, texts }) => renderRun(kind, `${texts.join('\n')}\n`))}</pre>`;
}

function renderRun(kind: DocumentLine['kind'], text: string): Html {
  if (kind === 'added') return html`<ins>${text}</ins>`;
  if (kind === 'removed') return html`<del>${text}</del>`;
  if (kind === 'gap') return html`<span class="gap">⋮\n</span>`;
  if (kind === 'note') return html`<span class="note">${text}</span>`;
  return html`<span>${text}</span>`;
}
