/*
 * Images and other files that stand inside a text: as a data URL, or as the base64 of an image without a data URL. They
 * are not text for people.
 */

import { formatSize } from './wording.ts';

/** Fewer characters could be a word, a path or a hash. In characters of base64. */
const MIN_IMAGE_CHARS = 40;

/** The first bytes of each image format, in base64 and in its URL-safe form. */
const IMAGE_STARTS: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGg[o-r]',
  'image/jpeg': '[/_]9j[/_]',
  'image/gif': 'R0lGOD[dl]h',
  'image/webp': 'UklGR[g-v][\\w+/-]{5}XRUJQ',
};
const STARTS = Object.values(IMAGE_STARTS).join('|');
const CHAR = String.raw`[\w+/-]`;
/** Base64 in lines of equal length, as the `base64` command writes it. */
const WRAPPED = String.raw`(?=${CHAR}{60,76}\r?\n)(?:${STARTS})${CHAR}*(?:\r?\n${CHAR}{60,76}(?![^\r\n]))*(?:\r?\n(?:${CHAR}{4}){0,18}(?:${CHAR}{4}|${CHAR}{3}=|${CHAR}{2}==)(?![^\r\n]))?`;
const BASE64 = `(?:${STARTS})${CHAR}*={0,2}`;
const DATA_URL_START = String.raw`data:[\w.+/-]{0,100}(?:;[^,;\s]{0,100}){0,10},`;
const IMAGE = new RegExp(`(?:${DATA_URL_START}|(?<!${CHAR}))(${WRAPPED}|${BASE64})`, 'g');
const MAY_CONTAIN_IMAGE = new RegExp(STARTS);
const DATA_URL = /^data:([^;,\s]{0,100})((?:;[^,;\s]{0,100}){0,10}),(\S*)$/i;

/** A file that stands in a text. */
export interface InlineFile {
  /** MIME type, such as `image/png`. For an image, its first bytes decide. */
  readonly type: string;
  readonly bytes: number;
  /** The file as a data URL. */
  readonly url: string;
}

/** A file that makes up the whole of a string, most of the time an image. It stands for the string in a readable event. */
export class StoredFile {
  readonly #file: InlineFile;

  constructor(file: InlineFile) {
    this.#file = file;
  }

  get file(): InlineFile {
    return this.#file;
  }

  toString(): string {
    return `[${nameFile(this.#file)}]`;
  }
}

/** `image/png, 70 B`. */
export function nameFile({ type, bytes }: InlineFile): string {
  return `${type}, ${formatSize(bytes)}`;
}

/** The file that makes up the whole of a text; undefined if the text is anything else. */
export function inlineFile(text: string): InlineFile | undefined {
  const trimmed = text.trim();
  const dataUrl = DATA_URL.exec(trimmed);
  const [, declared = '', parameters = '', data = ''] = dataUrl ?? [];
  const isBase64 = /;base64$/i.test(parameters);
  const image = wholeImage(isBase64 ? data : trimmed);
  if (image || !dataUrl) return image;
  const bytes = isBase64 ? base64Bytes(data) : data.replace(/%[\da-f]{2}/gi, ' ').length;
  return { type: declared.toLowerCase() || 'text/plain', bytes, url: trimmed };
}

/** The image that makes up the whole of a text. */
function wholeImage(text: string): InlineFile | undefined {
  if (!MAY_CONTAIN_IMAGE.test(text.slice(0, MIN_IMAGE_CHARS))) return undefined;
  const [match] = text.matchAll(IMAGE);
  return match && match[0] === text && match.index === 0 ? imageOf(match[1] as string) : undefined;
}

function imageOf(base64: string): InlineFile | undefined {
  const data = base64.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (data.length < MIN_IMAGE_CHARS) return undefined;
  const [type] = Object.entries(IMAGE_STARTS).find(([, start]) =>
    new RegExp(`^${start}`).test(data),
  ) as [string, string];
  return { type, bytes: base64Bytes(data), url: `data:${type};base64,${data}` };
}

function base64Bytes(base64: string): number {
  return Math.floor((base64.replace(/[\s=]+/g, '').length * 3) / 4);
}

/** A text with each image in it replaced. @param mark what stands in the place of an image */
export function replaceImages(text: string, mark: (image: InlineFile) => string): string {
  if (text.length < MIN_IMAGE_CHARS || !MAY_CONTAIN_IMAGE.test(text)) return text;
  return text.replace(IMAGE, (whole, base64: string) => {
    const image = imageOf(base64);
    return image ? mark(image) : whole;
  });
}
