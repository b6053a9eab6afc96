import { type Call, errorOf, resultOf } from '../../history/calls.ts';
import { pluralize } from '../../text/wording.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { alignedText, looksSame, OTHER_ARGUMENTS } from './aligned-text.ts';
import { failedText } from './failed-text.ts';
import { filesText } from './files-text.ts';
import { summaryText } from './summary-text.ts';
import type { DiffReport } from './types.ts';

/** Where two conversations diverge, what differs in numbers, files and failures, and their calls side by side. */
export async function diffText(report: DiffReport, style: Style): Promise<string> {
  const { isSame, unknown, isSummary } = report;
  const not = isSame === undefined ? 'not certain: ' : 'not known: ';
  const notes = unknown.map((what) => `${style.chalk.yellow(`${not}${safeText(what)}`)}\n`);
  const paragraphs = [
    `${await divergenceText(report, style)}${notes.join('')}`,
    await summaryText(report, style),
    await filesText(report, style),
    await failedText(report, style),
    isSummary ? '' : await alignedText(report, style),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n');
}

async function divergenceText(
  { divergence, isSame, sides }: DiffReport,
  style: Style,
): Promise<string> {
  const { common, calls, answers } = divergence;
  const { chalk } = style;
  const thoughts = sides.some((side) => side.thoughts > 0) ? ' (thoughts are not compared)' : '';
  const same = `the same ${pluralize(common, 'call')} with the same answers${thoughts}`;
  if (isSame) return `${chalk.green(same)}\n`;
  const parts: string[] = [];
  if (!answers && calls.every((call) => !call)) {
    return isSame === undefined
      ? `${same}, as far as they can be read\n`
      : `${same}; other things differ\n`;
  }
  if (answers) {
    parts.push(chalk.bold('the first answers that differ'));
    parts.push(await rowsOf(answers, style, answerOf));
  }
  const [a, b] = calls;
  if (a || b) {
    const where =
      common === 0
        ? 'they diverge at the first call'
        : `they diverge after ${pluralize(common, 'call')}${thoughts}`;
    parts.push(chalk.bold(where));
    const other = looksSame({ a, b, isSame: false }, sides) ? OTHER_ARGUMENTS : '';
    const about = (call: Call, at: number) =>
      `${described(call, sides[at])}${at === 1 ? other : ''}`;
    const ended = (at: number) => `(ended after ${pluralize(comparedCalls(sides[at]), 'call')})`;
    parts.push(await rowsOf(calls, style, about, ended));
  }
  return `${parts.map((part) => part.trimEnd()).join('\n')}\n`;
}

/** How many calls of a side are compared. */
function comparedCalls(side: DiffReport['sides'][number] | undefined): number {
  return side ? side.calls - side.thoughts : 0;
}

/** A call, as the list of calls below shows it. */
function described({ subject }: Call, side: DiffReport['sides'][number] | undefined): string {
  return side?.paths.shorten(subject.description) ?? subject.description;
}

/** The text of an answer; for a failed call, its error. */
function answerOf(call: Call): string {
  return errorOf(call) ?? call.answer?.description ?? '';
}

function rowsOf(
  pair: readonly (Call | undefined)[],
  style: Style,
  about: (call: Call, at: number) => string,
  ended: (at: number) => string = () => '',
): Promise<string> {
  const { chalk } = style;
  const rows = pair.map((call, at): Cell[] => [
    { text: `  ${'ab'[at]}`, paint: at === 0 ? chalk.red : chalk.green },
    { text: call ? `#${call.action.slot.index}` : '', paint: chalk.dim },
    { text: safeText(call?.subject.entry.tool ?? ''), paint: chalk.cyan },
    { text: call ? resultOf(call) : '' },
    { text: call ? previewLine(about(call, at)) : ended(at) },
  ]);
  return renderColumns(
    [{}, { align: 'right' }, { maxWidth: 14 }, { maxWidth: 10 }, {}],
    rows,
    style,
  );
}
