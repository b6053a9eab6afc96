/** What a field's, a variable's or a header's name says of its value. */
export interface Meaning {
  readonly rule: string;
  /**
   * `sure`: `password`, `api_key`, `GITHUB_TOKEN`. `weak`: `key`, `token` or `pass` alone, and keys of
   * unknown purpose; these words have other meanings, so that their values need to look like secrets.
   */
  readonly strength: 'sure' | 'weak';
}

const LONGEST = 128;
/** A marker in a name is not a word of it. */
const MARKER = /\[redacted:[a-z\d-]{1,40}\]/g;
/** `old_password`, `token2`, `SECRET_KEY_BASE`: what may follow the word that counts. */
const TRAILER = /^(?:\d{1,3}|old|new|base|value|confirm|confirmation|prod|production|staging|dev)$/;

const words = (name: string) =>
  name
    .replaceAll(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

const KEY_OF_SECRETS = new Set(
  'api app secret private access encryption decryption signing ssh master auth account subscription service deploy license storage shared client consumer jwt hmac crypt cipher webhook admin functions x'.split(
    ' ',
  ),
);
const OTHER_KEYS = new Set(
  'public cache primary foreign partition sort idempotency dedup object group routing host known'.split(
    ' ',
  ),
);
/** Of models and of pages: neither lets anybody in. */
const OTHER_TOKENS = new Set(
  'eos bos pad unk sep cls mask special stop page next continuation image turn per'.split(' '),
);

const sure = (rule: string): Meaning => ({ rule, strength: 'sure' });
const weak = (rule: string): Meaning => ({ rule, strength: 'weak' });

/** The same few names come again and again. */
const known = new Map<string, Meaning | undefined>();
const MOST_KNOWN = 2000;

/** Undefined for a name that promises no secret. */
export function meaningOf(name: string): Meaning | undefined {
  const short = name.slice(-LONGEST);
  if (known.has(short)) return known.get(short);
  if (known.size >= MOST_KNOWN) known.clear();
  const meaning = judge(short);
  known.set(short, meaning);
  return meaning;
}

function judge(name: string): Meaning | undefined {
  const all = words(name.replaceAll(MARKER, ' x '));
  while (all.length > 1 && TRAILER.test(all.at(-1) as string)) all.pop();
  const last = (all.at(-1) ?? '').replace(/\d{1,3}$/, '');
  const before = all.at(-2);
  if (/^(?:proxy)?authorization$/.test(last)) return sure('authorization');
  if (last === 'cookie') return sure('cookie');
  if (/(?:password|passwd|passphrase|passcode|pwd)$/.test(last)) return sure('password');
  if (last === 'pass') return before === undefined ? weak('password') : sure('password');
  if (/(?:secret|private|api)_?access_?key$/.test(all.join('_')))
    return sure(all.join('').includes('secret') ? 'aws-secret-key' : 'key');
  if (/secret$/.test(last)) return sure('secret');
  if (/^(?:credentials?|mnemonic)$/.test(last)) return weak('credential');
  if (/(?:api|secret|access|private|auth|account)key$/.test(last)) return sure('key');
  if (last === 'key') {
    if (before === undefined) return weak('key');
    if (OTHER_KEYS.has(before)) return undefined;
    return KEY_OF_SECRETS.has(before) ? sure('key') : weak('key');
  }
  if (last === 'token') {
    if (before === undefined) return weak('token');
    return OTHER_TOKENS.has(before) ? undefined : sure('token');
  }
  if (/token$/.test(last)) return sure('token');
  return undefined;
}

/** Whether a name is that of an object whose strings are secrets: `{"secrets": {"A": "…"}}`. */
export function holdsSecrets(name: string): boolean {
  const last = words(name.slice(-LONGEST)).at(-1) ?? '';
  return /^(?:secrets|passwords|credentials)$/.test(last);
}
