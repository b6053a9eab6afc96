import { MAX_EXAMINED_CHARS } from '../classification/secret-values.ts';
import { endOfRun, runOf } from './pattern-search.ts';

/** A value as it appears in a text. */
export interface FoundValue {
  /** UTF-16 offsets in the text, without the quotes. */
  readonly start: number;
  readonly end: number;
  /** The value without its quotes; the first `MAX_EXAMINED_CHARS` of one that is not quoted. */
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * What ends a value that is not quoted. White space, quotes and backslashes always do. In code and
 * prose, punctuation does as well; in a line of a shell or of a file of variables it does not.
 */
export type ValueEnd = 'punctuation' | 'white space';

/** Matches `"`, `'` and a backtick, also with the backslashes of JSON in JSON: `\"`, `\\\"`. */
export const QUOTE = '\\\\{0,15}["\'`]';

/** Matches an opening quote: `"`, `'''`, `\"`, and with a string prefix of Python, `f"`. */
const OPENING_QUOTE = /[fFrRbBuU]{0,2}(\\{0,15}(?:"""|'''|["'`]))/y;

const VALUE_CHARACTER = {
  punctuation: String.raw`[^\s"'\`,;<>&|\\]`,
  'white space': String.raw`[^\s"'\`\\]`,
};
/** Matches the beginning of a value, enough of it to decide whether it is a secret. */
const VALUE_HEAD = {
  punctuation: new RegExp(`${VALUE_CHARACTER.punctuation}{0,${MAX_EXAMINED_CHARS}}`, 'y'),
  'white space': new RegExp(`${VALUE_CHARACTER['white space']}{0,${MAX_EXAMINED_CHARS}}`, 'y'),
};
/** Matches what may follow that beginning. */
const VALUE_REST = {
  punctuation: runOf(VALUE_CHARACTER.punctuation),
  'white space': runOf(VALUE_CHARACTER['white space']),
};

/** The value in quotes that begins at `at`; undefined if no quote opens there or its line does not close it. */
export function quotedValueAt(text: string, at: number): FoundValue | undefined {
  OPENING_QUOTE.lastIndex = at;
  const quote = OPENING_QUOTE.exec(text)?.[1];
  if (quote === undefined) return undefined;
  const start = OPENING_QUOTE.lastIndex;
  let end = text.indexOf(quote, start);
  // Skip escaped quotes. This stays linear over all values of a text: the skipped part lies before
  // the closing quote, so no other value with the same quotes begins in it.
  while (end > start && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  if (end === -1) return undefined;
  const value = text.slice(start, end);
  if (!quote.endsWith('"""') && !quote.endsWith("'''") && value.includes('\n')) return undefined;
  return { start, end, text: value, isQuoted: true };
}

/**
 * The value without quotes that begins at `at`. Both `text` and `end` stop after
 * `MAX_EXAMINED_CHARS`; `fullValueEnd` finds the real end.
 */
export function unquotedValueAt(
  text: string,
  at: number,
  endsAt: ValueEnd = 'punctuation',
): FoundValue {
  const head = VALUE_HEAD[endsAt];
  head.lastIndex = at;
  let value = head.exec(text)?.[0] ?? '';
  if (value.length < MAX_EXAMINED_CHARS) {
    // A closing bracket belongs to the text around the value, unless the value contains an opening one.
    if (!/[([{]/.test(value)) value = value.replace(/[)\]}]+[.,:!?]*$/, '');
    // So does the punctuation that ends a sentence.
    value = value.replace(/[.,:!?]+$/, '');
  }
  return { start: at, end: at + value.length, text: value, isQuoted: false };
}

/** Where a value ends, even if it is longer than `MAX_EXAMINED_CHARS`. */
export function fullValueEnd(
  text: string,
  value: FoundValue,
  endsAt: ValueEnd = 'punctuation',
): number {
  const isCut = !value.isQuoted && value.text.length >= MAX_EXAMINED_CHARS;
  return isCut ? endOfRun(text, value.end, VALUE_REST[endsAt]) : value.end;
}
