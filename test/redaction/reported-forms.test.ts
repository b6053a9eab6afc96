import { expect, test } from 'vitest';
import { dashes, mixed, redact } from './samples.ts';

const word = mixed(12);
const long = mixed(24);
const key = btoa(`${dashes}BEGIN ${'RSA'} PRIVATE KEY${dashes}\n${mixed(24)}`);

/** Forms in which people reported a secret that was not replaced: a text, and the secret in it. */
const FORMS: [text: string, secret: string][] = [
  [`git clone https\\://oauth2\\:${word}\\@forge.example/o/r.git`, word],
  [`curl -u admin:${word} http://h/`, word],
  [`docker login -u me -p ${word} registry.example`, word],
  [`sshpass -p ${word} ssh root@h`, word],
  [`mysql -uroot -p${word} db`, word],
  [`export DB_PASSWORD="${word} two words"`, `${word} two words`],
  [`machine forge.example login me password ${word}`, word],
  [`{"auths":{"registry.example":{"auth":"${btoa(`me:${word}`)}"}}}`, btoa(`me:${word}`)],
  [`    client-key-data: ${key}`, key],
  [`    token: ${'sha'}256~${long}`, long],
  [`BEARER ${long}`, long],
  [`${'np'}m_01234567-89ab-4567-89ab-${mixed(12)}`, mixed(12)],
  [`https://messenger.example/bot123456789:${'A'}A${mixed(33)}/getMe`, mixed(33)],
  [`SSHPASS=${word} sshpass -e ssh h`, word],
  [`GITHUB_PAT=${word}`, word],
  [`kind: Secret\ndata:\n  password: ${btoa('hunter2 and 13')}`, btoa('hunter2 and 13')],
  [`api_key: ${btoa('hunter2 and 13')}`, btoa('hunter2 and 13')],
  ['host=h user=u password=hfWuBByReQMsmWczuWXF dbname=x', 'hfWuBByReQMsmWczuWXF'],
  ['user: a\npass: Dragon599!\n', 'Dragon599!'],
  ['password: hunter2.', 'hunter2.'],
  [`{"db_password": "my & yours < 'é /zebra"}`, `my & yours < 'é /zebra`],
  ['{"access_token":"ztrspOFBCIoXGYcjDoBoirPf","expires_in":3600}', 'ztrspOFBCIoXGYcjDoBoirPf'],
  ['ADMIN_PASSWORD="my zebra crossing 99"', 'my zebra crossing 99'],
  ['GPG_PASSPHRASE=my long zebra crossing 42', 'my long zebra crossing 42'],
  [`_auth=${btoa(`bob:${word}`)}`, btoa(`bob:${word}`)],
  [`- name: DB_PASSWORD\n  value: ${long}`, long],
  [`[{"name":"X-Auth-Token","value":"${long}"}]`, long],
  [`define( 'DB_PASSWORD', '${word}' );`, word],
  [`ADAFRUIT_KEY=${long}`, long],
  [`**Password:** \`${word}\``, word],
  [
    `> ${dashes}BEGIN RSA PRIVATE KEY${dashes}\n> ${mixed(64)}\n> ${dashes}END RSA PRIVATE KEY${dashes}`,
    mixed(64),
  ],
];

test.each(FORMS)('%s', (text, secret) => {
  expect(text).toContain(secret);
  const replaced = redact(text).text;
  expect(replaced).toContain('[redacted:');
  expect(replaced).not.toContain(secret);
  // A secret of several words is replaced up to its last word.
  for (const part of secret.split(' ')) expect(replaced).not.toContain(part);
});
