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
export interface Sieve {
  /** In Latin-1: a character a byte. In lower case where case is ignored. */
  readonly probe: string;
  readonly ignoresCase: boolean;
  /** Spellings of the probe's rarest character, and where it stands. */
  readonly anchors: readonly string[];
  readonly anchorAt: number;
  /** The probe is of ASCII characters alone, so that only escapes of those can hide it. */
  readonly isAscii: boolean;
}

/** Rarest first, in English and in code; what is not among them is taken for rarer than `w`. */
const COMMON = 'wgypbv/:,.-_0123hkmcdulfsnraoite ';

/** The sieve for a needle; undefined where nothing of it can be looked for in bytes. */
export function makeSieve(needle: string, caseSensitive: boolean): Sieve | undefined {
  const folded = caseSensitive ? needle : needle.toLowerCase();
  const plain = /[ !#-.0-[\]-~]+/g;
  const ascii = longest(
    caseSensitive ? folded.match(plain) : folded.replaceAll(/[ik]/g, '"').match(plain),
  );
  if (ascii) {
    const anchorAt = rarestIn(ascii);
    const anchor = ascii[anchorAt] as string;
    const anchors = caseSensitive ? [anchor] : [...new Set([anchor, anchor.toUpperCase()])];
    return { probe: ascii, ignoresCase: !caseSensitive, anchors, anchorAt, isAscii: true };
  }
  const other = longest(runs(folded, (c) => c > '\x7f' && (caseSensitive || isCaseless(c))));
  if (!other) return undefined;
  const probe = Buffer.from(other).toString('latin1');
  return { probe, ignoresCase: false, anchors: [probe], anchorAt: 0, isAscii: false };
}

/** Whether a file with these bytes can hold the needles of all sieves. */
export function mayHoldAll(sieves: readonly Sieve[], bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return sieves.every((sieve) => mayHold(sieve, text));
}

function mayHold(sieve: Sieve, bytes: string): boolean {
  return (
    holdsProbe(sieve, bytes) || (sieve.isAscii ? hasAsciiEscape(bytes) : bytes.includes('\\u'))
  );
}

/** Hits of the anchor after which an expression is cheaper than looking at each. */
const MANY = 200;

function holdsProbe({ probe, ignoresCase, anchors, anchorAt }: Sieve, bytes: string): boolean {
  if (!ignoresCase) return bytes.includes(probe);
  let hits = 0;
  for (const anchor of anchors) {
    for (let at = bytes.indexOf(anchor); at >= 0; at = bytes.indexOf(anchor, at + 1)) {
      if (isAt(probe, bytes, at - anchorAt)) return true;
      if (++hits > MANY) return expressionOf(probe).test(bytes);
    }
  }
  return false;
}

/** Whether the text holds the probe at a place, whatever the case of its letters. */
function isAt(probe: string, bytes: string, start: number): boolean {
  if (start < 0) return false;
  for (let at = 0; at < probe.length; at++) {
    const code = bytes.charCodeAt(start + at);
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
function hasAsciiEscape(bytes: string): boolean {
  for (let at = bytes.indexOf('\\u00'); at >= 0; at = bytes.indexOf('\\u00', at + 1)) {
    const digit = bytes.charCodeAt(at + 4);
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

function longest(texts: Iterable<string> | null): string | undefined {
  let found: string | undefined;
  for (const text of texts ?? []) if (text.length > (found?.length ?? 0)) found = text;
  return found;
}

function rarestIn(probe: string): number {
  let rarest = 0;
  for (let at = 1; at < probe.length; at++) {
    if (rankOf(probe, at) < rankOf(probe, rarest)) rarest = at;
  }
  return rarest;
}

const rankOf = (probe: string, at: number) => COMMON.indexOf((probe[at] as string).toLowerCase());
