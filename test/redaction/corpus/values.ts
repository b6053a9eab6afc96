import type { Characters } from './random.ts';
import { type Sample, sample } from './samples.ts';

/** Names of secrets, as variables are named. */
const NAMES = [
  'DB_PASSWORD', 'MYSQL_PWD', 'PGPASSWORD', 'SSHPASS', 'SMTP_PASS', 'ADMIN_PW', 'GPG_PASSPHRASE',
  'GITHUB_PAT', 'GITLAB_TOKEN', 'API_TOKEN', 'OPENAI_API_KEY', 'COHERE_API_KEY', 'MISTRAL_API_KEY',
  'DD_API_KEY', 'DATADOG_APP_KEY', 'FASTLY_API_TOKEN', 'CLOUDFLARE_API_TOKEN', 'HEROKU_API_KEY',
  'AWS_SECRET_ACCESS_KEY', 'AZURE_CLIENT_SECRET', 'SNOWFLAKE_PASSWORD', 'PAYPAL_CLIENT_SECRET',
  'TWILIO_AUTH_TOKEN', 'ASANA_ACCESS_TOKEN', 'JWT_SECRET', 'SECRET_KEY_BASE', 'ENCRYPTION_KEY',
  'ADAFRUIT_KEY', 'DJANGO_SECRET_KEY', 'SESSION_SECRET', 'AUTH_SALT', 'WIFI_PSK',
]; // biome-ignore format: a table

const camel = (name: string) =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (name: string) => name.toLowerCase().replaceAll('_', '-');
const snake = (name: string) => name.toLowerCase();

/** Ways to write that a name has a value. */
const SYNTAXES: Record<string, (name: string, value: string) => string> = {
  shell: (name, value) => `export ${name}=${value}`,
  'shell, quoted': (name, value) => `export ${name}="${value}" && make`,
  'before a command': (name, value) => `${name}=${value} python -m pytest -q`,
  'file of variables': (name, value) => `A=1\n${name}=${value}\nB=2\n`,
  YAML: (name, value) => `db:\n  ${camel(name)}: ${value}\n  port: 5432\n`,
  'YAML, quoted': (name, value) => `${kebab(name)}: '${value}'\n`,
  JSON: (name, value) => JSON.stringify({ a: 1, [snake(name)]: value }),
  'JSON in JSON': (name, value) => JSON.stringify(JSON.stringify({ [camel(name)]: value })),
  TOML: (name, value) => `[auth]\n${snake(name)} = "${value}"\n`,
  INI: (name, value) => `[client]\nuser=root\n${snake(name)}=${value}\n`,
  properties: (name, value) => `spring.${snake(name).replaceAll('_', '.')}=${value}\n`,
  XML: (name, value) => `<server><${camel(name)}>${value}</${camel(name)}></server>`,
  'XML attribute': (name, value) => `<add key="${name}" value="${value}" />`,
  Python: (name, value) => `${snake(name)} = '${value}'\n`,
  'Python call': (name, value) => `connect(host="h", ${snake(name)}="${value}")`,
  'Python environment': (name, value) => `os.environ["${name}"] = "${value}"`,
  TypeScript: (name, value) => `const ${camel(name)}: string = '${value}';`,
  Terraform: (name, value) => `${snake(name)} = "${value}"\nregion = "eu"\n`,
  PHP: (name, value) => `define( '${name}', '${value}' );`,
  Dockerfile: (name, value) => `FROM x\nENV ${name} ${value}\nRUN make`,
  'Docker option': (name, value) => `docker run -e ${name}=${value} image`,
  Kubernetes: (name, value) => `- name: ${name}\n  value: ${value}\n`,
  'Kubernetes, JSON': (name, value) => JSON.stringify([{ name, value }]),
  PowerShell: (name, value) => `$env:${name} = "${value}"`,
  fish: (name, value) => `set -gx ${name} ${value}`,
  flag: (name, value) => `tool --${kebab(name)} ${value} -v`,
  'flag with equals sign': (name, value) => `tool --${kebab(name)}="${value}"`,
  'list of arguments': (name, value) => JSON.stringify(['tool', `--${kebab(name)}`, value]),
  Markdown: (name, value) => `**${name}:** \`${value}\``,
  form: (name, value) => `curl -d "user=a&${snake(name)}=${value}&x=1" http://h/`,
};

/** Every name in a few syntaxes, so that all syntaxes come with many names. */
export const assignmentSamples = (c: Characters): Sample[] =>
  NAMES.flatMap((name, number) =>
    Object.entries(SYNTAXES).flatMap(([syntax, write], row) => {
      if ((row + number) % 4 !== 0) return [];
      const value = /KEY|TOKEN|SECRET|SALT|PAT$/.test(name) ? c.mixed(32) : c.password();
      return [sample('named values', `${name} in ${syntax}`, write(name, value), value)];
    }),
  );

