import { type MarkedText, rewrite, sliceMarked } from '../../text/matching/marked-text.ts';
import { UNSAFE_CHARACTER } from './safety/unsafe-characters.ts';

/* The one place that makes text safe for a terminal. */

/** Most texts are plain, and need no closer look. */
const PLAIN = /^[\u0020-\u007e]*$/;
/** What this program itself sends to a terminal. Links hold no controls. */
const OWN = String.raw`[\n\t]|\u001b\[(?:\d|[239]\d)m|\u001b\]8;;[\u0020-\u007e]*\u001b\\`;
const PLAIN_OUTPUT = new RegExp(`^(?:[\\u0020-\\u007e]|${OWN})*$`);

let unsafe: RegExp | undefined;
let ownOrUnsafe: RegExp | undefined;
/*
 * Made when they are first needed: each takes milliseconds, because V8 looks up the properties of all characters.
 */
const unsafeCharacters = () => (unsafe ??= new RegExp(UNSAFE_CHARACTER, 'gu'));
/** What this program itself sends, as a group, and any character that is not safe. */
const ownOrUnsafeCharacters = () =>
  (ownOrUnsafe ??= new RegExp(`(${OWN})|${UNSAFE_CHARACTER}`, 'gu'));

/** A character as `\x1b`, `\u202e` or `\u{e0041}`. */
function spellOut(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A text that is safe to print on a terminal: characters that could control it, or hide something, are spelled out. */
export function safeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unsafeCharacters(), spellOut);
}

/** As `safeText`, on one line: each run of white space becomes one space. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\s+/g, ' ').trim());
}

/** As `safeText`, of a text with marks. */
export function safeMarkedText(marked: MarkedText): MarkedText {
  return PLAIN.test(marked.text) ? marked : rewrite(marked, unsafeCharacters(), spellOut);
}

/** As `safeLine`, of a text with marks. White space that is marked stays at the ends. */
export function safeMarkedLine(marked: MarkedText): MarkedText {
  const line = rewrite(marked, /\s+/g, () => ' ');
  const { text, ranges } = line;
  const isMarked = (at: number) => ranges.some(({ start, end }) => start <= at && at < end);
  const start = text.startsWith(' ') && !isMarked(0) ? 1 : 0;
  const isLastCut = text.endsWith(' ') && !isMarked(text.length - 1);
  return safeMarkedText(sliceMarked(line, start, text.length - (isLastCut ? 1 : 0)));
}

/** As `safeText`, but line ends and tabs stay. */
export function safeBlock(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => line.split('\t').map(safeText).join('\t'))
    .join('\n');
}

/** JSON that is safe to print on a terminal. Characters are escaped as in JSON strings, so its meaning is the same. */
export function safeJson(json: string): string {
  if (PLAIN.test(json)) return json;
  return json.replace(unsafeCharacters(), (character) =>
    // White space between tokens stays as it is.
    character === '\n' || character === '\r' || character === '\t'
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

/**
 * Whole output for a terminal, the program's own colours and links included. Reporters make foreign text safe already,
 * each in its way; here it is made sure of for everything that is printed.
 */
export function safeOutput(output: string): string {
  if (PLAIN_OUTPUT.test(output)) return output;
  return output.replace(
    ownOrUnsafeCharacters(),
    (character, own?: string) => own ?? spellOut(character),
  );
}
