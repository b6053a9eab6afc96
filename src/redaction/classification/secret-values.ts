/**
 * What a value beside a name tells of itself. None of these look at more than a value's first
 * characters, so that they take no time on a megabyte.
 */

const LOOKED_AT = 128;

const MASKED =
  /^(?:([*xX.•…_#?-])\1*|<.*>|\[[^\]]*\]|%\w+%|\$(?:[A-Z_][A-Z\d_]*|[a-z_]+)|(?:your|insert|enter|replace)[-_ ]?[\w-]*(?:here|me|key|token|password|secret)|changeme|placeholder|example)$/s;
/** Stars and dots stand for what was left out; braces for what will be put in. */
const HAS_MASK = /%[sdv]\b|\*{3}|•{3}|…|\.{3}|\$\{|\$\(|\{\{|\{[A-Za-z_][\w.()[\]'"-]{0,80}\}/;
const KEYWORD =
  /^(?:null|none|nil|undefined|true|false|yes|no|on|off|nan|n\/a|na|empty|unset|unknown|missing|redacted|masked|hidden|required|optional|enabled|disabled|default|string|str|text|bytes|number|int|integer|float|bool|boolean|object|any|dict|list|array|void|never|self|this|type|value|password|passwd|secret|token|key|apikey|api_key|secretstr|input|prompt|stdin|env|file)$/i;

/** Whether a value stands for a secret that is not there: masked, a template, empty, a type. */
export function isMasked(value: string): boolean {
  const head = value.slice(0, LOOKED_AT).trim();
  return head === '' || MASKED.test(head) || KEYWORD.test(head) || HAS_MASK.test(head);
}

const UUID = /^\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?$/i;
const HASH = /^(?:[\da-f]{7,12}|[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|sha\d+[:-].*)$/i;
const PATH_START = /^(?:[A-Za-z]:)?(?:~|\.{1,2})?[\\/]/;
const ROOTS =
  /^\/(?:app|bin|data|dev|etc|home|lib|mnt|opt|private|proc|root|run|srv|sys|tmp|Users|usr|var|workspace)\//;

export const isHash = (value: string) => HASH.test(value.slice(0, LOOKED_AT));

export function isPath(value: string): boolean {
  const head = value.slice(0, LOOKED_AT);
  if (!PATH_START.test(head)) return false;
  return ROOTS.test(head) || !head.split(/[\\/]/).some((part) => looksRandom(part));
}

const CODED = /^[\w+/=.~!@#$%^&*:?-]+$/;
const NAMED = /^[a-z][\w+.-]*:\/\/|@[\w-]+\.\w+$|^\d{4}-\d\d-\d\d/i;

/**
 * Whether a value seems drawn by lot: long, of letters and digits that change places often. Names
 * with versions and dates in them (`claude-sonnet-4-20250514`) change only at their separators.
 */
export function looksRandom(value: string, shortest = 16): boolean {
  const head = value.slice(0, LOOKED_AT);
  if (head.length < shortest || !CODED.test(head)) return false;
  if (!/\d/.test(head) || !/[A-Za-z]/.test(head)) return false;
  if (UUID.test(head) || NAMED.test(head) || head.startsWith('sha256')) return false;
  // Lower to upper, letter to digit and back; not upper to lower, which every title has.
  const changes = head.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 3;
}

/** `GITHUB_TOKEN` where a value is due: the name of a variable that holds the secret. */
export const isVariableName = (value: string) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value);

const REFERENCE = /^[A-Za-z_$][\w$]*(?:(?:\?|!)?\.[A-Za-z_$][\w$]*|::[A-Za-z_]\w*)+$/;
const CALL = /^(?:[([{!]|(?:new|await|not|lambda|async)$|[A-Za-z_$][\w$.:?!]*[([{])/;
const OWNER = /^(?:self|this|cls|os|process|config|settings|options|args|opts|env|exports)\./;
const ADDRESS = /^[a-z][\w+.-]*:\/\//i;

/** Whether a value without quotes is code (a call, an index, an attribute) or a URL, which has rules of its own. */
export function isCode(value: string): boolean {
  const head = value.slice(0, LOOKED_AT);
  if (CALL.test(head) || ADDRESS.test(head)) return true;
  if (!REFERENCE.test(head)) return false;
  // Names may have digits in them; what is this long and mixed is a token with a dot.
  return OWNER.test(head) || !head.split('.').some((part) => looksRandom(part, 24));
}

/** One word of letters only, as prose and code are full of. */
export const isPlainWord = (value: string) =>
  /^[A-Za-z_$]+[.:!?]?$/.test(value.slice(0, LOOKED_AT));
