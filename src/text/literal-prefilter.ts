/*
 * Searching a conversation for a text would be slow if every event file had to be parsed. A prefilter looks at the
 * raw bytes of a file and decides whether the file can contain the text that is searched for (the needle). Files that
 * it rules out are not parsed. It may pass a file that does not match, because the parsed event is checked anyway. It
 * must never rule out a file that matches.
 *
 * The prefilter searches the bytes for a part of the needle, the probe. The probe must look the same in every JSON
 * file that contains the needle, so it leaves out:
 *
 * - Characters that JSON writes in different ways: quotes, backslashes, slashes and control characters.
 * - If case is ignored: characters that are the lower case of a character beyond ASCII, because the file can contain
 *   that character instead. These are `k` (the Kelvin sign) and `i` (a dotted capital I), and letters beyond ASCII.
 *
 * - Characters that Unicode's composed form (NFC) puts in the place of others: `K`, `;`, a backtick and many characters
 *   beyond ASCII. Texts are compared in that form.
 *
 * JSON can also write any character as `\uXXXX`. A file that contains such an escape, for a character that could
 * be in the probe, always passes. So does a file with control sequences, lone carriage returns or backspaces: a text is
 * compared as a terminal would show it, and the probe can be in what is shown but not in the bytes.
 *
 * A search that ignores case does not look for the whole probe, but for its rarest character (the anchor), in both
 * cases, and compares the rest of the probe at each hit.
 */

/** Plain data, so that it can be sent to worker threads. */
export interface LiteralPrefilter {
  /** The bytes to look for, as a Latin-1 string: one character per byte. In lower case if case is ignored. */
  readonly probe: string;
  readonly ignoresCase: boolean;
  /** The byte values of the anchor: in one case, or in both if case is ignored. */
  readonly anchorCodes: readonly number[];
  /** The anchor's position in the probe. */
  readonly anchorOffset: number;
  /** All characters of the probe are ASCII, so only escapes of ASCII characters can hide it. */
  readonly isAscii: boolean;
}

/** Common characters in English and in code, from the rarest to the most common. All others count as rarer. */
const COMMON_CHARACTERS = 'wgypbv/:,.-_0123hkmcdulfsnraoite ';

