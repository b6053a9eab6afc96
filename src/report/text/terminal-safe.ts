/*
 * Characters that must not reach a terminal from an event: C0 and C1 controls, DEL, bidirectional marks, overrides and
 * isolates, line and paragraph separators, halves of surrogate pairs, and invisible characters (a byte order mark,
 * tags). Zero-width joiners and variation selectors are allowed, because emoji need them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this expression finds control characters
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu;

/** A character as `\x1b`, `\u202e` or `\u{e0041}`. */
function spellOut(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A text that is safe to print on a terminal: characters that could control it are spelled out. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, spellOut);
}

/** As `safeText`, on one line: each run of white space becomes one space. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\s+/g, ' ').trim());
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
  return json.replace(UNSAFE, (character) =>
    // The white space between tokens is harmless.
    character === '\n' || character === '\r' || character === '\t'
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}
