import { expect, test } from 'vitest';
import {
  type AssignmentSite,
  classifyAssigned,
} from '../../../src/redaction/classification/assigned-values.ts';
import {
  meaningOfName,
  type NameMeaning,
} from '../../../src/redaction/classification/secret-names.ts';
import { mixed } from '../samples.ts';

/** Which test decides about a value that follows `password: `, unless `site` says something else. */
function decision(text: string, isQuoted: boolean, site: Partial<AssignmentSite>): string {
  const name = site.name ?? 'password';
  const { isSecret, decidedBy } = classifyAssigned(
    { text, isQuoted },
    {
      name,
      meaning: meaningOfName(name) as NameMeaning,
      operator: ': ',
      isFlag: false,
      isVariable: false,
      isNameQuoted: false,
      isAloneOnLine: false,
      ...site,
    },
  );
  return `${isSecret ? 'secret' : 'no secret'}: ${decidedBy}`;
}

test.each<[text: string, expected: string, site?: Partial<AssignmentSite>]>([
  ['***', 'no secret: placeholder'],
  ['DB_PASSWORD', 'no secret: name of a variable'],
  ['/run/secrets/db', 'no secret: path'],
  ['Password', 'no secret: placeholder'],
  ['db_password', 'no secret: name itself', { name: 'DB_PASSWORD' }],
  ['get_password()', 'no secret: code'],
  ['hunter2', 'no secret: weak name', { name: 'key' }],
  [mixed(24), 'secret: weak name', { name: 'key' }],
  ['hunter2', 'secret: flag', { name: '--token', isFlag: true }],
  ['abc', 'no secret: too short'],
  ['$password1', 'no secret: reference'],
  ['0x7ffe12345678', 'no secret: hexadecimal number'],
  ['12345678', 'secret: decimal number'],
  ['12345678', 'no secret: decimal number', { isNameQuoted: true }],
  ['12345678', 'no secret: decimal number', { name: 'auth_token' }],
  ['hunter', 'secret: flag', { isFlag: true }],
  ['option', 'no secret: flag', { isFlag: true }],
  ['letmein', 'secret: variable', { isVariable: true }],
  ['hunter2', 'secret: more than letters'],
  ['letmein', 'secret: line of settings', { isAloneOnLine: true }],
  ['letmein', 'no secret: single word', { isAloneOnLine: true, operator: ' = ' }],
  ['letmein', 'secret: header', { name: 'x-api-key' }],
  ['letmein', 'no secret: single word'],
])('%s without quotes: %s', (text, expected, site = {}) => {
  expect(decision(text, false, site)).toBe(expected);
});

test.each<[text: string, expected: string, site?: Partial<AssignmentSite>]>([
  ['Enter your password', 'no secret: several words'],
  [`it is ${mixed(16)}`, 'secret: several words'],
  ['letmein', 'secret: quoted'],
  ['get_password()', 'secret: quoted'],
  ['Identifier', 'no secret: quoted', { name: 'auth_token' }],
  ['Identifier', 'secret: quoted', { name: '--auth-token', isFlag: true }],
  ['signingKey', 'no secret: quoted', { name: 'client_secret' }],
])('"%s" in quotes: %s', (text, expected, site = {}) => {
  expect(decision(text, true, site)).toBe(expected);
});
