import type { DiffLine } from '../../../history/sections/file-diff.ts';
import { plural } from '../../../text/counted.ts';
import { showNumber, showSize } from '../../text/amounts.ts';
import { type Html, html } from './escape.ts';

/** A line of a text or of a change. A note is the page's own word. */
interface Line {
  readonly is: DiffLine['is'] | 'note';
  readonly text: string;
}

/** UTF-16 units of a text that are kept from its start and its end where it is too long. */
const [START_KEPT, END_KEPT] = [70_000, 30_000];
/** What is not folded, in lines and UTF-16 units; and the lines around the fold. */
const [MOST_LINES, MOST_UNITS] = [32, 6_000];
const [FIRST_LINES, LAST_LINES] = [12, 8];

/** Without the empty lines at the end. */
export function linesOf(text: string): Line[] {
  const lines = text.split(/\r\n|\n/);
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => ({ is: 'same', text: line }));
}

/** Lines, those in the middle folded where they are many. */
export function renderLines(all: readonly Line[], isDiff: boolean, isWhole: boolean): Html {
  const lines = isWhole ? all : cut(all);
  const block = (some: readonly Line[]) => renderRuns(some, isDiff);
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
function extentOf(lines: readonly Line[]): string {
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  const count = lines.length === 1 ? '1 line' : `${showNumber(lines.length)} lines`;
  return `${count}, ${showSize(bytes)}`;
}

function unitsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + text.length + 1, 0);
}

/** The start and the end of what is too long, with a note of how much is left out. */
function cut(lines: readonly Line[]): readonly Line[] {
  const units = unitsOf(lines);
  if (units <= START_KEPT + END_KEPT) return lines;
  const start = taken(lines, START_KEPT, (text, room) =>
    text.slice(0, room).replace(/[\ud800-\udbff]$/, ''),
  );
  const end = taken(lines.toReversed(), END_KEPT, (text, room) =>
    text.slice(-room).replace(/^[\udc00-\udfff]/, ''),
  ).reverse();
  const left = units - unitsOf(start) - unitsOf(end);
  const note = `${plural(left, 'character').replace(/\d+/, showNumber(left))} left out here; export --full keeps them`;
  return [...start, { is: 'note', text: note }, ...end];
}

/** Lines up to so many units; of the one in which they end, a part. */
function taken(
  lines: readonly Line[],
  units: number,
  part: (text: string, room: number) => string,
): Line[] {
  const some: Line[] = [];
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

const MARKS = { in: '+', out: '-', same: ' ' } as const;

/** Lines as they are, those of one sort that follow each other in one element. */
function renderRuns(lines: readonly Line[], isDiff: boolean): Html {
  const runs: { is: Line['is']; texts: string[] }[] = [];
  for (const { is, text } of lines) {
    const last = runs.at(-1);
    const shown = isDiff && is !== 'gap' && is !== 'note' ? MARKS[is] + text : text;
    if (last?.is === is) last.texts.push(shown);
    else runs.push({ is, texts: [shown] });
  }
  return html`<pre dir="auto">${runs.map(({ is, texts }) => renderRun(is, `${texts.join('\n')}\n`))}</pre>`;
}

function renderRun(is: Line['is'], text: string): Html {
  if (is === 'in') return html`<ins>${text}</ins>`;
  if (is === 'out') return html`<del>${text}</del>`;
  if (is === 'gap') return html`<span class="gap">⋮\n</span>`;
  if (is === 'note') return html`<span class="note">${text}</span>`;
  return html`<span>${text}</span>`;
}
