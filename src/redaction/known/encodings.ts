import { encodedPair } from '../classification/encoded-pairs.ts';
import { textOfBase64, toBase64, utf8Bytes } from '../search/base64.ts';

/** A form in which a secret can appear. */
export interface EncodedForm {
  readonly text: string;
  /** Whether the form can be in the middle of a longer run of the same encoding. */
  readonly isInner: boolean;
  /** Whether it is base64, whose neighbours hold bits of the secret. */
  readonly isBase64: boolean;
}

/** The fewest characters of a form that is searched for. */
const MIN_FORM_CHARS = 7;

/** The forms in which a secret is searched for, besides the plain one. */
export function encodedForms(secret: string): EncodedForm[] {
  const bytes = utf8Bytes(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const inner = [hex, hex.toUpperCase()];
  const outer = [
    ...percentForms(secret),
    ...jsonForms(secret),
    ...shellForms(secret),
    ...markupForms(secret),
  ];
  const form = (text: string, isInner: boolean, isBase64 = false) => ({ text, isInner, isBase64 });
  const forms = [
    ...base64Forms(bytes).map((text) => form(text, true, true)),
    ...inner.map((text) => form(text, true)),
    ...outer.map((text) => form(text, false)),
  ];
  const seen = new Set([secret]);
  return forms.filter(({ text }) => {
    if (text.length < MIN_FORM_CHARS || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/**
 * The characters of base64 that a text determines, for each of the three places in a group of bytes at which it can
 * begin, and in both alphabets.
 */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((shifted.length * 8) / 6);
    const standard = toBase64(shifted).slice(first, last);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function percentForms(secret: string): string[] {
  // Half of a surrogate pair can't be encoded.
  const encoded = encodeURIComponent(secret.toWellFormed());
  const strict = encoded.replace(/[!'()*]/g, (char) => `%${hexOf(char)}`);
  const form = strict.replaceAll('%20', '+');
  const lower = [encoded, strict].map((text) =>
    text.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  );
  return [encoded, strict, form, ...lower, encodeURIComponent(strict)];
}

const hexOf = (char: string) => char.charCodeAt(0).toString(16).toUpperCase();

function jsonForms(secret: string): string[] {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  // Some writers escape every character that is not ASCII, some the slash.
  const ascii = (text: string) =>
    text.replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const once = escaped(secret);
  const forms = [once, ascii(once), once.replaceAll('/', '\\/')];
  return [...forms, ...forms.map(escaped), escaped(escaped(once))];
}

function shellForms(secret: string): string[] {
  return [
    secret.replaceAll("'", `'\\''`),
    secret.replaceAll("'", `'"'"'`),
    secret.replace(/[^\w@%+=:,./-]/g, (char) => `\\${char}`),
    secret.replace(/["$`\\]/g, (char) => `\\${char}`),
  ];
}

function markupForms(secret: string): string[] {
  const escaped = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return [escaped, escaped.replaceAll("'", '&#39;'), escaped.replaceAll("'", '&#x27;')];
}

/** What a secret that was found in encoded form stands for: `user:password` in base64 also gives the password. */
export function decodedForms(secret: string): string[] {
  const forms: string[] = [];
  const text = secret.length >= MIN_FORM_CHARS ? textOfBase64(secret) : undefined;
  if (text !== undefined) forms.push(text);
  const pair = encodedPair(secret);
  if (pair) forms.push(pair.password);
  if (/%[\da-f]{2}/i.test(secret)) {
    try {
      forms.push(decodeURIComponent(secret));
    } catch {
      // A percent sign of the secret itself: it is not encoded.
    }
  }
  if (secret.includes('\\')) forms.push(secret.replace(/\\(["'\\/])/g, '$1'));
  return forms;
}
