import { type Meaning, meaningOf } from '../classification/secret-names.ts';
import {
  isCode,
  isHash,
  isMasked,
  isPath,
  isPlainWord,
  isVariableName,
  looksRandom,
} from '../classification/secret-values.ts';
import type { Range } from '../rewriting/ranges.ts';
import { bareAt, quotedAt, type Value, wholeEnd } from './value-bounds.ts';

/**
 * The last word of a secret's name, and what joins it to a value. A colon may have a type behind it
 * (`token: str = "…"`), a flag a space (`--token …`, `"--token", "…"`), an element its bracket.
 */
const NAMED = new RegExp(
  [
    '(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|key|credentials?|mnemonic)',
    String.raw`(?:[_-]?\d{1,3}|[_-](?:old|new|base|value|confirm(?:ation)?|prod(?:uction)?|staging|dev))?`,
    String.raw`(?<close>\\{0,15}["'\`])?\]?`,
    '(?:',
    String.raw`(?<join>[ \t]{0,8}(?::[ \t]{0,3}[A-Za-z_][\w.[\] |]{0,40}=(?![=>])|:=|=>|=(?!=)|:(?![:/]))[ \t]{0,8})`,
    String.raw`|(?<list>,\s{1,20}|,)(?=\\{0,15}["'\`])`,
    '|(?<space> )(?=[^ ])',
    '|(?<tag>>)',
    ')',
  ].join(''),
  'gi',
);
const LONGEST_NAME = 64;
/** Words of a name may stand apart: `AWS Secret Access Key: …`, `API key: …`. */
const SPACED = /(?:(?:aws|api|access|secret|private|auth|bearer|refresh|client) ){1,3}$/i;
/** What prose says next after a flag. */
const PROSE =
  /^(?:a|an|and|are|argument|arguments|as|at|but|by|can|cannot|does|flags?|for|from|has|if|in|instead|into|is|it|may|must|not|of|on|options?|or|parameters?|should|so|that|the|then|there|this|to|using|via|was|when|which|will|with|you|your)$/i;

/** The name that ends at a place, without what an escape or a colour before it leaves. */
function nameBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - LONGEST_NAME), at);
  const spaced = SPACED.exec(before)?.[0];
  if (spaced !== undefined) return spaced;
  const name = /[\w.$-]*$/.exec(before)?.[0] ?? '';
  const start = before.length - name.length;
  const isEscape = before[start - 1] === '\\' && /^[nrt]/.test(name);
  const isCoded = before[start - 1] === '%' && /^[\dA-F]{2}/i.test(name);
  return name.slice(isEscape ? 1 : isCoded ? 2 : 0).replace(/^\d{1,3}m(?=\w)/, '');
}

interface Site {
  readonly name: string;
  readonly meaning: Meaning;
  /** How the value follows: a colon, an equals sign, a flag's space, an element's bracket. */
  readonly join: string;
  readonly isFlag: boolean;
  readonly isVariable: boolean;
  readonly isNameQuoted: boolean;
  /** Nothing else stands on its line, as in a file of settings. */
  readonly isAlone: boolean;
}

/** Whether what stands beside a name is a secret, rather than code, prose or an ordinary value. */
function isSecret(value: Value, site: Site): boolean {
  const { text } = value;
  const { meaning, join } = site;
  if (isMasked(text) || isVariableName(text) || isPath(text)) return false;
  if (text.toLowerCase() === site.name.toLowerCase()) return false;
  if (!value.isQuoted && isCode(text)) return false;
  const isGiven = meaning.rule !== 'key' && (site.isFlag || (site.isVariable && /\d/.test(text)));
  if (meaning.strength === 'weak' && !(isGiven && text.length >= 6)) {
    return looksRandom(text) && !(meaning.rule === 'key' && isHash(text));
  }
  if (text.length < 4) return false;
  // A label, a question to a user: "password": "Enter your password"
  if (/\s/.test(text)) return text.split(/\s+/, 20).some((word) => looksRandom(word, 12));
  // What a parser calls a token, and a type that is called key: token = "Identifier"
  const isNaming =
    (meaning.rule === 'token' && !/\d/.test(text) && text.length < 30) || /[a-z]Key$/.test(text);
  if (value.isQuoted) return site.isFlag || !isNaming;
  if (text.startsWith('$')) return false;
  // JSON's numbers, and what is counted; but a password may be one.
  if (/^0x[\da-f]{1,16}$/i.test(text)) return false;
  if (/^[\d.,]+$/.test(text)) return meaning.rule === 'password' && !site.isNameQuoted;
  if (site.isFlag) return !/^-|^[A-Z_-]+$/.test(text) && !PROSE.test(text);
  if (site.isVariable) return true;
  if (!isPlainWord(text)) return true;
  // A word alone may be a variable of some code: only a file of settings says `password=letmein`.
  return (site.isAlone && !/^\s+=/.test(join)) || /^x-/i.test(site.name);
}

/** Values of names that tell of a secret: in code, settings, commands, JSON inside of a text. */
export function findAssigned(text: string): Range[] {
  const found: Range[] = [];
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match; match = NAMED.exec(text)) {
    const at = NAMED.lastIndex;
    const { join, list, space, tag, close } = match.groups as Record<string, string | undefined>;
    const before = nameBefore(text, match.index);
    const nameStart = match.index - before.length;
    const word = (/^[\w-]+/.exec(match[0]) as RegExpExecArray)[0];
    const isFlag = before.startsWith('--') || before.startsWith('-');
    if ((list !== undefined || space !== undefined) && !(isFlag && !close === !list)) continue;
    if (tag !== undefined && text[nameStart - 1] !== '<') continue;
    // A marker names no value behind it.
    if (text.startsWith('[redacted:', nameStart - 10)) continue;
    const name = before + word;
    const meaning = meaningOf(name);
    // Headers have rules of their own.
    if (!meaning || meaning.rule === 'authorization' || meaning.rule === 'cookie') continue;
    const isVariable = join === '=' && /^[A-Z][A-Z\d_]*$/.test(name);
    const width = isVariable ? 'wide' : 'narrow';
    const value = quotedAt(text, at) ?? bareAt(text, at, width);
    const lineStart = text.slice(Math.max(0, nameStart - 40), nameStart);
    const site: Site = {
      name,
      meaning,
      join: join ?? '',
      isFlag: isFlag || tag !== undefined,
      isVariable,
      isNameQuoted: close !== undefined,
      isAlone:
        /(?:^|[\r\n])[ \t]*(?:- )?$/.test(lineStart) &&
        /^(?:[\r\n]|$)/.test(text.slice(value.end, value.end + 1)),
    };
    if (tag !== undefined && text[value.end] !== '<') continue;
    if (!isSecret(value, site)) continue;
    const end = wholeEnd(text, value, width);
    found.push({
      start: value.start,
      end,
      rule: meaning.rule,
      isNews: looksRandom(value.text, 12),
    });
    NAMED.lastIndex = end;
  }
  return found;
}
