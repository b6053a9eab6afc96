/*
 * What a value looks like, whatever its name: a placeholder, a path, code, a random string. Each of
 * these functions examines only the beginning of a value, so a value of a megabyte costs no more.
 */

/** How much of a value is examined to decide what it is. */
export const MAX_EXAMINED_CHARS = 128;

const examinedPart = (value: string) => value.slice(0, MAX_EXAMINED_CHARS);

/**
 * Matches a whole value that is a placeholder: `****`, `xxxx`, `<token>`, `[REDACTED]`, `%TOKEN%`,
 * `$TOKEN`, `your-api-key`, `changeme`.
 */
const PLACEHOLDER =
  /^(?:([*xX.•…_#?-])\1*|<.*>|\[[^\]]*\]|%\w+%|\$(?:[A-Z_][A-Z\d_]*|[a-z_]+)|(?:your|insert|enter|replace)[-_ ]?[\w-]*(?:here|me|key|token|password|secret)|changeme|placeholder|example)$/s;
/**
 * Matches a part of a value that was left out (`***`, `…`, `...`) or will be filled in (`%s`,
 * `${TOKEN}`, `$(cat key)`, `{{ token }}`, `{token}`).
 */
const PLACEHOLDER_PART =
  /%[sdv]\b|\*{3}|•{3}|…|\.{3}|\$\{|\$\(|\{\{|\{[A-Za-z_][\w.()[\]'"-]{0,80}\}/;
/** Matches a word that is there for want of a value (`null`, `unset`), as a type, or as a name. */
const KEYWORD =
  /^(?:null|none|nil|undefined|true|false|yes|no|on|off|nan|n\/a|na|empty|unset|unknown|missing|redacted|masked|hidden|required|optional|enabled|disabled|default|string|str|text|bytes|number|int|integer|float|bool|boolean|object|any|dict|list|array|void|never|self|this|type|value|password|passwd|secret|token|key|apikey|api_key|secretstr|input|prompt|stdin|env|file)$/i;

/** Whether a value stands for a secret that is not there: masked, a template, empty, a type. */
export function isMasked(value: string): boolean {
  const head = examinedPart(value).trim();
  return head === '' || PLACEHOLDER.test(head) || KEYWORD.test(head) || PLACEHOLDER_PART.test(head);
}

/** Matches the name of a variable that holds a secret, where a value is expected: `GITHUB_TOKEN`. */
const VARIABLE_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

export const isVariableName = (value: string) => VARIABLE_NAME.test(value);

/** Matches a hash or its beginning: 7 to 12, 32, 40 or 64 hexadecimal digits, or `sha256:…`. */
const HASH = /^(?:[\da-f]{7,12}|[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|sha\d+[:-].*)$/i;

export const isHash = (value: string) => HASH.test(examinedPart(value));

/** Matches the beginning of a path: `/`, `./`, `../`, `~/`, `C:\`. */
const PATH_START = /^(?:[A-Za-z]:)?(?:~|\.{1,2})?[\\/]/;
/** Matches a path under a folder that systems have: `/home/`, `/workspace/`. */
const SYSTEM_PATH =
  /^\/(?:app|bin|data|dev|etc|home|lib|mnt|opt|private|proc|root|run|srv|sys|tmp|Users|usr|var|workspace)\//;

/** Whether a value is a path, rather than base64 that begins with a slash. */
export function isPath(value: string): boolean {
  const head = examinedPart(value);
  if (!PATH_START.test(head)) return false;
  return SYSTEM_PATH.test(head) || !head.split(/[\\/]/).some((part) => looksRandom(part));
}

/** The fewest characters of a value that looks random without help from its name. */
const MIN_RANDOM_CHARS = 16;
/** The fewest where the value is known to be a secret, or to be the whole field or word. */
const MIN_DISTINCTIVE_CHARS = 12;
/** The fewest for a part between two dots to be a token rather than a name in code. */
const MIN_RANDOM_CODE_CHARS = 24;
/** How many changes between kinds of characters a random value has at least. */
const MIN_RANDOM_CHANGES = 3;

/** Matches a value of characters that tokens and passwords consist of, without spaces or quotes. */
const TOKEN_CHARACTERS = /^[\w+/=.~!@#$%^&*:?-]+$/;
/** Matches a UUID: `0a1b2c3d-4e5f-4a1b-8c3d-0a1b2c3d4e5f`. */
const UUID = /^\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?$/i;
/** Matches a URL (`https://…`), an email address (`…@example.com`) and a date (`2026-01-01…`). */
const URL_EMAIL_OR_DATE = /^[a-z][\w+.-]*:\/\/|@[\w-]+\.\w+$|^\d{4}-\d\d-\d\d/i;
/**
 * Matches where one kind of character follows another: from lower to upper case, and from a letter to
 * a digit and back. From upper to lower case does not count, because every title has that.
 */
const CHANGE = /[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g;

/**
 * Whether a value looks randomly generated: long, with letters and digits that alternate often. In
 * names with versions and dates (`claude-sonnet-4-20250514`) they change only at the separators.
 */
export function looksRandom(value: string, minChars = MIN_RANDOM_CHARS): boolean {
  const head = examinedPart(value);
  if (head.length < minChars || !TOKEN_CHARACTERS.test(head)) return false;
  if (!/\d/.test(head) || !/[A-Za-z]/.test(head)) return false;
  if (UUID.test(head) || URL_EMAIL_OR_DATE.test(head) || head.startsWith('sha256')) return false;
  return (head.match(CHANGE)?.length ?? 0) >= MIN_RANDOM_CHANGES;
}

/** The fewest characters of letters alone that look random. */
const MIN_RANDOM_LETTERS = 12;
/** Matches where a lower-case letter is followed by a capital, as between the words of `camelCase`. */
const CAPITAL_AFTER_LOWER = /[a-z](?=[A-Z])/g;
/** Matches a run of capitals, or a single letter between two, as few words of names in code begin. */
const IRREGULAR_CAPITALS = /[A-Z]{2,}[a-z]|[A-Z][a-z](?=[A-Z])/g;
/** Names in code have fewer such places than this, for each letter. */
const MIN_CHANGES_PER_LETTER = 0.24;
/** Words have more vowels than this, for each letter. */
const MAX_RANDOM_VOWELS_PER_LETTER = 0.17;
/** The fewest letters whose vowels are counted. */
const MIN_COUNTED_LETTERS = 16;

/** Whether a value consists of letters that no words make: `hfWuBByReQMsmWczuWXF`. */
export function looksLikeRandomLetters(value: string): boolean {
  const head = examinedPart(value);
  if (head.length < MIN_RANDOM_LETTERS || !/^[A-Za-z]+$/.test(head)) return false;
  const count = (pattern: RegExp) => head.match(pattern)?.length ?? 0;
  const changes = count(CAPITAL_AFTER_LOWER);
  const irregular = count(IRREGULAR_CAPITALS);
  if (
    changes >= MIN_RANDOM_CHANGES &&
    (changes + irregular) / head.length > MIN_CHANGES_PER_LETTER
  ) {
    return true;
  }
  if (head.length < MIN_COUNTED_LETTERS) return false;
  return count(/[aeiouy]/gi) / head.length < MAX_RANDOM_VOWELS_PER_LETTER;
}

/** Whether a value that context suggests is a secret looks random enough to be one. */
export const isDistinctive = (value: string) =>
  looksRandom(value, MIN_DISTINCTIVE_CHARS) || looksLikeRandomLetters(value);

/** The fewest different signs of a value of several words that is no prose: `qKz& "<u' /jT`. */
const MIN_UNUSUAL_SIGNS = 3;
/** Matches a sign that labels and sentences seldom have. */
const UNUSUAL_SIGN = /[^\p{L}\p{N}\s.,:;()'-]/gu;

/** Whether a value with spaces is no label or sentence: it has letters that no words make, or many kinds of signs. */
export function isUnlikeProse(value: string): boolean {
  const head = examinedPart(value);
  if (head.split(/[^A-Za-z]+/).some(looksLikeRandomLetters)) return true;
  return new Set(head.match(UNUSUAL_SIGN)).size >= MIN_UNUSUAL_SIGNS && !isCode(head);
}

/** The fewest characters of a secret that is searched for elsewhere. */
const MIN_SEARCHED_CHARS = 7;
/** The fewest characters of several words that are searched for, as in `correct-horse-battery-staple`. */
const MIN_SEARCHED_WORDS_CHARS = 20;
/** Matches a value that many people use, with digits after it: `admin123`, `Password1!`, `localhost:8080`. */
const COMMON_VALUE =
  /^(?:admin(?:istrator)?|root|user(?:name)?|guest|test(?:ing|er|user|pass(?:word)?)?|demo|dummy|foo|bar|foobar|pass(?:word|wd)?|secret|token|api_?key|key|value|postgres(?:ql)?|mysql|redis|mongo(?:db)?|rabbitmq|python|sqlite|sha|utf|node|openssl|default|example|localhost|changeme|letmein|welcome|qwerty|abc|version|latest|release|build|ubuntu|debian|alpine)[-_.:@]?[\d.]{0,8}[!?.]?$/i;
export const isCommonValue = (value: string) => COMMON_VALUE.test(examinedPart(value));

/** Matches a number, also one with parts: `12345678`, `1.2.3`, `12:30:00`. */
const NUMBER = /^[\d.,:_-]+$/;

/**
 * Whether a value that is known to be a secret can be searched for elsewhere. A password such as `admin` or
 * `conversation` would also match ordinary text.
 */
export function isWorthSearching(value: string): boolean {
  const head = examinedPart(value);
  if (head.length < MIN_SEARCHED_CHARS || isMasked(head) || isVariableName(head)) return false;
  if (COMMON_VALUE.test(head) || NUMBER.test(head) || URL_EMAIL_OR_DATE.test(head)) return false;
  if (isPath(head)) return false;
  if (/[A-Za-z]/.test(head) && /\d/.test(head)) return true;
  if (looksLikeRandomLetters(head)) return true;
  if (/\s/.test(head)) return isUnlikeProse(head);
  if (/[!@#$%^&*+=?~]/.test(head)) return /[A-Za-z]{3}/.test(head) && !isCode(head);
  return head.length >= MIN_SEARCHED_WORDS_CHARS && head.split(/[-_.]/).length >= 4;
}

/** Matches an attribute: `row.token`, `this?.token`, `Config::TOKEN`. */
const ATTRIBUTE = /^[A-Za-z_$][\w$]*(?:(?:\?|!)?\.[A-Za-z_$][\w$]*|::[A-Za-z_]\w*)+$/;
/** Matches a call, an index or another expression: `get_token(`, `tokens[0`, `(a`, `await`. */
const EXPRESSION = /^(?:[([{!]|(?:new|await|not|lambda|async)$|[A-Za-z_$][\w$.:?!]*[([{])/;
/** Matches an attribute of what secrets are usually read from: `self.`, `os.`, `process.`. */
const USUAL_OBJECT =
  /^(?:self|this|cls|os|process|config|settings|options|args|opts|env|exports)\./;
/** Matches the scheme of a URL: `https://`. */
const URL_SCHEME = /^[a-z][\w+.-]*:\/\//i;

/** Whether a value without quotes is code (a call, an index, an attribute) or a URL, which has its own detector. */
export function isCode(value: string): boolean {
  const head = examinedPart(value);
  if (EXPRESSION.test(head) || URL_SCHEME.test(head)) return true;
  if (!ATTRIBUTE.test(head)) return false;
  // Names contain digits too. A part that is this long and random makes it a token with a dot.
  return (
    USUAL_OBJECT.test(head) ||
    !head.split('.').some((part) => looksRandom(part, MIN_RANDOM_CODE_CHARS))
  );
}

/** Matches one word of letters, as code and prose contain: `name`, `required.`. */
const PLAIN_WORD = /^[A-Za-z_$]+[.:!?]?$/;

export const isPlainWord = (value: string) => PLAIN_WORD.test(examinedPart(value));
