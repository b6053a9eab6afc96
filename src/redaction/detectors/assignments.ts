import {
  type AssignmentPlace,
  type AssignmentSite,
  classifyAssigned,
} from '../classification/assigned-values.ts';
import { meaningOfName } from '../classification/secret-names.ts';
import { isDistinctive } from '../classification/secret-values.ts';
import { isRuleOfMarker } from '../marker.ts';
import { findAfter } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';
import {
  type FoundValue,
  fullValueEnd,
  QUOTE,
  quotedValueAt,
  unquotedValueAt,
  type ValueEnd,
} from '../search/value-bounds.ts';
import { placeOf, wordsOnLine } from './assignment-places.ts';

/** Matches the last word of a secret's name, and what joins the name to the value. */
const NAME_AND_JOINT = new RegExp(
  [
    // password, passwd, pwd, secret, token, key, …
    '(?:(?:ssh)?pass(?:word|wd|phrase|code|wort)?|pwd?|secret|token|key|auth|credentials?|creds|mnemonic|pat|psk|jwt|bearer|salt|kennwort|contrase[nñ]a|senha|(?:sess(?:ion)?|s)id)s?',
    // token2, KEY_BASE, password-old, key-data
    String.raw`(?:[_-]?\d{1,3}|[_-]?(?:old|new|base|value|confirm(?:ation)?|prod(?:uction)?|staging|dev|data|plain|raw|string|(?:base|b)64|v\d{1,2})|[_-][a-z\d](?![a-z\d]))?`,
    // "token", headers["token"]
    String.raw`(?<nameQuote>${QUOTE})?\]?`,
    '(?:',
    // token=…, token: …, token := …, token => …, token: str = …, **Token:** …, | Token | … |
    String.raw`(?<operator>(?:\*\*|__)?[ \t]{0,8}(?::[ \t]{0,3}[A-Za-z_][\w.[\] |]{0,40}=(?![=>])|:=|=>|[|?+]{0,2}=(?!=)|:(?![:/])(?:\*\*|__)?(?:[ \t]{0,8}\r?\n[ \t]{1,40}(?=["']))?(?:[ \t]{1,4}!{1,2}\w{1,12}(?=[ \t]))?|\|)[ \t]{0,8})`,
    // "--token", "…", define('DB_PASSWORD', '…')
    String.raw`|(?<comma>,\s{1,20}|,)(?=${QUOTE})`,
    // the password is …
    '|(?<copula> (?:is|was)(?: now| set to)?:? )',
    // --token …, ENV DB_PASSWORD …
    '|(?<space> )(?=[^ ])',
    // <token>…
    '|(?<tagEnd>>)',
    ')',
  ].join(''),
  'gi',
);

/** How much of a name before its last word is examined. */
const MAX_NAME_CHARS = 64;
/** How much before a name is examined to see what it is part of. */
const MAX_LINE_START_CHARS = 40;
/** Matches the words of a name that spaces separate: the `AWS Secret Access ` of `AWS Secret Access Key: …`. */
const SPACED_WORDS =
  /(?:(?:aws|api|access|secret|private|auth|bearer|refresh|client|account) ){1,3}$/i;
