import { announced, type SecretShape } from './shape.ts';

/* Secrets of any text, in files and statements whose form announces them. */

/** Matches white space between words, also written out: `\n`. */
const SPACE = String.raw`(?:\s|\\{1,8}[nrt]){1,20}`;
/** Matches the words of a line, up to a length that no real one has. */
const WORD = String.raw`[^\s"'\\]{1,200}`;
/** Matches a text in quotes, which may be escaped. */
const QUOTED = String.raw`(?:"[^"\n]{2,300}"|'[^'\n]{2,300}'|\\"[^"\n\\]{2,300}\\"|\\'[^'\n\\]{2,300}\\')`;
/** Matches a text in quotes, or a word. */
const TEXT = String.raw`(?:${QUOTED}|[^\s"'\\|;&<>]{2,300})`;

/** Files of credentials: netrc, pgpass, redis.conf, PuTTY keys. */
export const FILE_SHAPES: readonly SecretShape[] = [
  announced(
    'password',
    'login|user',
    `(?:login|user)${SPACE}${WORD}${SPACE}(?:account${SPACE}${WORD}${SPACE})?password${SPACE}(?<secret>${TEXT})`,
  ),
  announced(
    'password',
    'machine|default',
    `(?:machine${SPACE}${WORD}|default)${SPACE}(?:account${SPACE}${WORD}${SPACE})?password${SPACE}(?<secret>${TEXT})`,
  ),
  announced(
    'password',
    ':5432:|:5433:|:6432:|:*:',
    String.raw`(?<=(?:^|[\s"'\\n])[\w.*-]{1,100}):(?:5432|5433|6432|\*):[\w.*-]{1,64}:[\w.*@-]{1,64}:(?<secret>[^\s:"'\\]{3,200})`,
  ),
  announced(
    'password',
    'requirepass|masterauth',
    `(?:requirepass|masterauth)${SPACE}(?<secret>${TEXT})`,
  ),
  announced(
    'private-key',
    'Private-Lines:',
    String.raw`Private-Lines: \d{1,3}(?:\s|\\[nr]){1,4}(?<secret>(?:[A-Za-z0-9+/=]{1,64}(?:\s|\\[nr]){0,4}){1,200})`,
  ),
  // The words from which a wallet makes its keys.
  announced(
    'mnemonic',
    'mnemonic|seed|recovery',
    String.raw`(?:mnemonic|seed(?:[ _-]?phrase)?|recovery[ _-]?phrase)\\{0,3}["']?\s{0,3}(?:[:=]|is)\s{0,3}\\{0,3}["']?(?<secret>(?:[a-z]{3,8}[ ]){11,23}[a-z]{3,8})`,
  ),
  // A JSON Web Key: the private number, beside the type of the key.
  announced(
    'private-key',
    '"d"|\\"d\\"',
    String.raw`\\{0,3}"d\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"(?<secret>[\w-]{40,2000})`,
  ),
];

/** Statements of databases and of code that set a password. */
export const STATEMENT_SHAPES: readonly SecretShape[] = [
  announced(
    'password',
    'identified',
    String.raw`identified\s{1,5}(?:with\s{1,5}\S{1,60}\s{1,5})?(?:by|as)\s{1,5}(?:password\s{1,5})?(?<secret>${QUOTED})`,
  ),
  announced(
    'password',
    'password',
    String.raw`(?<=\b(?:with|encrypted|unencrypted|login|superuser|createdb|(?:user|role)\s{1,5}[\w"-]{1,64})\s{1,5})password\s{1,5}(?<secret>${QUOTED})`,
  ),
  announced(
    'password',
    'password for',
    String.raw`password for\s{1,3}\S{1,100}\s{0,3}(?:=\s{0,3}(?:password\()?|(?::|is)\s{1,3}(?=\S{0,40}\d))(?<secret>${TEXT})`,
  ),
  // A user and a password in a call: requests.get(url, auth=('user', '…')), smtp.login('user', '…').
  announced(
    'password',
    'auth=(|auth = (|BasicAuth(|DigestAuth(|.login(|authenticate(',
    String.raw`(?:auth ?= ?|BasicAuth|DigestAuth|\.login|authenticate)\(\s{0,20}(?:${QUOTED}|[\w.]{1,60})\s{0,3},\s{0,20}(?<secret>${QUOTED})`,
  ),
  announced(
    'password',
    'ConvertTo-SecureString',
    `ConvertTo-SecureString(?: -String| -AsPlainText| -Force){0,3} (?<secret>${QUOTED})`,
  ),
  announced('password', 'password(', String.raw`password\(\s{0,3}(?<secret>${QUOTED})\s{0,3}\)`),
  // echo hunter2 | docker login --password-stdin
  announced(
    'password',
    'echo|printf',
    String.raw`\b(?:echo|printf)\s{1,5}(?:-\w{1,3}\s{1,3})?(?:['"]?%s(?:\\n)?['"]?\s{1,3})?(?<secret>${TEXT})\s{0,5}\|\s{0,5}[^|\n]{0,200}?(?:--password-stdin|--with-token|--stdin\b|sudo -S|chpasswd|passwd\b|--passphrase-fd 0|secret set\b)`,
  ),
  announced(
    'password',
    '--password-stdin|--with-token|sudo -S|--stdin',
    String.raw`(?:--password-stdin|--with-token|sudo -S|--stdin)[^\n|<]{0,200}<<<\s{0,3}(?<secret>${TEXT})`,
  ),
  // ENV DB_PASSWORD hunter2, set -x DB_PASSWORD hunter2, requests of browsers: see the names of values.
  announced(
    'url-password',
    'jdbc:oracle:thin:',
    String.raw`jdbc:oracle:thin:[\w$-]{1,64}/(?<secret>[^@\s"'\\/]{2,200})@`,
  ),
];

/** Hashes of passwords, as files of users have them. Who has one can try passwords as fast as the machine allows. */
export const HASH_SHAPES: readonly SecretShape[] = [
  announced(
    'password-hash',
    '$1$|$2a$|$2b$|$2x$|$2y$|$5$|$6$|$7$|$y$|$gy$|$apr1$|$argon2',
    String.raw`(?<secret>\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d))\$[\w./$,=+-]{20,300})`,
  ),
  announced(
    'password-hash',
    'pbkdf2_sha|pbkdf2:sha|scrypt:|{SSHA|{SHA',
    String.raw`(?<secret>(?:pbkdf2_sha\d{1,3}\$\d{1,9}\$[\w./+-]{4,64}\$[\w./+=-]{20,120}|(?:pbkdf2:sha\d{1,3}:\d{1,9}|scrypt:\d{1,7}:\d{1,3}:\d{1,3})\$[\w./+-]{4,64}\$[a-f0-9]{30,140}|\{S{1,2}HA\d{0,3}\}[\w./+=-]{20,150}))`,
  ),
];