/** Values of several words, of letters alone, and of few characters. */
export function unusualValueSamples(c: Characters): Sample[] {
  const letters = () => c.of('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 24);
  const words = () => `my ${c.of('abcdefgh', 4)} pass ${c.of('mnopqrst', 5)} ${c.digits(2)}`;
  const rows: [name: string, write: (value: string) => string, value: string][] = [
    ['several words in quotes', (v) => `ADMIN_PASSWORD="${v}"`, words()],
    ['several words, exported', (v) => `export DB_PASSWORD='${v}'`, words()],
    ['a passphrase without quotes', (v) => `GPG_PASSPHRASE=${v}`, words()],
    ['several words in a file', (v) => `USER=a\nDB_PASSWORD=${v}\nPORT=1\n`, words()],
    ['several words in YAML', (v) => `user: a\npassword: ${v}\nport: 1\n`, words()],
    ['a quote in quotes', (v) => `DB_PASSWORD="${v}\\"x"`, c.password()],
    ['letters alone', (v) => `host=h user=u password=${v} dbname=x`, letters()],
    ['letters alone in JSON', (v) => JSON.stringify({ access_token: v, expires: 3600 }), letters()],
    ['a word in a connection', (v) => `Server=s;Database=d;User Id=u;Password=${v};`, 'letmeinnow'],
    ['a word in a file', (v) => `[client]\nuser=u\npassword=${v}\n`, 'letmeinnow'],
    ['signs', (v) => `DB_PASSWORD=${v}\n`, `${c.mixed(6)}@,;(${c.mixed(4)}`],
    [
      'base64 with padding',
      (v) => `kind: Secret\ndata:\n  password: ${v}\n`,
      btoa(c.password().slice(0, 13)),
    ],
    ['base64 with padding and a key', (v) => `api_key: ${v}`, btoa(c.password().slice(0, 13))],
    [
      'any name of a Kubernetes Secret',
      (v) => `kind: Secret\nstringData:\n  region: ${v}\n`,
      c.chosen(),
    ],
    ['any name, in JSON', (v) => `{"kind": "Secret", "data": {"a": "${v}"}}`, btoa(c.chosen())],
    ['hexadecimal digits', (v) => `ADAFRUIT_KEY=${v}`, c.hex(32)],
    ['a UUID', (v) => `HEROKU_API_KEY=${v}`, c.uuid()],
    ['prose', (v) => `The password is ${v}, keep it.`, c.chosen()],
    ['a table', (v) => `| Password | ${v} |`, c.chosen()],
    [
      'a mnemonic',
      (v) => `mnemonic: "${v}"`,
      Array.from({ length: 12 }, () => c.of('abcdefghijklm', 5)).join(' '),
    ],
    ['a form of a browser', (v) => `page.fill('#password', '${v}')`, c.chosen()],
    ['a multipart form', (v) => `name="password"\r\n\r\n${v}\r\n--x`, c.chosen()],
    ['SQL, identified', (v) => `CREATE USER 'a'@'%' IDENTIFIED BY '${v}';`, c.chosen()],
    ['SQL, with password', (v) => `ALTER USER postgres WITH PASSWORD '${v}';`, c.chosen()],
    ['a pair for basic authentication', (v) => `get(u, auth=('bob', '${v}'))`, c.chosen()],
    ['a login', (v) => `smtp.login("a@b.c", "${v}")`, c.chosen()],
    ['the next line', (v) => `password:\n  "${v}"\n`, c.chosen()],
    ['a default in code', (v) => `process.env['API_KEY'] ||= '${v}'`, c.password()],
    ['a property in XML', (v) => `<property name="password">${v}</property>`, c.chosen()],
    ['a tag with a value', (v) => `<password value="${v}"/>`, c.chosen()],
    ['a tag of YAML', (v) => `password: !vault ${v}`, c.chosen()],
    ['a macro', (v) => `#define PASSWORD "${v}"`, c.chosen()],
    ['a name with a version', (v) => `FOO_SECRET_V2=${v}`, c.chosen()],
    ['a short name', (v) => `user: a\npass: ${v}\n`, c.chosen()],
    ['a password for a user', (v) => `The password for bob is ${v}.`, c.chosen()],
    ['German', (v) => `Passwort: ${v}\n`, c.chosen()],
    ['Docker', (v) => `{"auths":{"ghcr.io":{"auth":"${v}"}}}`, btoa(`bob:${c.password()}`)],
    ['npm', (v) => `_auth=${v}`, btoa(`bob:${c.password()}`)],
  ];
  return rows.map(([name, write, value]) =>
    sample('unusual values', name, write(value), value, ...parts(value)),
  );
}

/** The words of a passphrase that no other text of the sample contains. */
const parts = (value: string) =>
  /^my /.test(value) ? value.split(' ').filter((word) => word.length > 3 && word !== 'pass') : [];
