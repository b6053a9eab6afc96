import { type InlineFile, replaceImages } from './inline-data.ts';
import { terminalText } from './terminal-output.ts';

/** Unicode's own character for an object in a text. Nobody searches for it. */
const OBJECT = '\ufffc';
/** Only such texts can differ from what a person reads: they contain control characters or characters beyond ASCII. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds control characters
const IS_SPECIAL = /[\r\b\u001b\u0080-\uffff]/;

/**
 * A text as a person reads it: as a terminal would have left it, with `\n` as the end of each line, in Unicode's
 * composed form (NFC), and without the base64 of images. Applied twice, it changes nothing more.
 *
 * @param mark what stands in the place of an image
 */
export function readableText(
  text: string,
  mark: (image: InlineFile) => string = () => OBJECT,
): string {
  const read = IS_SPECIAL.test(text) ? terminalText(text).normalize('NFC') : text;
  return replaceImages(read, mark);
}

/** A text to search for, in the form that `readableText` gives the texts of events. */
export function readableQuery(text: string): string {
  return text.replace(/\r\n/g, '\n').normalize('NFC');
}
