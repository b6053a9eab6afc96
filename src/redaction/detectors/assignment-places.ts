import type { AssignmentPlace } from '../classification/assigned-values.ts';
import type { NameMeaning } from '../classification/secret-names.ts';
import type { FoundValue } from '../search/value-bounds.ts';

/** How much before and after an assignment is examined to see what it is part of. */
const MAX_CONTEXT_CHARS = 160;
/** Names of a connection's other settings. */
const CONNECTION_SETTING =
  '(?:host(?:addr|name)?|server|data source|addr(?:ess)?|user(?: ?id|name)?|uid|dbname|database|initial catalog|port|sslmode|driver)';
/** Matches such a setting directly before: `host=h user=u `, `Server=s;User Id=u;`. */
const CONNECTION_BEFORE = new RegExp(
  String.raw`(?:^|[;\s"'])${CONNECTION_SETTING}\s?=\s?[^;\s"',]{1,100}(?:;\s?|\s)$`,
  'i',
);
/** Matches one directly after: ` dbname=x`, `;Database=d`. */
const CONNECTION_AFTER = new RegExp(String.raw`^(?:;\s?|\s)${CONNECTION_SETTING}\s?=`, 'i');

/** What an assignment is part of, as far as it makes any value a secret, or makes it less likely one. */
export function placeOf(
  text: string,
  nameStart: number,
  value: FoundValue,
  operator: string,
): AssignmentPlace | undefined {
  if (operator.includes('|')) return 'table';
  const before = text.slice(Math.max(0, nameStart - MAX_CONTEXT_CHARS), nameStart);
  const after = text.slice(value.end, value.end + MAX_CONTEXT_CHARS);
  if (CONNECTION_BEFORE.test(before) || CONNECTION_AFTER.test(after)) return 'connection';
  return undefined;
}

/** Matches words up to the end of a line, without what a command line or code would contain. */
const WORDS_TO_LINE_END =
  /[\w!?'@#$%^&*+.-]{1,40}(?: [\w!?'@#%^*+.]{1,40}){1,12}(?=[ \t]*(?:[\r\n]|$|\\[nr]))/y;
/** Matches the beginning of a line of settings. */
const SETTING_BEFORE =
  /(?:^|[\r\n])[ \t]*(?:export )?[\w.-]{1,60} ?[=:] ?[^\r\n]{0,80}(?:\r?\n)[ \t]*(?:export )?$/;
const SETTING_AFTER = /^[ \t]*\r?\n[ \t]*(?:export )?[\w.-]{1,60} ?[=:]/;
const LINE_START = /(?:^|[\r\n]|\\n)[ \t]*(?:export )?$/;

/**
 * Several words without quotes, as files of settings can have them: `GPG_PASSPHRASE=my long phrase`. In a shell, a
 * command could follow the value, so the line must be one of several settings, or the name must ask for a phrase.
 */
export function wordsOnLine(
  text: string,
  at: number,
  name: { readonly text: string; readonly start: number; readonly meaning: NameMeaning },
): FoundValue | undefined {
  const { rule, strength } = name.meaning;
  if (strength !== 'strong' || (rule !== 'password' && rule !== 'secret')) return undefined;
  const before = text.slice(Math.max(0, name.start - MAX_CONTEXT_CHARS), name.start);
  if (!LINE_START.test(before)) return undefined;
  WORDS_TO_LINE_END.lastIndex = at;
  const words = WORDS_TO_LINE_END.exec(text)?.[0];
  if (words === undefined) return undefined;
  const end = at + words.length;
  const isSettings =
    SETTING_BEFORE.test(before) || SETTING_AFTER.test(text.slice(end, end + MAX_CONTEXT_CHARS));
  if (!isSettings && !/phrase/i.test(name.text)) return undefined;
  return { start: at, end, text: words, isQuoted: false };
}
