import { type AssignmentSite, classifyAssigned } from '../classification/assigned-values.ts';
import { meaningOfName } from '../classification/secret-names.ts';
import { isDistinctive } from '../classification/secret-values.ts';
import { isRuleOfMarker } from '../marker.ts';
import { findAfter } from './pattern-search.ts';
import type { SecretRange } from './secret-range.ts';
import {
  type FoundValue,
  fullValueEnd,
  QUOTE,
  quotedValueAt,
  unquotedValueAt,
  type ValueEnd,
} from './value-bounds.ts';

/** Matches the last word of a secret's name, and what joins the name to the value. */
const NAME_AND_JOINT = new RegExp(
  [
    // password, passwd, pwd, secret, token, key, …
    '(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|key|credentials?|mnemonic)',
    // token2, KEY_BASE, password-old
    String.raw`(?:[_-]?\d{1,3}|[_-](?:old|new|base|value|confirm(?:ation)?|prod(?:uction)?|staging|dev))?`,
    // "token", headers["token"]
    String.raw`(?<nameQuote>${QUOTE})?\]?`,
    '(?:',
    // token=…, token: …, token := …, token => …, token: str = …
    String.raw`(?<operator>[ \t]{0,8}(?::[ \t]{0,3}[A-Za-z_][\w.[\] |]{0,40}=(?![=>])|:=|=>|=(?!=)|:(?![:/]))[ \t]{0,8})`,
    // "--token", "…"
    String.raw`|(?<comma>,\s{1,20}|,)(?=${QUOTE})`,
    // --token …
    '|(?<space> )(?=[^ ])',
    // <token>…
    '|(?<tagEnd>>)',
    ')',
  ].join(''),
  'gi',
);

/** How much of a name before its last word is examined. */
const MAX_NAME_CHARS = 64;
/** How much before a name is examined to see whether the name is the first thing on its line. */
const MAX_LINE_START_CHARS = 40;
/** Matches the words of a name that spaces separate: the `AWS Secret Access ` of `AWS Secret Access Key: …`. */
const SPACED_WORDS = /(?:(?:aws|api|access|secret|private|auth|bearer|refresh|client) ){1,3}$/i;
/** Matches the words of any other name: the `github_` of `github_token`, the `--api-` of `--api-key`. */
const NAME_WORDS = /[\w.$-]*$/;
/** Matches the name of a variable, as a shell exports them: `GITHUB_TOKEN`. */
const VARIABLE = /^[A-Z][A-Z\d_]*$/;
/** Matches the beginning of a line, indented or as an element of a YAML list. */
const LINE_START = /(?:^|[\r\n])[ \t]*(?:- )?$/;

/** Values of names that suggest a secret: in code, settings, commands, and JSON inside a text. */
export function findAssigned(text: string): SecretRange[] {
  return findAfter(text, NAME_AND_JOINT, (valueAt, match) => {
    const name = nameIn(text, match);
    if (!name) return undefined;
    const isVariable = match.groups?.operator === '=' && VARIABLE.test(name.text);
    const endsAt: ValueEnd = isVariable ? 'white space' : 'punctuation';
    const value = quotedValueAt(text, valueAt) ?? unquotedValueAt(text, valueAt, endsAt);
    if (name.isTag && text[value.end] !== '<') return undefined;
    const site: AssignmentSite = {
      name: name.text,
      meaning: name.meaning,
      operator: match.groups?.operator ?? '',
      isFlag: name.isFlag || name.isTag,
      isVariable,
      isNameQuoted: name.isQuoted,
      isAloneOnLine: isAloneOnLine(text, name.start, value),
    };
    if (!classifyAssigned(value, site).isSecret) return undefined;
    return {
      start: value.start,
      end: fullValueEnd(text, value, endsAt),
      rule: name.meaning.rule,
      shouldRemember: isDistinctive(value.text),
    };
  });
}

/** The name that a match ends; undefined if it does not suggest a secret or nothing joins it to a value. */
function nameIn(text: string, match: RegExpExecArray) {
  const { nameQuote, comma, space, tagEnd } = match.groups as Record<string, string | undefined>;
  const before = wordsBefore(text, match.index);
  const start = match.index - before.length;
  const isFlag = before.startsWith('-');
  const isQuoted = nameQuote !== undefined;
  const isTag = tagEnd !== undefined;
  // A comma joins a flag to its argument in a list of strings, a space in a command.
  if (comma !== undefined && !(isFlag && isQuoted)) return undefined;
  if (space !== undefined && !(isFlag && !isQuoted)) return undefined;
  if (isTag && text[start - 1] !== '<') return undefined;
  if (isRuleOfMarker(text, start)) return undefined;
  const lastWord = (/^[\w-]+/.exec(match[0]) as RegExpExecArray)[0];
  const meaning = meaningOfName(before + lastWord);
  // Headers have their own detector.
  if (!meaning || meaning.rule === 'authorization' || meaning.rule === 'cookie') return undefined;
  return { text: before + lastWord, start, meaning, isFlag, isTag, isQuoted };
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
  const before = text.slice(Math.max(0, nameStart - MAX_LINE_START_CHARS), nameStart);
  const after = text.slice(value.end, value.end + 1);
  return LINE_START.test(before) && /^(?:[\r\n]|$)/.test(after);
}
