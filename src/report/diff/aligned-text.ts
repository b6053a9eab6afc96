import { type Call, hasFailed, resultOf } from '../../history/calls.ts';
import type { AlignedCalls } from '../../history/comparison/alignment.ts';
import { hasSameAnswer } from '../../history/comparison/divergence.ts';
import type { ShortPaths } from '../../history/comparison/short-paths.ts';
import { pluralize } from '../../text/wording.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { measureFor, type TextMeasure } from '../text/text-width.ts';
import { wrap } from '../text/wrap.ts';
import type { DiffReport } from './types.ts';

/** On a narrower terminal, and on a pipe, the calls stand below each other. In columns of the terminal. */
const MIN_SIDE_BY_SIDE = 80;
/** Width of the mark between both sides, with its spaces. */
const MARK_COLUMNS = 3;

/** How two calls relate. */
type Mark = '=' | '!' | '~' | '<' | '>';

const LEGEND = '= same, ! another answer, ~ similar call, < only in a, > only in b';
const CUT_SHORT =
  'they differ so much that not all similar calls were looked for: a call that is only in one here can be in both';

/** The calls of both conversations, in order. Calls that are the same in both, with their answers, are counted. */
export async function alignedText({ aligned, sides }: DiffReport, style: Style): Promise<string> {
  const [pathsA, pathsB] = [sides[0].paths, sides[1].paths];
  const groups = grouped(aligned.pairs);
  if (groups.every(({ mark }) => mark === '=')) return '';
  const { chalk, columns } = style;
  const shown = groups.flatMap(({ mark, pairs }) => (mark === '=' ? [] : pairs));
  const texts = new Map(
    shown.map((pair) => {
      const [a, b] = [textOf(pair.a, pathsA), textOf(pair.b, pathsB)];
      return [pair, [a, looksSame(pair, sides) ? `${b}${OTHER_ARGUMENTS}` : b] as const];
    }),
  );
  const measure = await measureFor([...texts.values()].flat().join(''));
  const linesOf = isWide(columns)
    ? sideBySide(columns, measure, style)
    : belowEachOther(columns, measure, style);
  const lines = groups.flatMap(({ mark, pairs }) => {
    if (mark !== '=') return pairs.flatMap((pair) => linesOf(mark, texts.get(pair) ?? ['', '']));
    return chalk.dim(`= ${pluralize(pairs.length, 'same call')}${rangeOf(pairs)}`);
  });
  const linesIn = (text: string, paint: (line: string) => string) =>
    wrap(text, style)
      .split('\n')
      .map((line) => paint(line));
  const cutShort = aligned.isCutShort ? linesIn(CUT_SHORT, chalk.yellow) : [];
  return [chalk.bold('calls'), ...linesIn(LEGEND, chalk.dim), ...cutShort, ...lines]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** The text of a conversation that has no such call is empty. */
type LinesOf = (mark: Mark, texts: readonly [a: string, b: string]) => string[];

const isWide = (columns: number | undefined): columns is number =>
  columns !== undefined && columns >= MIN_SIDE_BY_SIDE;

function sideBySide(columns: number, { fit, widthOf }: TextMeasure, { chalk }: Style): LinesOf {
  const half = Math.floor((columns - MARK_COLUMNS) / 2);
  return (mark, [a, b]) => {
    const left = fit(a, half);
    const space = ' '.repeat(half - widthOf(left));
    return [`${chalk.red(left)}${space} ${chalk.yellow(mark)} ${chalk.green(fit(b, half))}`];
  };
}

function belowEachOther(
  columns = Number.POSITIVE_INFINITY,
  { fit }: TextMeasure,
  { chalk }: Style,
): LinesOf {
  return (mark, [a, b]) => [
    ...(a ? [chalk.red(fit(`${mark} ${a}`, columns))] : []),
    ...(b ? [chalk.green(fit(`${a ? ' ' : mark} ${b}`, columns))] : []),
  ];
}

interface Group {
  readonly mark: Mark;
  readonly pairs: readonly AlignedCalls[];
}

/** Adjacent pairs with the same mark. */
function grouped(aligned: readonly AlignedCalls[]): Group[] {
  const groups: { mark: Mark; pairs: AlignedCalls[] }[] = [];
  for (const pair of aligned) {
    const mark = markOf(pair);
    const last = groups.at(-1);
    if (last?.mark === mark) last.pairs.push(pair);
    else groups.push({ mark, pairs: [pair] });
  }
  return groups;
}

function markOf({ a, b, isSame }: AlignedCalls): Mark {
  if (!a) return '>';
  if (!b) return '<';
  if (!isSame) return '~';
  // Answers that are not known do not differ.
  return hasSameAnswer(a, b) === false ? '!' : '=';
}

/** Of calls that look the same, something that a description leaves out is different: the text of an edit, or a range of lines. */
export const OTHER_ARGUMENTS = ' (other arguments)';

export function looksSame(
  { a, b, isSame }: AlignedCalls,
  [sideA, sideB]: DiffReport['sides'],
): boolean {
  if (!a || !b || isSame) return false;
  const shownBy = (call: Call, { shorten }: ShortPaths) =>
    previewLine(shorten(call.subject.description));
  return shownBy(a, sideA.paths) === shownBy(b, sideB.paths);
}

function rangeOf(pairs: readonly AlignedCalls[]): string {
  const range = (calls: readonly (Call | undefined)[]) => {
    const indexes = calls.flatMap((call) => call?.action.slot.index ?? []);
    const [from, to] = [indexes[0], indexes.at(-1)];
    return from === to ? `#${from}` : `#${from}–#${to}`;
  };
  return ` (a ${range(pairs.map(({ a }) => a))}, b ${range(pairs.map(({ b }) => b))})`;
}

function textOf(call: Call | undefined, { shorten }: ShortPaths): string {
  if (!call) return '';
  const result = hasFailed(call) || call.outcome !== 'ok' ? `${resultOf(call)} ` : '';
  return `#${call.action.slot.index} ${result}${previewLine(shorten(call.subject.description))}`;
}