/** Matches the words of any other name: the `github_` of `github_token`, the `--api-` of `--api-key`. */
const NAME_WORDS = /[\w.$-]*$/;
/** A type in code is no longer than this, unless spaces are around the `=` after it. */
const MAX_TYPE_CHARS = 16;
/** Matches the name of a variable, as a shell exports them: `GITHUB_TOKEN`. */
const VARIABLE = /^[A-Z][A-Z\d_]*$/;
/** Matches the beginning of a line, indented or as an element of a YAML list. */
const LINE_START = /(?:^|[\r\n])[ \t]*(?:- )?$/;
/** Matches a statement that a name and a value follow: `ENV `, `set -gx `, `aws configure set `. */
const SETTING_STATEMENT =
  /(?:#define|\b(?:ENV|ARG|setx|setenv|export|config set|configure set|config:set|npm set|git config(?: --\w+)?)|\bset -\w{1,3}) (?:\/\/\S{1,60}:)?$/;
/** Matches a call that a name and a value are given to: `define(`, `os.environ.setdefault(`, `fill(`. */
const SETTING_CALL =
  /\b(?:define|setenv|putenv|getenv|get|setdefault|setproperty|set|put|add|append|fill|type|field|param|header|config|insert)\w{0,12}\(\s{0,3}(?:[\w.$]{1,30},\s{0,3})?\\{0,8}["'`]#?$/i;

/** Values of names that suggest a secret: in code, settings, commands, and JSON inside a text. */
export function findAssigned(text: string): SecretRange[] {
  return findAfter(text, NAME_AND_JOINT, (matchedTo, match) => {
    const name = nameIn(text, match);
    if (!name) return undefined;
    const { valueAt, operator } = endOfOperator(match, matchedTo);
    const isVariable = operator === '=' && VARIABLE.test(name.text);
    const endsAt: ValueEnd = isVariable ? 'white space' : 'punctuation';
    const quoted = quotedValueAt(text, valueAt);
    const value =
      quoted ??
      wordsOnLine(text, valueAt, name) ??
      toLineEnd(text, name.start, unquotedValueAt(text, valueAt, endsAt));
    if (name.isTag && text[value.end] !== '<') return undefined;
    const site: AssignmentSite = {
      name: name.text,
      meaning: name.meaning,
      operator,
      isFlag: name.isFlag || name.isTag,
      isVariable,
      isNameQuoted: name.isQuoted,
      isAloneOnLine: isAloneOnLine(text, name.start, value),
      place: name.place ?? placeOf(text, name.start, value, operator),
    };
    if (!classifyAssigned(value, site).isSecret) return undefined;
    return {
      start: value.start,
      end: fullValueEnd(text, value, endsAt),
      rule: name.meaning.rule,
      shouldRemember: true,
    };
  });
}

/** Where the value begins: base64 that padding ends (`password: c2VjcmV0…=`) is no type (`password: str = …`). */
function endOfOperator(match: RegExpExecArray, matchedTo: number) {
  const operator = match.groups?.operator ?? '';
  const colon = /^[^:]*:[ \t]*(?=[A-Za-z_])/.exec(operator)?.[0];
  if (colon === undefined) return { operator, valueAt: matchedTo };
  const type = operator.slice(colon.length).replace(/[ \t=]+$/, '');
  const isType = !isDistinctive(type) && (/[ \t]=/.test(operator) || type.length <= MAX_TYPE_CHARS);
  if (isType) return { operator, valueAt: matchedTo };
  return { operator: colon, valueAt: matchedTo - operator.length + colon.length };
}

/** The name that a match ends; undefined if it does not suggest a secret or nothing joins it to a value. */
function nameIn(text: string, match: RegExpExecArray) {
  const { nameQuote, comma, space, tagEnd, copula } = match.groups as Record<
    string,
    string | undefined
  >;
  const words = wordsBefore(text, match.index);
  const start = match.index - words.length;
  const isFlag = words.startsWith('-');
  const isQuoted = nameQuote !== undefined;
  const isTag = tagEnd !== undefined;
  const before = text.slice(Math.max(0, start - MAX_LINE_START_CHARS), start);
  // A comma joins a flag to its argument in a list of strings, and a name to a value in a call.
  const isCall = comma !== undefined && isQuoted && SETTING_CALL.test(before);
  if (comma !== undefined && !(isFlag && isQuoted) && !isCall) return undefined;
  // A space joins a flag to its argument in a command, and a name to a value in some statements.
  const isStatement = space !== undefined && SETTING_STATEMENT.test(before);
  if (space !== undefined && !(isFlag && !isQuoted) && !isStatement) return undefined;
  if (isTag && text[start - 1] !== '<') return undefined;
  if (isRuleOfMarker(text, start)) return undefined;
  const lastWord = (/^[\wñ-]+/.exec(match[0]) as RegExpExecArray)[0];
  const meaning = meaningOfName(words + lastWord);
  // Headers have their own detector.
  if (!meaning || meaning.rule === 'authorization' || meaning.rule === 'cookie') return undefined;
  const place: AssignmentPlace | undefined = isCall
    ? 'call'
    : isStatement
      ? 'statement'
      : copula !== undefined
        ? 'prose'
        : undefined;
  return { text: words + lastWord, start, meaning, isFlag, isTag, isQuoted, place };
}

/** The words of a name before its last one, without the end of an escape or a colour in front of it. */
function wordsBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MAX_NAME_CHARS), at);
  const spaced = SPACED_WORDS.exec(before)?.[0];
  if (spaced !== undefined) return spaced;
  const words = NAME_WORDS.exec(before)?.[0] ?? '';
  const charBefore = before[before.length - words.length - 1];
  // The n of `\ntoken`, the 20 of `%20token`, the 31m of `ESC [31mtoken`.
  const isEscape = charBefore === '\\' && /^[nrt]/.test(words);
  const isPercentEncoded = charBefore === '%' && /^[\dA-F]{2}/i.test(words);
  const escapeLength = isEscape ? 1 : isPercentEncoded ? 2 : 0;
  return words.slice(escapeLength).replace(/^\d{1,3}m(?=\w)/, '');
}

function isAloneOnLine(text: string, nameStart: number, value: FoundValue): boolean {
  const after = text.slice(value.end, value.end + 1);
  return startsLine(text, nameStart) && /^(?:[\r\n]|$)/.test(after);
}

function startsLine(text: string, nameStart: number): boolean {
  return LINE_START.test(text.slice(Math.max(0, nameStart - MAX_LINE_START_CHARS), nameStart));
}

/** Matches the punctuation at the end of a line. */
const LAST_PUNCTUATION = /[.,:!?]{1,8}(?=[\r\n]|$)/y;

/** On a line of settings, the punctuation at its end is part of the value: `pass: hunter2!`. */
function toLineEnd(text: string, nameStart: number, value: FoundValue): FoundValue {
  if (value.text === '' || !startsLine(text, nameStart)) return value;
  LAST_PUNCTUATION.lastIndex = value.end;
  const rest = LAST_PUNCTUATION.exec(text)?.[0] ?? '';
  return { ...value, end: value.end + rest.length, text: value.text + rest };
}
