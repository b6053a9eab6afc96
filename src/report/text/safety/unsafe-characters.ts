/*
 * What must not reach a terminal from foreign text, because it controls the terminal, is invisible, or hides or covers
 * what stands around it.
 */

/** Controls, line and paragraph separators, halves of surrogate pairs, noncharacters, and a blank that is a symbol. */
const NEVER = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u2800]`;

/** Characters of the category "format" that are visible: signs that stand around a number. */
const VISIBLE_FORMATS = String.raw`\u0600-\u0605\u06dd\u0890\u0891\u08e2\u{110bd}\u{110cd}`;
const JOINERS = String.raw`\u200c\u200d`;
const SELECTORS = String.raw`\ufe00-\ufe0f\u{e0100}-\u{e01ef}`;

/**
 * Invisible characters: soft hyphens, fillers, invisible operators, bidirectional marks and overrides, tags, interlinear
 * annotations, and all else that Unicode says to ignore.
 */
const INVISIBLE = String.raw`(?![${VISIBLE_FORMATS}${JOINERS}${SELECTORS}])[\p{Cf}\p{Default_Ignorable_Code_Point}]`;

/** Joiners stay where they have a purpose: within emoji, and between letters of scripts that are written joined. */
const EMOJI = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]`;
const JOINED_SCRIPTS =
  'Arab Syrc Nkoo Mand Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mymr Khmr Mong Tibt';
const JOINED = `(?![${JOINERS}])[${JOINED_SCRIPTS.split(' ')
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join('')}]`;
const JOINER = [
  String.raw`\u200d(?!(?<=${EMOJI}\u200d)\p{Extended_Pictographic}|(?<=${JOINED}\u200d)${JOINED})`,
  String.raw`\u200c(?!(?<=${JOINED}\u200c)${JOINED})`,
].join('|');

/** One variation selector stays after a character that has variants. More of them only carry hidden data. */
const HAS_EMOJI_VARIANT = String.raw`(?:(?![0-9#*])\p{Emoji}|[0-9#*](?=[\ufe0e\ufe0f]\u20e3))`;
const HAS_VARIANT = String.raw`[0\p{Sm}\p{So}\p{Ideographic}\u3000-\u30ff\p{Script_Extensions=Mymr}\p{Script_Extensions=Phag}]`;
const SELECTOR = [
  String.raw`(?<!${HAS_EMOJI_VARIANT})[\ufe0e\ufe0f]`,
  String.raw`(?<!${HAS_VARIANT})[\ufe00-\ufe0d]`,
  String.raw`(?<!\p{Ideographic})[\u{e0100}-\u{e01ef}]`,
].join('|');

/** More marks than any script puts on one character. Floods of them cover the lines around. */
const MAX_MARKS_PER_CHARACTER = 8;
/** Vowels and final consonants of Hangul that take no column of their own. A syllable has at most 4 of them. */
const HANGUL_PARTS = String.raw`[\u1160-\u11ff\ud7b0-\ud7fb]`;
/** A mark at the beginning would be put on what stands before the text. */
const FLOOD = [
  String.raw`(?<=\p{M}{${MAX_MARKS_PER_CHARACTER}})\p{M}`,
  `(?<=${HANGUL_PARTS}{4})${HANGUL_PARTS}`,
  String.raw`(?<!.)\p{M}`,
].join('|');

/** One character that must not reach a terminal. */
export const UNSAFE_CHARACTER = [NEVER, INVISIBLE, JOINER, SELECTOR, FLOOD].join('|');
