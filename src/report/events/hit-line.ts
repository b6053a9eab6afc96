import type { MarkedText } from '../../text/matching/marked-text.ts';
import { excerpt, fitMarked, paintMarks, wholeCharacters } from '../text/matches/excerpt.ts';
import type { Style } from '../text/style.ts';
import type { TextMeasure } from '../text/text-width.ts';
import { type Hit, MAX_PIPED_EXCERPT_WIDTH } from './hit.ts';

/** What a line shows of an event that was found by its text. */
export interface ShownHit {
  /** Name of the field that the text is from; empty if it is one that the description shows. */
  readonly label: string;
  readonly text: MarkedText;
  /** How many matches the line does not show. */
  readonly more: number;
}

/** With less room, a line leaves out other columns before it shows an excerpt. This and the next are columns of the terminal. */
const MIN_ROOM = 24;
/** The whole name of a field is shown only if this much remains for the text. */
const MIN_TEXT_AFTER_NAME = 24;
/** A match need not be shown any further. */
const MAX_MATCH_WIDTH = 20;
const ELLIPSES_WIDTH = 2;

/**
 * What a line shows of a hit: the description if it shows a match within the room, else an excerpt of the first match.
 *
 * @param room columns for it; undefined if the output is not cut
 * @param shownBefore how many matches stand before it on the line
 * @param isLastTry show as much as fits, even if the room is small
 * @returns undefined if the room is too small
 */
export function showHit(
  hit: Hit,
  room: number | undefined,
  shownBefore: number,
  measure: TextMeasure,
  isLastTry = false,
): ShownHit | undefined {
  const left = hit.matches - shownBefore;
  const inPreview = showPreview(hit, room, left, measure);
  if (inPreview || !hit.excerpt || (!isLastTry && room !== undefined && room < MIN_ROOM)) {
    return inPreview;
  }
  const around = wholeCharacters(hit.excerpt, measure);
  const [first = { start: 0, end: 0 }] = around.ranges;
  const match = around.text.slice(first.start, first.end);
  const needed = Math.min(MAX_MATCH_WIDTH, measure.widthOf(match)) + ELLIPSES_WIDTH;
  const all = room ?? MAX_PIPED_EXCERPT_WIDTH;
  // Where there is hardly any room, the match is worth more than the number of others.
  const hasMore = all - widthOfMore(left - 1) >= needed;
  const space = hasMore ? all - widthOfMore(left - 1) : all;
  const label = fittingLabel(hit.excerpt.label, space, needed, measure);
  if (label === undefined && !isLastTry) return undefined;
  const width = measure.widthOf(labelText(label ?? ''));
  const text = excerpt(around, space - width, measure);
  return { label: label ?? '', text, more: hasMore ? left - text.ranges.length : 0 };
}

/** The description, if it shows a match, or if no other match has to be shown. */
function showPreview(
  { preview, excerpt }: Hit,
  room: number | undefined,
  left: number,
  measure: TextMeasure,
): ShownHit | undefined {
  const whole = wholeCharacters(preview, measure);
  if (room === undefined && whole.ranges.length > 0) {
    return { label: '', text: whole, more: left - whole.ranges.length };
  }
  const fitted = (width: number): ShownHit => {
    const text = room === undefined ? whole : fitMarked(whole, width, measure);
    return { label: '', text, more: left - text.ranges.length };
  };
  if (left <= 0 || !excerpt) return (room ?? 0) < 0 ? undefined : fitted(room ?? 0);
  for (const reserved of [0, widthOfMore(left - 1)]) {
    const shown = fitted((room ?? 0) - reserved);
    const [first] = whole.ranges;
    const isShown = first !== undefined && shown.text.ranges[0]?.end === first.end;
    if (!isShown) return undefined;
    if (shown.more === 0 || reserved > 0) return shown;
  }
  return undefined;
}

/** The name of a field as far as it fits: whole, its last part, or nothing. Undefined if not even a match fits. */
function fittingLabel(
  name: string,
  space: number,
  needed: number,
  { widthOf }: TextMeasure,
): string | undefined {
  const rest = (label: string) => space - widthOf(labelText(label));
  if (rest(name) >= Math.max(needed, MIN_TEXT_AFTER_NAME)) return name;
  const lastTwo = lastParts(name, 2);
  if (rest(lastTwo) >= Math.max(needed, MIN_TEXT_AFTER_NAME / 2)) return lastTwo;
  const last = lastParts(name, 1);
  if (rest(last) >= needed) return last;
  return name === '' && space >= needed ? '' : undefined;
}

/** `…thought.text` of `action.thought.text`: the last parts say most. */
function lastParts(name: string, count: number): string {
  const parts = name.split('.');
  return parts.length <= count ? name : `…${parts.slice(-count).join('.')}`;
}

/** What is printed of a hit, without colours. */
export function hitText({ label, text, more }: ShownHit): string {
  return labelText(label) + text.text + moreText(more);
}

/** What is printed of a hit, with colours. @param paintRest colours the text that is no match */
export function paintHit(
  { label, text, more }: ShownHit,
  style: Style,
  paintRest?: (text: string) => string,
): string {
  const { dim } = style.chalk;
  return dim(labelText(label)) + paintMarks(text, style, paintRest) + dim(moreText(more));
}

/** How the name of a field is printed. */
function labelText(label: string): string {
  return label === '' ? '' : `${label}: `;
}

/** More matches are counted no further. It is far below MAX_FOUND_MATCHES, because a line shows some of those. */
const MAX_COUNTED = 9_999;

/** How the number of further matches is printed: `+3`, or `+9999+` for more than can be counted. */
function moreText(more: number): string {
  if (more > MAX_COUNTED) return ` +${MAX_COUNTED}+`;
  return more > 0 ? ` +${more}` : '';
}

const widthOfMore = (more: number) => moreText(more).length;
