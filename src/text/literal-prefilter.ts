/*
 * A sieve finds, in the bytes of an event file, whether its visible text can hold a needle, without
 * parsing it. It may let through what does not match, and never keeps back what does.
 *
 * Part of the needle, the probe, is looked for as it stands in a JSON text. JSON can write any
 * character as `\uXXXX`, so a file with such an escape for a character of the probe is let through
 * too. Characters that JSON must or may write in another way (quotes, slashes, controls) are no part
 * of a probe, nor, where case is ignored, those that other characters turn into in lower case: `k`
 * from the Kelvin sign, `i` from a dotted capital, and letters beyond ASCII.
 */

/** Plain data, so that it can be handed to other threads. */
export interface LiteralPrefilter {
  /** In Latin-1: a character a byte. In lower case where case is ignored. */
  readonly probe: string;
  readonly ignoresCase: boolean;
  /** Codes of the probe's rarest character, in all cases, and where it stands. */
  readonly anchors: readonly number[];
  readonly anchorAt: number;
  /** The probe is of ASCII characters alone, so that only escapes of those can hide it. */
  readonly isAscii: boolean;
}

/** Rarest first, in English and in code; what is not among them is taken for rarer than `w`. */
const COMMON_CHARACTERS = 'wgypbv/:,.-_0123hkmcdulfsnraoite ';

/** The sieve for a needle; undefined where nothing of it can be looked for in bytes. */
export function makePrefilter(
  needle: string,
  caseSensitive: boolean,
): LiteralPrefilter | undefined {
  const folded = caseSensitive ? needle : needle.toLowerCase();
  const plain = /[ !#-.0-[\]-~]+/g;
  const separated = caseSensitive ? folded : folded.replaceAll(/[ik]/g, '"');
  const ascii = rarest(separated.match(plain) ?? []);
  if (ascii) {
    const anchorAt = rarestIn(ascii);
    const anchor = ascii[anchorAt] as string;
    const cases = caseSensitive ? [anchor] : new Set([anchor, anchor.toUpperCase()]);
    const anchors = Array.from(cases, (one) => one.charCodeAt(0));
    return { probe: ascii, ignoresCase: !caseSensitive, anchors, anchorAt, isAscii: true };
  }
  const other = longest(runs(folded, (c) => c > '\x7f' && (caseSensitive || isCaseless(c))));
  if (!other) return undefined;
  const probe = Buffer.from(other).toString('latin1');
  return { probe, ignoresCase: false, anchors: [], anchorAt: 0, isAscii: false };
}

/** What a sieve found in a file. */
export interface PrefilterResult {
  /** The file can hold the needles of all sieves. */
  readonly mayHold: boolean;
  /** Whether it writes printable ASCII as escapes, if that was looked for: it is worth remembering. */
  readonly escapes: boolean | undefined;
}

/** Where the anchor stands at more than one in so many characters, an expression takes less time. */
const BYTES_PER_ANCHOR_HIT = 64;

/** Puts a file's bytes through sieves. @param known whether it has escapes, from an earlier time */
export function applyPrefilters(
  prefilters: readonly LiteralPrefilter[],
  bytes: Buffer,
  known?: boolean,
): PrefilterResult {
  let escapes = known;
  const mayHold = prefilters.every((prefilter) => {
    if (holdsProbe(prefilter, bytes)) return true;
    if (!prefilter.isAscii) return bytes.includes('\\u');
    escapes ??= hasAsciiEscape(bytes);
    return escapes;
  });
  return { mayHold, escapes };
}

// On bytes: to make a text of each file would take twice as long as to look for one byte of it.
function holdsProbe(
  { probe, ignoresCase, anchors, anchorAt }: LiteralPrefilter,
  bytes: Buffer,
): boolean {
  if (!ignoresCase) return bytes.includes(probe, 0, 'latin1');
  let hits = bytes.length / BYTES_PER_ANCHOR_HIT;
  for (const anchor of anchors) {
    for (let at = bytes.indexOf(anchor); at >= 0; at = bytes.indexOf(anchor, at + 1)) {
      if (isAt(probe, bytes, at - anchorAt)) return true;
      if (--hits < 0) return expressionOf(probe).test(bytes.toString('latin1'));
    }
  }
  return false;
}

/** Whether the bytes hold the probe at a place, whatever the case of its letters. */
function isAt(probe: string, bytes: Buffer, start: number): boolean {
  if (start < 0) return false;
  for (let at = 0; at < probe.length; at++) {
    const code = bytes[start + at] ?? 0;
    const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (lower !== probe.charCodeAt(at)) return false;
  }
  return true;
}

let last: { probe: string; expression: RegExp } | undefined;

function expressionOf(probe: string): RegExp {
  if (last?.probe !== probe) {
    const escaped = probe.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    last = { probe, expression: new RegExp(escaped, 'i') };
  }
  return last.expression;
}

/** Whether a printable ASCII character is written as an escape. */
function hasAsciiEscape(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('\\u00'); at >= 0; at = bytes.indexOf('\\u00', at + 1)) {
    const digit = bytes[at + 4] ?? 0;
    if (digit >= 0x32 && digit <= 0x37) return true;
  }
  return false;
}

/** Whether no other character becomes this one in lower case. The test tries them all. */
function isCaseless(character: string): boolean {
  const isSame = character.toUpperCase() === character && character.toLowerCase() === character;
  return isSame && character !== '\u0307'; // the dot of İ in lower case
}

function* runs(text: string, belongs: (character: string) => boolean): Generator<string> {
  let run = '';
  for (const character of text) {
    if (belongs(character)) run += character;
    else if (run) {
      yield run;
      run = '';
    }
  }
  if (run) yield run;
}

function longest(texts: Iterable<string>): string | undefined {
  let found: string | undefined;
  for (const text of texts) if (text.length > (found?.length ?? 0)) found = text;
  return found;
}

/** The text with the rarest character; of several the longest. */
function rarest(texts: readonly string[]): string | undefined {
  const rank = (text: string) => rankOf(text, rarestIn(text));
  return texts.toSorted((a, b) => rank(a) - rank(b) || b.length - a.length)[0];
}

function rarestIn(probe: string): number {
  let rarest = 0;
  for (let at = 1; at < probe.length; at++) {
    if (rankOf(probe, at) < rankOf(probe, rarest)) rarest = at;
  }
  return rarest;
}

const rankOf = (probe: string, at: number) =>
  COMMON_CHARACTERS.indexOf((probe[at] as string).toLowerCase());
