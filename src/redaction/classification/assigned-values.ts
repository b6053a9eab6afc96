import { isEncodedPair } from './encoded-pairs.ts';
import type { NameMeaning } from './secret-names.ts';
import {
  isCode,
  isDistinctive,
  isHash,
  isMasked,
  isPath,
  isPlainWord,
  isUnlikeProse,
  isVariableName,
  isWorthSearching,
  looksLikeRandomLetters,
  looksRandom,
} from './secret-values.ts';

/** A value beside a name: `password=…`, `"token": "…"`, `--api-key …`. */
export interface AssignedValue {
  /** The value without its quotes, or its beginning. */
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * What an assignment is part of: the settings of a connection, the arguments of a call, a statement such as
 * `ENV NAME value`, a sentence, a row of a table.
 */
export type AssignmentPlace = 'connection' | 'call' | 'statement' | 'prose' | 'table';

/** What surrounds the value. */
export interface AssignmentSite {
  readonly name: string;
  readonly meaning: NameMeaning;
  /** The operator between name and value, with its spaces: ` = `, `: `; empty after a flag or a tag. */
  readonly operator: string;
  /** Whether the name is a flag or a tag: `--token …`, `<token>…`. */
  readonly isFlag: boolean;
  /** Whether a variable is set, as in a shell: `GITHUB_TOKEN=…`. */
  readonly isVariable: boolean;
  readonly isNameQuoted: boolean;
  /** Whether the assignment is alone on its line, as in a file of settings. */
  readonly isAloneOnLine: boolean;
  /** Undefined for an assignment of any other kind. */
  readonly place?: AssignmentPlace | undefined;
}

/** True: a secret. False: no secret. Undefined: the next test decides. */
type Decision = boolean | undefined;

interface SecretTest {
  readonly name: string;
  readonly decide: (value: AssignedValue, site: AssignmentSite) => Decision;
}

const secretIf = (condition: boolean): Decision => (condition ? true : undefined);
const noSecretIf = (condition: boolean): Decision => (condition ? false : undefined);

const isSameWord = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The fewest characters of a secret under a strong name. */
const MIN_SECRET_CHARS = 4;
/** The fewest of a secret that a flag or a variable with a weak name is given: `--token …`. */
const MIN_GIVEN_CHARS = 6;
/** A value of this many characters is longer than the name of a parser's token. */
const MIN_NO_TOKEN_KIND_CHARS = 30;
/** The fewest characters of a key in hexadecimal digits. */
const MIN_HEX_KEY_CHARS = 32;
/** How many words of a label are examined. */
const MAX_LABEL_WORDS = 20;

/** Matches a word that prose has after the name of a flag: "the --token flag", "--token is". */
const PROSE_WORD =
  /^(?:a|an|and|are|argument|arguments|as|at|but|by|can|cannot|does|flags?|for|from|has|if|in|instead|into|is|it|may|must|not|of|on|options?|or|parameters?|should|so|that|the|then|there|this|to|using|via|was|when|which|will|with|you|your)$/i;
/** Matches the next flag, `-v`, and a name for the value in a manual, `TOKEN`. */
const FLAG_OR_METAVARIABLE = /^-|^[A-Z_-]+$/;
/** Matches an address in memory, or another short number: `0x7ffe`. */
const HEX_NUMBER = /^0x[\da-f]{1,16}$/i;
/** Matches a number of JSON or prose: `1200`, `1.5`, `12,000`. */
const DECIMAL_NUMBER = /^[\d.,]+$/;
/** Matches the name of a header that is not standard: `X-Api-Key`. */
const EXTENSION_HEADER = /^x-/i;

/** The tests in the order in which they are asked. The first that does not return undefined decides. */
const SECRET_TESTS: readonly SecretTest[] = [
  // The secret itself is not there.
  { name: 'placeholder', decide: ({ text }) => noSecretIf(isMasked(text)) },
  // The secret is in an environment variable: api_key="OPENAI_API_KEY"
  { name: 'name of a variable', decide: ({ text }) => noSecretIf(isVariableName(text)) },
  // The secret is in a file: private_key=/home/user/.ssh/id_rsa
  { name: 'path', decide: ({ text }) => noSecretIf(isPath(text)) },
  // Arguments of the same name are passed on: login(password=password)
  { name: 'name itself', decide: ({ text }, site) => noSecretIf(isSameWord(text, site.name)) },
  // Code computes the secret: token = get_token()
  { name: 'code', decide: ({ text, isQuoted }) => noSecretIf(!isQuoted && isCode(text)) },
  // `key` and `token` have other meanings, so the value itself must look like a secret.
  { name: 'weak name', decide: decideUnderWeakName },
  // So few characters are more likely an ordinary value: auth_token=id
  { name: 'too short', decide: ({ text }) => noSecretIf(text.length < MIN_SECRET_CHARS) },
  // A label or a question to a user: "password": "Enter your password"
  { name: 'several words', decide: decideSeveralWords },
  // What a sentence or a table calls a password need not be one.
  { name: 'prose', decide: decideProse },
  // Next to a host and a user, every value of a password is one.
  { name: 'connection', decide: (_, site) => secretIf(site.place === 'connection') },
  // No words make such letters.
  { name: 'random letters', decide: ({ text }) => secretIf(looksLikeRandomLetters(text)) },
  // Quoted values are data, except where they name a kind of token or of key.
  { name: 'quoted', decide: decideQuoted },
  // A variable of a shell or of PHP: password=$password1
  { name: 'reference', decide: ({ text }) => noSecretIf(text.startsWith('$')) },
  // Debuggers and logs show addresses: token: 0x7ffe
  { name: 'hexadecimal number', decide: ({ text }) => noSecretIf(HEX_NUMBER.test(text)) },
  // JSON has numbers as values, and tokens are counted; but a password may be a number.
  { name: 'decimal number', decide: decideNumber },
  // A flag is followed by its argument, except in prose and manuals.
  { name: 'flag', decide: decideAfterFlag },
  // A variable that is set in a shell is given a literal value.
  { name: 'variable', decide: (_, site) => secretIf(site.isVariable) },
  // Digits and punctuation make it neither prose nor the name of a variable in code.
  { name: 'more than letters', decide: ({ text }) => secretIf(!isPlainWord(text)) },
  // In a file of settings a single word is the value; with spaces around `=` it may be code.
  {
    name: 'line of settings',
    decide: (_, site) => secretIf(site.isAloneOnLine && !/^\s+=/.test(site.operator)),
  },
  // A header that is not standard and has a strong name contains a secret.
  { name: 'header', decide: (_, site) => secretIf(EXTENSION_HEADER.test(site.name)) },
  // What is left is a single word in prose or code: password: string
  { name: 'single word', decide: () => false },
];

function decideUnderWeakName({ text }: AssignedValue, site: AssignmentSite): Decision {
  const { rule, strength } = site.meaning;
  if (strength === 'strong') return undefined;
  if (rule === 'auth') return isEncodedPair(text) || isDistinctive(text);
  // ADAFRUIT_KEY=89fd46ad…: a variable that is named like a key is not set to a hash.
  const isKeyVariable = rule === 'key' && site.isVariable && /.[_-]KEY$/.test(site.name);
  if (isKeyVariable && text.length >= MIN_HEX_KEY_CHARS && isHash(text)) return true;
  const isGiven =
    rule !== 'key' && rule !== 'session' && (site.isFlag || (site.isVariable && /\d/.test(text)));
  if (isGiven && text.length >= MIN_GIVEN_CHARS) return undefined;
  // `pass: …` beside a user, or alone on a line of settings.
  const isPlaced = site.place === 'connection' || site.isAloneOnLine;
  if (rule === 'password' && isPlaced && isWorthSearching(text)) return undefined;
  if (rule !== 'key' && isDistinctive(text)) return true;
  return looksRandom(text) && !(rule === 'key' && isHash(text));
}

/** Matches a word of a label or a message, rather than of a passphrase. */
const LABEL_WORD =
  /\b(?:enter|please|must|invalid|required|incorrect|wrong|your|forgot|the|is|not|for|should|missing|optional|confirm|new|show|hide|reset|type|choose|at least|characters|field)\b/i;
/** A passphrase has no more words than this, except one that is a list of words by its name. */
const MAX_PHRASE_WORDS = 12;

function decideSeveralWords({ text }: AssignedValue, site: AssignmentSite): Decision {
  if (!/\s/.test(text)) return undefined;
  const words = text.split(/\s+/, MAX_LABEL_WORDS);
  if (words.some(isDistinctive) || isUnlikeProse(text)) return true;
  if (LABEL_WORD.test(text) || words.length > MAX_PHRASE_WORDS) return false;
  return site.isVariable || /phrase/i.test(site.name) || /\d/.test(text);
}

function decideProse({ text, isQuoted }: AssignedValue, site: AssignmentSite): Decision {
  if (site.place !== 'prose' && site.place !== 'table') return undefined;
  if (isDistinctive(text)) return true;
  const isPassword = site.meaning.rule === 'password' && isWorthSearching(text);
  return isPassword && (/\d/.test(text) || isQuoted) && !isCode(text);
}

function decideQuoted({ text, isQuoted }: AssignedValue, site: AssignmentSite): Decision {
  if (!isQuoted) return undefined;
  // token = "Identifier": a parser's token. secret = "signingKey": the kind of key, not the key.
  const isTokenKind =
    site.meaning.rule === 'token' && !/\d/.test(text) && text.length < MIN_NO_TOKEN_KIND_CHARS;
  return site.isFlag || !(isTokenKind || /[a-z]Key$/.test(text));
}

function decideNumber({ text }: AssignedValue, site: AssignmentSite): Decision {
  if (!DECIMAL_NUMBER.test(text)) return undefined;
  return site.meaning.rule === 'password' && !site.isNameQuoted;
}

function decideAfterFlag({ text }: AssignedValue, site: AssignmentSite): Decision {
  if (!site.isFlag) return undefined;
  return !FLAG_OR_METAVARIABLE.test(text) && !PROSE_WORD.test(text);
}

/** Whether a value is a secret, and the name of the test that decided. */
export function classifyAssigned(
  value: AssignedValue,
  site: AssignmentSite,
): { readonly isSecret: boolean; readonly decidedBy: string } {
  for (const { name, decide } of SECRET_TESTS) {
    const isSecret = decide(value, site);
    if (isSecret !== undefined) return { isSecret, decidedBy: name };
  }
  throw new Error('The last test always decides');
}
