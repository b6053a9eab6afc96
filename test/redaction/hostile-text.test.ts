// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts contain templates of shells
import { expect, test } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { sample } from '../helpers/sweep.ts';
import { dashes, mixed } from './samples.ts';

const megabyte = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length));
/** Parts that make some pattern start over and over when they are repeated. */
const HOSTILE_PARTS = [
  ...'a A 1 a1B2 - _ . / \\ " \' ` = : , ( [ { < > @ % & ? # ; \n \t \r\n \\n \\" \\\\" """'.split(
    ' ',
  ),
  ' ',
  `ey${'J'}`,
  `ey${'J'}-`,
  `ey${'J'}aaaaaaaaaaaa.`,
  `${'sk'}-`,
  `${'sk'}-ab-`,
  `${'SG'}.`,
  `${'SG'}.aaaaaaaaaaaaaaaaaaaa`,
  `${'gh'}p_`,
  `${'xo'}xb-`,
  `${'AK'}IA`,
  'M',
  'pat',
  'Q~',
  `${dashes}BEGIN PRIVATE KEY${dashes}`,
  `${dashes}BEGIN PRIVATE KEY${dashes}\n${mixed(40)}\n`,
  `${dashes}BEGIN `,
  dashes,
  'password=',
  'password="',
  "token='",
  'token=\\"',
  'token=`token="token=\'',
  'token: ',
  'token: a',
  'key: a.b=',
  'password:   a',
  'a_',
  'API_KEY=',
  'API_KEY=a,',
  'secret=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'authorization:',
  'authorization: ',
  'authorization: Bearer ',
  'authorization: x ',
  'authorization: digest a=',
  'bearer ',
  'Bearer%20',
  'cookie: ',
  'cookie: a=',
  'cookie:"',
  'cookie: a=b\n',
  '--token ',
  '"--token","',
  '<password>',
  '://',
  '://a:',
  '://a@',
  'http://a:b',
  '?token=',
  '&key=a',
  '?a',
  '${',
  '{a',
  'your-',
  '[redacted:jwt]',
  'password=[redacted:jwt]a ',
  'curl ',
  'curl -u a:"',
  'mysql -p',
  'docker login -p ',
  'echo a | ',
  'login a password ',
  'name: password\nvalue: ',
  'name="password"\n\n',
  'kind: Secret\ndata:\n  a: b\n',
  "identified by '",
  'CAAA',
  '$2b$',
  '**password:** ',
  'password=a b c d e f g h\n',
  'host=h password=',
  '://a\\:b\\@',
  'Private-Lines: 1\n',
  'AKIAAAAAAAAAAAAAAAAA ',
  '"d": "',
  'mnemonic: abc ',
];

/** Time that this process has worked: unlike a clock, it does not run faster where the machine is busy. */
const cpuSeconds = () => process.cpuUsage().user / 1e6;

test.each(sample(HOSTILE_PARTS, 12))(
  'a megabyte of %j is redacted in 20 seconds of work',
  (part) => {
    const text = megabyte(part);
    const cpu = cpuSeconds();
    makeRedactor().text(text);
    makeRedactor().event({ password: text });
    expect(cpuSeconds() - cpu).toBeLessThan(20);
  },
);

test('a megabyte of quotes after backslashes is redacted in 5 seconds of work', () => {
  let text = '';
  for (let slashes = 0; text.length < 1_000_000; slashes = (slashes + 1) % 40) {
    text += `token=${'\\'.repeat(slashes)}"`;
  }
  const cpu = cpuSeconds();
  makeRedactor().text(text);
  expect(cpuSeconds() - cpu).toBeLessThan(5);
});

test('a token of 20 MB is replaced as a whole', () => {
  const long = 'a1B2'.repeat(5_000_000);
  expect(makeRedactor().text(`${'gh'}p_${long} x`)).toBe('[redacted:github-token] x');
  expect(makeRedactor().text(`password=${long} x`)).toBe('password=[redacted:password] x');
  expect(makeRedactor().text(`Authorization: Bearer ${long} x`)).toBe(
    'Authorization: Bearer [redacted:authorization] x',
  );
});
