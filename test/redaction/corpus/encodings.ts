import type { Characters } from './random.ts';
import { type Sample, sample } from './samples.ts';

const bytes = (text: string) => [...new TextEncoder().encode(text)];
const base64 = (text: string) => btoa(String.fromCharCode(...bytes(text)));
const percent = (text: string) => encodeURIComponent(text).replace(/'/g, '%27');

/** Ways in which a secret can appear a second time, with nothing that names it. */
const ENCODINGS: Record<string, (secret: string) => string> = {
  plain: (s) => s,
  'base64, first place': (s) => base64(`${s} is it`),
  'base64, second place': (s) => base64(`x${s}, yes`),
  'base64, third place': (s) => base64(`xy${s}\n`),
  'base64 without padding': (s) => base64(`u:${s}`).replace(/=+$/, ''),
  'base64 for URLs': (s) => base64(`??>${s}`).replaceAll('+', '-').replaceAll('/', '_'),
  'base64 inside of binary data': (s) => base64(`\u0001\u0002\u0080${s}\u0000\u00ff`),
  percent: (s) => percent(s),
  'percent, lower case': (s) => percent(s).replace(/%../g, (code) => code.toLowerCase()),
  'percent, twice': (s) => encodeURIComponent(percent(s)),
  JSON: (s) => JSON.stringify({ a: s }),
  'JSON, twice': (s) => JSON.stringify(JSON.stringify({ a: s })),
  'hexadecimal digits': (s) =>
    bytes(s)
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  'hexadecimal capitals': (s) =>
    bytes(s)
      .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
      .join(''),
  'shell, in single quotes': (s) => `'${s.replaceAll("'", `'\\''`)}'`,
  'shell, with backslashes': (s) => s.replace(/[^\w@%+=:,./-]/g, (char) => `\\${char}`),
  XML: (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  'inside of a word': (s) => `x${s}y`,
  'inside of a URL': (s) => `https://h/${percent(s)}/x`,
};

/** A value that one event names, and that another event contains in some encoding. */
export const encodingSamples = (c: Characters): Sample[] =>
  Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
    ['', `&"<'é /`].map((signs) => {
      const secret = `${c.mixed(12)}${signs}${c.mixed(9)}`;
      const encoded = encode(secret);
      const first = JSON.stringify({ db_password: secret });
      const name = `${encoding}${signs ? ' of signs' : ''}`;
      // The event that names the secret comes last: it is replaced before that, too.
      return sample('encodings', name, [`It is ${encoded} here.`, first], encoded, secret);
    }),
  );
