/*
 * Output that was written for a terminal contains more than its text: control sequences for colours, titles and links,
 * and carriage returns that write a line again (progress bars). This module gives the text that a terminal would have
 * left on the screen, line by line. Sequences that move the cursor to other lines are removed without effect.
 */

/** Introducers of control strings (OSC, DCS, SOS, PM, APC), as an escape sequence or as one C1 character. */
const STRING_START = String.raw`(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])`;
/** A control string with its end. It contains no other control character, so that searching for its end stays linear. */
const CONTROL_STRING = String.raw`${STRING_START}[^\u0000-\u0008\u000a-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)`;
/** A control sequence (CSI). Its end can be missing where a text was cut. */
const CONTROL_SEQUENCE = String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?`;
/** Any other escape sequence, the start of a control string without an end, or an escape that another one cancels. */
const OTHER = String.raw`\u001b[ -/]*[0-~]|\u001b(?=[\u001b\u0090\u0098\u009b\u009d-\u009f])|[\u0090\u0098\u009d-\u009f]`;
const SEQUENCES = new RegExp(`${CONTROL_STRING}|${CONTROL_SEQUENCE}|${OTHER}`, 'g');
const TOKENS = new RegExp(`${SEQUENCES.source}|\\p{M}|[^]`, 'gu');

/** The first character of every sequence above. */
const START = String.raw`[\u001b\u0090\u0098\u009b\u009d-\u009f]`;
const USES_TERMINAL = new RegExp(String.raw`${START}|[\r\b]`);
const MOVE_SOURCE = String.raw`(?:\u001b\[|\u009b)(\d*)([CDGK])`;
/** A move within a line: forward, back, to a column, or an erasure. */
const MOVE = new RegExp(`^${MOVE_SOURCE}$`);
const SEQUENCE_START = new RegExp(`^${START}`);
const REWRITES_LINE = new RegExp(String.raw`[\r\b]|${MOVE_SOURCE}`);
/** In a longer line, only the last rewrite counts: taking it apart would need too much memory. In UTF-16 units. */
const MAX_REWRITTEN_LINE_CHARS = 100_000;
/** A terminal is no wider: the cursor stops there. */
const MAX_COLUMN = 1_000;
/** Characters that take two cells: East Asian wide ones, and pictures. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
/** Stands in the second cell of a wide character. */
const SECOND_HALF = '';

/** The text that a terminal would have left. Other control characters stay: they have no effect on the text. */
export function terminalText(text: string): string {
  if (!USES_TERMINAL.test(text)) return text;
  if (!REWRITES_LINE.test(text)) return text.replace(SEQUENCES, '');
  return text.split('\n').map(terminalLine).join('\n');
}

function terminalLine(line: string): string {
  // A carriage return at the end of a line is part of the line end.
  const content = line.replace(/\r+$/, '');
  if (!REWRITES_LINE.test(content)) return content.replace(SEQUENCES, '');
  if (content.length > MAX_REWRITTEN_LINE_CHARS) {
    return content.slice(content.lastIndexOf('\r') + 1).replace(SEQUENCES, '');
  }
  const cells: string[] = [];
  let column = 0;
  for (const [token] of content.matchAll(TOKENS)) {
    const move = MOVE.exec(token);
    if (token === '\r') column = 0;
    else if (token === '\b') column = Math.max(0, column - 1);
    else if (move) column = moveCursor(cells, column, move[2] as string, move[1] as string);
    // Escapes without a sequence too: a rewrite could put them in front of the rest of one.
    else if (SEQUENCE_START.test(token)) continue;
    else if (column > 0 && /^\p{M}$/u.test(token)) addMark(cells, column - 1, token);
    else column = put(cells, column, token);
  }
  return cells.join('');
}

/** Writes a character. What remains of a wide character that it covers in part is blank. @returns the new column, from 0 */
function put(cells: string[], column: number, character: string): number {
  while (cells.length < column) cells.push(' ');
  const end = column + (WIDE.test(character) ? 2 : 1);
  if (cells[column] === SECOND_HALF) cells[column - 1] = ' ';
  if (cells[end] === SECOND_HALF) cells[end] = ' ';
  cells[column] = character;
  if (end > column + 1) cells[column + 1] = SECOND_HALF;
  return end;
}

/** Adds a combining mark to the character before the cursor. */
function addMark(cells: string[], column: number, mark: string): void {
  while (cells.length <= column) cells.push(' ');
  cells[column > 0 && cells[column] === SECOND_HALF ? column - 1 : column] += mark;
}

/** Applies a move or an erasure. @returns the new column, from 0 */
function moveCursor(cells: string[], column: number, command: string, digits: string): number {
  const steps = Math.max(1, Number(digits));
  switch (command) {
    case 'C':
      return Math.max(column, Math.min(MAX_COLUMN, column + steps));
    case 'D':
      return Math.max(0, column - steps);
    case 'G':
      return Math.min(Math.max(MAX_COLUMN, cells.length), steps - 1);
    default:
      if (digits === '1') cells.fill(' ', 0, column + 1);
      else cells.length = digits === '2' ? 0 : Math.min(cells.length, column);
      return column;
  }
}
