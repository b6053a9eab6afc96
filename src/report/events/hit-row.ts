import { MAX_CELL_WIDTH } from '../field-cell.ts';
import { fitMarked, paintMarks, wholeCharacters } from '../text/matches/excerpt.ts';
import type { Style } from '../text/style.ts';
import type { WideRow } from '../text/table.ts';
import * as measure from '../text/unicode-width.ts';
import type { Hit } from './hit.ts';
import { hitText, paintHit, showHit } from './hit-line.ts';

const { fit, widthOf } = measure;

/**
 * The row of an event that was found by its text, in a table of the usual columns.
 *
 * @param before cells before those of the tool and of the preview
 * @param mark stands before the preview
 * @param toolWidth most columns of the terminal for the tool; undefined if the table leaves it out
 */
export function hitRow(
  before: readonly string[],
  hit: Hit,
  mark: string,
  toolWidth: number | undefined,
  style: Style,
): WideRow {
  const tool = fitMarked(wholeCharacters(hit.tool, measure), toolWidth ?? 0, measure);
  const whole = wholeCell(hit, mark, tool.ranges.length);
  const withTool = (text: string) => (toolWidth === undefined ? [] : [text]);
  return {
    cells: [...before, ...withTool(tool.text), whole],
    within(widths) {
      const forTool = toolWidth === undefined ? 0 : (widths[before.length] ?? 0);
      const forPreview = widths.at(-1) ?? 0;
      const fitted = fitMarked(tool, forTool, measure);
      const isWhole = fitted.text === tool.text && widthOf(whole) <= forPreview;
      const room = isWhole ? MAX_CELL_WIDTH : forPreview;
      return [
        ...before.map((cell, at) => fit(cell, widths[at] ?? 0)),
        ...withTool(paintMarks(fitted, style)),
        paintCell(hit, mark, room, fitted.ranges.length, style),
      ];
    },
  };
}

/** The row of an event in a table of chosen fields. @param hits what matches in each of the fields, if anything does */
export function fieldsRow(
  cells: readonly string[],
  hits: readonly (Hit | undefined)[],
  style: Style,
): WideRow {
  const whole = cells.map((cell, at) => (hits[at] ? wholeCell(hits[at], '', 0) : cell));
  return {
    cells: whole,
    within: (widths) =>
      whole.map((cell, at) => {
        const [hit, width = 0] = [hits[at], widths[at]];
        if (!hit) return fit(cell, width);
        return paintCell(hit, '', widthOf(cell) <= width ? MAX_CELL_WIDTH : width, 0, style);
      }),
  };
}

function wholeCell(hit: Hit, mark: string, shownBefore: number): string {
  return mark + hitText(showCell(hit, MAX_CELL_WIDTH - widthOf(mark), shownBefore));
}

function paintCell(
  hit: Hit,
  mark: string,
  width: number,
  shownBefore: number,
  style: Style,
): string {
  const shownMark = fit(mark, width);
  const shown = showCell(hit, width - widthOf(shownMark), shownBefore);
  return style.chalk.dim(shownMark) + paintHit(shown, style);
}

function showCell(hit: Hit, room: number, shownBefore: number) {
  return showHit(hit, room, shownBefore, measure, true) ?? NOTHING;
}

const NOTHING = { label: '', text: { text: '', ranges: [] }, more: 0 };