/** Makes the prefilter for a needle; undefined if no part of the needle can be a probe. */
export function makePrefilter(
  needle: string,
  caseSensitive: boolean,
): LiteralPrefilter | undefined {
  const folded = caseSensitive ? needle : needle.toLowerCase();
  // Printable ASCII without the quote, the slash, the backslash, the semicolon and the backtick.
  const plainRun = /[ !#-.0-:<-[\]-_a-~]+/g;
  // A quote splits the needle where a character can't be in the probe.
  const split = folded.replaceAll(caseSensitive ? /K/g : /[ik]/g, '"');
  const asciiProbe = rarestRun(split.match(plainRun) ?? []);
  if (asciiProbe) {
    const anchorOffset = rarestCharacter(asciiProbe);
    const anchor = asciiProbe[anchorOffset] as string;
    const cases = caseSensitive ? [anchor] : new Set([anchor, anchor.toUpperCase()]);
    return {
      probe: asciiProbe,
      ignoresCase: !caseSensitive,
      anchorCodes: Array.from(cases, (one) => one.charCodeAt(0)),
      anchorOffset,
      isAscii: true,
    };
  }
  const isStable = (character: string) =>
    character > '\x7f' && isComposed(character) && (caseSensitive || isCaseless(character));
  const other = longest(runs(folded, isStable));
  if (!other) return undefined;
  const probe = Buffer.from(other).toString('latin1');
  return { probe, ignoresCase: false, anchorCodes: [], anchorOffset: 0, isAscii: false };
}

/** What the prefilters found in a file. */
export interface PrefilterResult {
  /** The file can contain the needles of all prefilters. */
  readonly mayHold: boolean;
  /** Whether the file can show ASCII text that its bytes do not contain; undefined if that was not checked. Worth keeping. */
  readonly escapes: boolean | undefined;
}

/** Above one hit of the anchor per 64 bytes, a regular expression is faster. */
const BYTES_PER_ANCHOR_HIT = 64;

/**
 * Applies prefilters to the bytes of a file.
 *
 * @param known whether the file can show ASCII text that its bytes do not contain, if an earlier run has found out
 */
export function applyPrefilters(
  prefilters: readonly LiteralPrefilter[],
  bytes: Buffer,
  known?: boolean,
): PrefilterResult {
  let escapes = known;
  const mayHold = prefilters.every((prefilter) => {
    if (holdsProbe(prefilter, bytes)) return true;
    if (!prefilter.isAscii && (bytes.includes('\\u') || hasCompatibilityIdeograph(bytes)))
      return true;
    escapes ??= canHideAscii(bytes);
    return escapes;
  });
  return { mayHold, escapes };
}

/** Whether the bytes contain the probe. They are not decoded: that would take longer than the search itself. */
function holdsProbe(
  { probe, ignoresCase, anchorCodes, anchorOffset }: LiteralPrefilter,
  bytes: Buffer,
): boolean {
  if (!ignoresCase) return bytes.includes(probe, 0, 'latin1');
  let hitsLeft = bytes.length / BYTES_PER_ANCHOR_HIT;
  for (const anchor of anchorCodes) {
    for (let at = bytes.indexOf(anchor); at >= 0; at = bytes.indexOf(anchor, at + 1)) {
      if (isAt(probe, bytes, at - anchorOffset)) return true;
      if (--hitsLeft < 0) return expressionOf(probe).test(bytes.toString('latin1'));
    }
  }
  return false;
}

/** Whether the probe is at a position of the bytes, ignoring case. */
function isAt(probe: string, bytes: Buffer, start: number): boolean {
  if (start < 0) return false;
  for (let at = 0; at < probe.length; at++) {
    const code = bytes[start + at] ?? 0;
    const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (lower !== probe.charCodeAt(at)) return false;
  }
  return true;
}

let lastUsed: { probe: string; expression: RegExp } | undefined;

function expressionOf(probe: string): RegExp {
  if (lastUsed?.probe !== probe) {
    const escaped = probe.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    lastUsed = { probe, expression: new RegExp(escaped, 'i') };
  }
  return lastUsed.expression;
}

/** Whether a file can show ASCII text that its bytes do not contain as it is. */
function canHideAscii(bytes: Buffer): boolean {
  return hasHidingEscape(bytes) || bytes.includes('\\b') || hasLoneReturn(bytes) || hasC1(bytes);
}

/**
 * Whether a printable ASCII character (U+0020 to U+007F), or a control character that moves the cursor or begins a
 * control sequence, is written as an escape.
 */
function hasHidingEscape(bytes: Buffer): boolean {
  return someAt(bytes, '\\u00', (at) => {
    const digits = bytes.toString('latin1', at + 4, at + 6).toLowerCase();
    return /^(?:[2-79]|08|0d|1b)/.test(digits);
  });
}

function hasLoneReturn(bytes: Buffer): boolean {
  return someAt(bytes, '\\r', (at) => bytes.toString('latin1', at + 2, at + 4) !== '\\n');
}

/** Whether the bytes contain one of the C1 control characters that begin a control sequence or string, in UTF-8. */
function hasC1(bytes: Buffer): boolean {
  return someAt(bytes, 0xc2, (at) => isIn(bytes[at + 1], 0x90, 0x9f));
}

/**
 * Whether the bytes contain an ideograph that the composed form replaces by a common one: U+F900 to U+FAFF, or U+2F800
 * to U+2FFFF, in UTF-8.
 */
function hasCompatibilityIdeograph(bytes: Buffer): boolean {
  const isInFirstBlock = (at: number) => isIn(bytes[at + 1], 0xa4, 0xab);
  return someAt(bytes, 0xef, isInFirstBlock) || bytes.includes('\xf0\xaf', 0, 'latin1');
}

const isIn = (byte: number | undefined, from: number, to: number) =>
  byte !== undefined && byte >= from && byte <= to;

/** Whether something holds at one of the positions of a text or byte. */
function someAt(bytes: Buffer, what: string | number, holds: (at: number) => boolean): boolean {
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + 1)) {
    if (holds(at)) return true;
  }
  return false;
}

/** Other code points that the composed form (NFC) replaces, as ranges. A test tries all characters. */
const REPLACED_RANGES = [
  [0x340, 0x387],
  [0x958, 0x9df],
  [0xa33, 0xa5e],
  [0xb5c, 0xb5d],
  [0xf43, 0xfb9],
  [0x1f71, 0x2001],
  [0x2126, 0x212b],
  [0x2329, 0x232a],
  [0x2adc, 0x2adc],
  [0xfb1d, 0xfb4e],
  [0x1d15e, 0x1d1c0],
] as const;
let replacements: Set<string> | undefined;

/** Whether a character stands for itself in the composed form of any text, and for nothing else. */
function isComposed(character: string): boolean {
  if (character.normalize('NFD') !== character || /\p{M}/u.test(character)) return false;
  replacements ??= new Set(
    REPLACED_RANGES.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, at) => {
        const replaced = String.fromCodePoint(from + at);
        const composed = replaced.normalize('NFC');
        return composed === replaced ? [] : [...composed];
      }).flat(),
    ),
  );
  return !replacements.has(character);
}

/** Whether case does not affect this character: it is not the lower case of another. A test tries all characters. */
function isCaseless(character: string): boolean {
  const isSame = character.toUpperCase() === character && character.toLowerCase() === character;
  return isSame && character !== '\u0307'; // the dot of İ in lower case
}

/** The longest sequences of characters that all belong. */
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

/** The text that contains the rarest character. If there are several, the longest. */
function rarestRun(texts: readonly string[]): string | undefined {
  const rank = (text: string) => rankOf(text, rarestCharacter(text));
  return texts.toSorted((a, b) => rank(a) - rank(b) || b.length - a.length)[0];
}

/** The position of the rarest character. */
function rarestCharacter(probe: string): number {
  let rarest = 0;
  for (let at = 1; at < probe.length; at++) {
    if (rankOf(probe, at) < rankOf(probe, rarest)) rarest = at;
  }
  return rarest;
}

/** How common a character is; -1 for the rarest. */
const rankOf = (probe: string, at: number) =>
  COMMON_CHARACTERS.indexOf((probe[at] as string).toLowerCase());
