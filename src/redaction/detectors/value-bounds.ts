import { endOfRun, runOf } from '../rewriting/ranges.ts';

/** A value as it stands in a text: its place without its quotes, and what it is, or its beginning. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A quote, perhaps with the backslashes of the JSON or the shell that it stands in, and Python's prefixes. */
const OPEN = /[fFrRbBuU]{0,2}(\\{0,15}(?:"""|'''|["'`]))/y;
/** How much of a bare value is looked at to decide. The rest of its run is replaced with it. */
const LOOKED_AT = 128;
const NARROW = String.raw`[^\s"'\`,;<>&|\\]`;
/** A value in a shell's line or a file of variables ends at white space alone. */
const WIDE = String.raw`[^\s"'\`\\]`;
const RUN = { narrow: runOf(NARROW), wide: runOf(WIDE) };
const HEAD = {
  narrow: new RegExp(`${NARROW}{0,${LOOKED_AT}}`, 'y'),
  wide: new RegExp(`${WIDE}{0,${LOOKED_AT}}`, 'y'),
};

/** The value in quotes at a place; undefined where there is none, or its end is not on its line. */
export function quotedAt(text: string, at: number): Value | undefined {
  OPEN.lastIndex = at;
  const quote = OPEN.exec(text)?.[1];
  if (quote === undefined) return undefined;
  const start = OPEN.lastIndex;
  let end = text.indexOf(quote, start);
  // Not one that is itself escaped. Whatever is passed over here lies before the closing quote, and
  // no other value with these quotes begins in it: all values together are passed over but once.
  while (end > start && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  if (end === -1) return undefined;
  const value = text.slice(start, end);
  if (!quote.endsWith('"""') && !quote.endsWith("'''") && value.includes('\n')) return undefined;
  return { start, end, text: value, isQuoted: true };
}

/** The value without quotes at a place. Its `text` may be cut: `wholeEnd` has its end. */
export function bareAt(text: string, at: number, width: 'narrow' | 'wide' = 'narrow'): Value {
  const head = HEAD[width];
  head.lastIndex = at;
  let value = head.exec(text)?.[0] ?? '';
  // Brackets and stops around a value are not its own, unless it has the opening ones.
  if (value.length < LOOKED_AT) {
    if (!/[([{]/.test(value)) value = value.replace(/[)\]}]+[.,:!?]*$/, '');
    value = value.replace(/[.,:!?]+$/, '');
  }
  return { start: at, end: at + value.length, text: value, isQuoted: false };
}

/** Where a value ends that `bareAt` may have cut. */
export function wholeEnd(text: string, value: Value, width: 'narrow' | 'wide' = 'narrow'): number {
  const isCut = !value.isQuoted && value.text.length >= LOOKED_AT;
  return isCut ? endOfRun(text, value.end, RUN[width]) : value.end;
}
