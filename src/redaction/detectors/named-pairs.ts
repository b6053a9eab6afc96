import { type AssignmentSite, classifyAssigned } from '../classification/assigned-values.ts';
import { meaningOfName } from '../classification/secret-names.ts';
import { findAfter } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';
import {
  fullValueEnd,
  QUOTE,
  quotedValueAt,
  unquotedValueAt,
  type ValueEnd,
} from '../search/value-bounds.ts';

const OPTIONAL_QUOTE = `(?:${QUOTE})?`;
/** Matches white space, commas and line breaks written out. */
const BETWEEN = String.raw`(?:[\s,;]|\\{1,7}[nrt]){1,60}(?:- )?`;

/**
 * Matches a name in one member and what leads to its value in the next: `- name: DB_PASSWORD\n  value: `,
 * `{"name": "X-Auth-Token", "value": `, `<add key="Password" value=`, and a field of a form, `name="password"\r\n\r\n`.
 */
const NAME_AND_VALUE = new RegExp(
  [
    String.raw`\b(?:name|key|id|variable)${OPTIONAL_QUOTE}\s{0,3}[:=]\s{0,3}${OPTIONAL_QUOTE}`,
    String.raw`(?<name>[\w.$-]{2,80})${OPTIONAL_QUOTE}`,
    String.raw`(?:${BETWEEN}${OPTIONAL_QUOTE}(?:value|val|content|contents)${OPTIONAL_QUOTE}\s{0,3}[:=]\s{0,3}`,
    String.raw`|(?<=")(?:\r?\n|\\r\\n|\\n){2}`,
    // <property name="password">
    '|(?<=["\'])(?<tagEnd>>))',
  ].join(''),
  'gi',
);

/** Matches the name of a tag whose value is an attribute: `<password value=`. */
const TAG_AND_VALUE = /<(?<name>[\w.:-]{2,60})\s{1,20}value\s{0,3}=\s{0,3}/gi;

/** Values whose name is in another member beside them. */
export const findNamedPairs = (text: string): SecretRange[] => [
  ...findPairs(text, NAME_AND_VALUE),
  ...findPairs(text, TAG_AND_VALUE),
];

function findPairs(text: string, pattern: RegExp): SecretRange[] {
  return findAfter(text, pattern, (at, match) => {
    const name = match.groups?.name as string;
    const meaning = meaningOfName(name);
    if (!meaning || meaning.rule === 'authorization' || meaning.rule === 'cookie') return undefined;
    const endsAt: ValueEnd = match.groups?.tagEnd ? 'punctuation' : 'white space';
    const value = quotedValueAt(text, at) ?? unquotedValueAt(text, at, endsAt);
    const site: AssignmentSite = {
      name,
      meaning,
      operator: '=',
      isFlag: false,
      isVariable: /^[A-Z][A-Z\d_]*$/.test(name),
      isNameQuoted: false,
      isAloneOnLine: true,
    };
    if (!classifyAssigned(value, site).isSecret) return undefined;
    const end = fullValueEnd(text, value, endsAt);
    return { start: value.start, end, rule: meaning.rule, shouldRemember: true };
  });
}
