import { type Call, errorOf, resultOf } from '../../history/calls.ts';
import type { ShortPaths } from '../../history/comparison/short-paths.ts';
import { pluralize } from '../../text/wording.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { measureFor } from '../text/text-width.ts';
import type { DiffReport } from './types.ts';

/** Failed calls of each conversation that are listed. The last ones are, because they lead to the end. */
const MAX_FAILED = 3;

/** The last failed calls of each conversation, with their errors. */
export async function failedText({ sides }: DiffReport, style: Style): Promise<string> {
  const { chalk } = style;
  const counts = sides.map(({ failed }) => failed.length);
  if (counts.every((count) => count === 0)) return '';
  const title = `failed calls: ${counts[0]} in a, ${counts[1]} in b`;
  const lines = await Promise.all(
    sides.map(async ({ failed, paths }, at) => {
      const paint = at === 0 ? chalk.red : chalk.green;
      const shown = failed.slice(-MAX_FAILED);
      const rows = await Promise.all(shown.map((call) => failedLines(call, paths, style)));
      const left = failed.length - shown.length;
      const before = left > 0 ? [`${pluralize(left, 'earlier one')}`] : [];
      return [...before, ...rows.flat()].map((line) => `  ${paint('ab'[at] ?? '')} ${line}\n`);
    }),
  );
  return `${chalk.bold(title)}\n${lines.flat().join('')}`;
}

/** Columns before the text of a line. */
const INDENT = 4;

/** What was called, and on a line of its own the error. */
async function failedLines(
  call: Call,
  { shorten }: ShortPaths,
  { chalk, columns }: Style,
): Promise<string[]> {
  const error = errorOf(call);
  const what = `#${call.action.slot.index} ${resultOf(call)} ${previewLine(shorten(call.subject.description))}`;
  const texts = error === undefined ? [what] : [what, `    ${previewLine(shorten(error))}`];
  const measure = await measureFor(texts.join(''));
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - INDENT;
  return texts
    .map((text) => measure.fit(text, room))
    .map((text, at) => (at === 0 ? text : chalk.dim(text)));
}
