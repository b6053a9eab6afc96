// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts contain templates of shells
import { expect, test } from 'vitest';
import { mixed, redact, withMarkers } from '../samples.ts';

const secret = mixed(24);

test.each([
  [`export GITHUB_TOKEN=${secret}`, 'export GITHUB_TOKEN=<token>'],
  ['export DB_PASSWORD=letmein\n', 'export DB_PASSWORD=<password>\n'],
  ['PASSWORD=p@ss,w;rd(1\n', 'PASSWORD=<password>\n'],
  ['a\\nMY_SECRET=abcd\\nb', 'a\\nMY_SECRET=<secret>\\nb'],
  ['API_KEY: abc123', 'API_KEY: <key>'],
  ['{"api_key": "abc"}'.replace('abc', 'abcd'), '{"api_key": "<key>"}'],
  ["{'dbPassword': 'hunter2'}", "{'dbPassword': '<password>'}"],
  ['{\\"client_secret\\": \\"abcd\\"}', '{\\"client_secret\\": \\"<secret>\\"}'],
  [String.raw`{\\\"token\\\": \\\"${secret}\\\"}`, '{\\\\\\"token\\\\\\": \\\\\\"<token>\\\\\\"}'],
  ['password=hunter2', 'password=<password>'],
  ['login(user="a", password="hunter2")', 'login(user="a", password="<password>")'],
  ['const apiKey: string = "abcd";', 'const apiKey: string = "<key>";'],
  ['password: letmein\n', 'password: <password>\n'],
  ['  password: 12345678\n', '  password: <password>\n'],
  ['x --password hunter -v', 'x --password <password> -v'],
  ['x --token=abcdef --api-key "abcd"', 'x --token=<token> --api-key "<key>"'],
  ['["--token", "abcdef"]', '["--token", "<token>"]'],
  [`"SecretAccessKey": "${mixed(40)}"`, '"SecretAccessKey": "<aws-secret-key>"'],
  [`AWS_SECRET_ACCESS_KEY=/${mixed(39)}`, 'AWS_SECRET_ACCESS_KEY=<aws-secret-key>'],
  [`AWS Secret Access Key: ${mixed(40)}`, 'AWS Secret Access Key: <aws-secret-key>'],
  [`AccountKey=${mixed(86)}==;Endpoint=x`, 'AccountKey=<key>;Endpoint=x'],
  [`token: ${secret}`, 'token: <token>'],
  [`key = '${secret}'`, "key = '<key>'"],
  [`OPENAI_KEY=${secret}`, 'OPENAI_KEY=<key>'],
  [`TOKEN2="${secret}"`, 'TOKEN2="<token>"'],
])('%s', (text, expected) => {
  expect(redact(text).text).toBe(withMarkers(expected));
});

test('the text of a tag', () => {
  expect(redact('<password>hunter2</password>').text).toBe(
    '<password>[redacted:password]</password>',
  );
});
