import { type Call, hasFailed, resultOf } from '../../history/calls.ts';
import type { AlignedCalls } from '../../history/comparison/alignment.ts';
import { pluralize } from '../../text/wording.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { measureFor } from '../text/text-width.ts';
import type { DiffReport } from './types.ts';

/** On a narrower terminal, and on a pipe, the calls stand below each other. In columns of the terminal. */
const MIN_SIDE_BY_SIDE = 80;
/** Width of the mark between both sides, with its spaces. */
const MARK_COLUMNS = 3;

/** How two calls relate. */
type Mark = '=' | '!' | '~' | '<' | '>';

const LEGEND =
  '= same, ! same call with another answer, ~ similar call, < only in a, > only in b; without thoughts';

/** The calls of both conversations, in order. Calls that are the same in both, with their answers, are counted. */
export async function alignedText({ aligned }: DiffReport, style: Style): Promise<string> {
  const groups = grouped(aligned);
  if (groups.every(({ mark }) => mark === '=')) return '';
  const { chalk, columns } = style;
  const title = `${chalk.bold('calls')} ${chalk.dim(`(${LEGEND})`)}`;
  const isWide = columns !== undefined && columns >= MIN_SIDE_BY_SIDE;
  const text = groups.flatMap(({ pairs }) => pairs.flatMap(({ a, b }) => [textOf(a), textOf(b)]));
  const measure = await measureFor(text.join(''));
  const half = isWide ? Math.floor((columns - MARK_COLUMNS) / 2) : 0;
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - 2;
  const lines = groups.flatMap(({ mark, pairs }) => {
    if (mark === '=')
      return chalk.dim(`= ${pluralize(pairs.length, 'same call')}${rangeOf(pairs)}`);
    return pairs.flatMap(({ a, b }) => {
      const [left, right] = [textOf(a), textOf(b)];
      if (!isWide) {
        return [
          ...(a ? [chalk.red(measure.fit(`${b ? mark : '<'} ${left}`, room + 2))] : []),
          ...(b ? [chalk.green(measure.fit(`${a ? ' ' : '>'} ${right}`, room + 2))] : []),
        ];
      }
      const cut = measure.fit(left, half);
      const space = ' '.repeat(half - measure.widthOf(cut));
      return `${chalk.red(cut)}${space} ${chalk.yellow(mark)} ${chalk.green(measure.fit(right, half))}`;
    });
  });
  return `${title}\n${lines.map((line) => `${line.trimEnd()}\n`).join('')}`;
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
  return hasSameAnswer(a, b) ? '=' : '!';
}

/** Answers that are not known do not differ. */
function hasSameAnswer(a: Call, b: Call): boolean {
  if (a.outcome === 'unknown' || b.outcome === 'unknown') return true;
  return a.outcome === b.outcome && a.answer?.fields.fingerprint === b.answer?.fields.fingerprint;
}

function rangeOf(pairs: readonly AlignedCalls[]): string {
  const range = (calls: readonly (Call | undefined)[]) => {
    const indexes = calls.flatMap((call) => call?.action.slot.index ?? []);
    const [from, to] = [indexes[0], indexes.at(-1)];
    return from === to ? `#${from}` : `#${from}–#${to}`;
  };
  return ` (a ${range(pairs.map(({ a }) => a))}, b ${range(pairs.map(({ b }) => b))})`;
}

function textOf(call: Call | undefined): string {
  if (!call) return '';
  const result = hasFailed(call) || call.outcome !== 'ok' ? `${resultOf(call)} ` : '';
  return `#${call.action.slot.index} ${result}${previewLine(call.subject.description)}`;
}
