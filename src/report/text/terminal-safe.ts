/*
 * What a terminal must never get raw from an event: C0 and C1 controls, DEL, bidirectional marks,
 * overrides and isolates, line and paragraph separators, halves of surrogate pairs, and characters
 * that are made to be invisible (a byte order mark, tags). ZWJ and variation selectors make emoji,
 * and stay.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu;

function spelled(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A text as a terminal may show it: whatever could act on the terminal is spelled out. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, spelled);
}

/** The same on one line: runs of white space become a space. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\s+/g, ' ').trim());
}

/** The same over lines: line ends and tabs stay, whatever else could act on a terminal is spelled out. */
export function safeBlock(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => line.split('\t').map(safeText).join('\t'))
    .join('\n');
}

/** JSON as a terminal may show it: escaped the JSON way, so that its meaning is the same. */
export function safeJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    // Between tokens stands only white space, which is no danger.
    character === '\n' || character === '\r' || character === '\t'
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}
