import type { DiffLine } from '../../../history/sections/file-diff.ts';
import { pluralize } from '../../../text/wording.ts';
import { formatNumber, formatSize } from '../../text/amounts.ts';
import { type Html, html } from './escape.ts';

/** A line of a text or of a change. A note is the page's own word. */
interface DocumentLine {
  readonly kind: DiffLine['kind'] | 'note';
  readonly text: string;
}

/** UTF-16 units of a text that are kept from its start and its end where it is too long. */
const [START_KEPT, END_KEPT] = [70_000, 30_000];
/** What is not folded, in lines and UTF-16 units; and the lines around the fold. */
const [MOST_LINES, MOST_UNITS] = [32, 6_000];
const [FIRST_LINES, LAST_LINES] = [12, 8];

/** Without the empty lines at the end. */
export function linesOf(text: string): DocumentLine[] {
  const lines = text.split(/\r\n|\n/);
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => ({ kind: 'context', text: line }));
}

/** Lines, those in the middle folded where they are many. */
export function renderLines(all: readonly DocumentLine[], isDiff: boolean, isWhole: boolean): Html {
  const lines = isWhole ? all : cut(all);
  const block = (some: readonly DocumentLine[]) => renderRuns(some, isDiff);
  if (lines.length <= MOST_LINES && unitsOf(lines) <= MOST_UNITS) return block(lines);
  const [first, last] = [lines.slice(0, FIRST_LINES), lines.slice(-LAST_LINES)];
  if (lines.length <= MOST_LINES || unitsOf(first) + unitsOf(last) > MOST_UNITS) {
    return html`<details><summary>${extentOf(all)}</summary>${block(lines)}</details>`;
  }
  const middle = lines.slice(FIRST_LINES, -LAST_LINES);
  const hidden = all.slice(FIRST_LINES, -LAST_LINES);
  return html`${block(first)}<details><summary>${extentOf(hidden)} more</summary>${block(middle)}</details>${block(last)}`;
}

/** `312 lines, 24.0 KiB`. */
function extentOf(lines: readonly DocumentLine[]): string {
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  const count = lines.length === 1 ? '1 line' : `${formatNumber(lines.length)} lines`;
  return `${count}, ${formatSize(bytes)}`;
}

function unitsOf(lines: readonly DocumentLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length + 1, 0);
}

/** The start and the end of what is too long, with a note of how much is left out. */
function cut(lines: readonly DocumentLine[]): readonly DocumentLine[] {
  const units = unitsOf(lines);
  if (units <= START_KEPT + END_KEPT) return lines;
  const start = taken(lines, START_KEPT, (text, room) =>
    text.slice(0, room).replace(/[\ud800-\udbff]$/, ''),
  );
  const end = taken(lines.toReversed(), END_KEPT, (text, room) =>
    text.slice(-room).replace(/^[\udc00-\udfff]/, ''),
  ).reverse();
  const left = units - unitsOf(start) - unitsOf(end);
  const note = `${pluralize(left, 'character').replace(/\d+/, formatNumber(left))} left out here; export --full keeps them`;
  return [...start, { kind: 'note', text: note }, ...end];
}

/** Lines up to so many units; of the one in which they end, a part. */
function taken(
  lines: readonly DocumentLine[],
  units: number,
  part: (text: string, room: number) => string,
): DocumentLine[] {
  const some: DocumentLine[] = [];
  let room = units;
  for (const line of lines) {
    if (line.text.length >= room) {
      if (room > 1) some.push({ ...line, text: part(line.text, room - 1) });
      break;
    }
    some.push(line);
    room -= line.text.length + 1;
  }
  return some;
}

const MARKS = { added: '+', removed: '-', context: ' ' } as const;

/** Lines as they are, those of one sort that follow each other in one element. */
function renderRuns(lines: readonly DocumentLine[], isDiff: boolean): Html {
  const runs: { kind: DocumentLine['kind']; texts: string[] }[] = [];
  for (const { kind, text } of lines) {
    const last = runs.at(-1);
    const shown = isDiff && kind !== 'gap' && kind !== 'note' ? MARKS[kind] + text : text;
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
