import { type Characters, fixed } from './random.ts';
import { type Sample, sample } from './samples.ts';

/** Files that tools keep secrets in. */
export function fileSamples(c: Characters): Sample[] {
  const rows: [name: string, write: (secret: string) => string, encoded?: (s: string) => string][] =
    [
      ['netrc on one line', (s) => `machine h.example login bob password ${s}`],
      ['netrc on lines', (s) => `machine h.example\n  login bob\n  password ${s}\n`],
      ['netrc, default', (s) => `default login bob password ${s}`],
      ['npmrc', (s) => `//registry.npmjs.org/:_authToken=${s}\n`],
      ['npmrc, password', (s) => `//r.example/:_password=${btoa(s)}\n`, btoa],
      ['pypirc', (s) => `[pypi]\nusername = __token__\npassword = ${s}\n`],
      ['git-credentials', (s) => `https://bob:${s}@github.com\n`],
      [
        'docker config',
        (s) => `{"auths":{"h":{"auth":"${btoa(`u:${s}`)}"}}}`,
        (s) => btoa(`u:${s}`),
      ],
      ['kubeconfig token', (s) => `users:\n- name: a\n  user:\n    token: ${s}\n`],
      ['kubeconfig password', (s) => `    password: ${s}\n    username: admin\n`],
      ['pgpass', (s) => `db.example:5432:app:bob:${s}\n`],
      ['my.cnf', (s) => `[client]\nuser = root\npassword = ${s}\n`],
      ['htpasswd', (s) => `bob:${fixed('$ap|r1$')}${c.mixed(8)}$${s}${c.mixed(22 - s.length)}\n`],
      [
        'shadow',
        (s) => `bob:${fixed('$6|$')}${c.mixed(8)}$${s}${c.mixed(70)}:19000:0:99999:7:::\n`,
      ],
      ['wp-config', (s) => `define('DB_PASSWORD', '${s}');\ndefine('DB_HOST', 'localhost');`],
      ['wp-config, keys', (s) => `define('AUTH_KEY',         '${s}');`],
      [
        '.env',
        (s) => `APP_ENV=local\nAPP_KEY=base64:${btoa(s + s)}\nDB_HOST=h\n`,
        (s) => btoa(s + s),
      ],
      ['tfvars', (s) => `db_username = "a"\ndb_password = "${s}"\n`],
      ['Java properties', (s) => `spring.datasource.username=a\nspring.datasource.password=${s}\n`],
      ['settings.xml', (s) => `<server><username>a</username><password>${s}</password></server>`],
      [
        'web.config',
        (s) => `<add name="x" connectionString="Server=s;User Id=u;Password=${s};" />`,
      ],
      ['NuGet.config', (s) => `<add key="ClearTextPassword" value="${s}" />`],
      ['redis.conf', (s) => `port 6379\nrequirepass ${s}\n`],
      ['WireGuard', (s) => `[Interface]\nPrivateKey = ${s}${c.base64(28)}=\n`],
      ['wpa_supplicant', (s) => `network={\n  ssid="x"\n  psk="${s}"\n}`],
      [
        'credentials of AWS',
        (s) => `[default]\naws_access_key_id = x\naws_secret_access_key = ${s}\n`,
      ],
      ['CSV of AWS', (s) => `${fixed('AK|IA') + c.upper(16)},${s}${c.base64(40 - s.length)}\n`],
      ['service account', (s) => JSON.stringify({ private_key_id: 'x', client_secret: s })],
      ['ansible vault', (s) => `vault_db_password: ${s}\n`],
      ['docker-compose', (s) => `environment:\n  - POSTGRES_PASSWORD=${s}\n`],
      ['docker-compose, map', (s) => `environment:\n  POSTGRES_PASSWORD: ${s}\n`],
      ['GitHub workflow', (s) => `env:\n  API_KEY: "${s}"\n`],
      ['tomcat-users', (s) => `<user username="a" password="${s}" roles="x"/>`],
      ['Gradle', (s) => `signingPassword=${s}\n`],
      ['Rails', (s) => `production:\n  secret_key_base: ${s}\n`],
    ];
  return rows.flatMap(([name, write, encoded]) =>
    [c.password(), c.mixed(20)].map((secret) =>
      sample('files', name, write(secret), secret, ...(encoded ? [encoded(secret)] : [])),
    ),
  );
}

/** URLs, connection strings, headers and cookies. */
export function urlSamples(c: Characters): Sample[] {
  const urls: ((s: string) => string)[] = [
    (s) => `git clone https://oauth2:${s}@h.example/o/r.git`,
    (s) => `git clone https\\://oauth2\\:${s}\\@h.example/o/r.git`,
    (s) => `postgres://u:${s}@db:5432/x`,
    (s) => `mongodb+srv://u:${s}@c.example/x?retryWrites=true`,
    (s) => `redis://:${s}@h:6379/0`,
    (s) => `amqps://u:${s}@h/v`,
    (s) => `DATABASE_URL="mysql://u:${s}@h/x"`,
    (s) => `jdbc:mysql://h/x?user=u&password=${s}`,
    (s) => `jdbc:oracle:thin:scott/${s}@h:1521:x`,
    (s) => `https://${s}@github.com/o/r`,
    (s) => `https://h/api?access_token=${s}&x=1`,
    (s) => `https://h/x?sv=2022&sig=${s}%3D&se=1`,
    (s) => `https://h/cb#id_token=${s}`,
    (s) => `https%3A%2F%2Fh%2F%3Fapi_key%3D${s}%26b%3D1`,
    (s) => `otpauth://totp/A:b?secret=${s.toUpperCase()}&issuer=A`,
    (s) => `ftp://bob:${s}@h/x`,
    (s) => `pip install --index-url https://u:${s}@h/simple x`,
    (s) => `Endpoint=sb://x;SharedAccessKeyName=k;SharedAccessKey=${s}=`,
    (s) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${s}==;EndpointSuffix=x`,
    (s) => `Server=tcp:h,1433;Initial Catalog=d;User ID=u;Password=${s};Encrypt=True`,
    (s) => `${fixed('https://hoo|ks.sla|ck.com/services/')}T0${c.upper(8)}/B0${c.upper(8)}/${s}`,
    (s) => `${fixed('https://disc|ord.com/api/web|hooks/')}${c.digits(18)}/${s}${c.url(40)}`,
    (s) => `https://${c.hex(32 - 20)}${s.toLowerCase().slice(0, 20)}@o1.ingest.example/1`,
  ];
  const headers: ((s: string) => string)[] = [
    (s) => `curl -H "Authorization: Bearer ${s}" h`,
    (s) => `Authorization: Basic ${btoa(`u:${s}`)}`,
    (s) => `BEARER ${s}`,
    (s) => `Basic ${btoa(`u:${s}`)}`,
    (s) => JSON.stringify({ headers: { authorization: `token ${s}` } }),
    (s) => `headers = {"X-Api-Key": "${s}"}`,
    (s) => `X-Auth-Token: ${s}`,
    (s) => `PRIVATE-TOKEN: ${s}`,
    (s) => `X-Vault-Token: ${s}`,
    (s) => `Set-Cookie: session=${s}; HttpOnly`,
    (s) => `curl --cookie "sid=${s}" h`,
    (s) => `-H 'Cookie: a=b; sid=${s}'`,
    (s) => `Proxy-Authorization: Digest username="u", response="${s}"`,
    (s) => `Authorization: AWS4-HMAC-SHA256 Credential=x, Signature=${s}`,
    (s) => `Ocp-Apim-Subscription-Key: ${s}`,
  ];
  const both = [
    ['urls', urls],
    ['headers', headers],
  ] as const;
  return both.flatMap(([family, rows]) =>
    rows.flatMap((write) =>
      [c.mixed(24), c.mixed(32)].map((secret) => {
        const text = write(secret);
        const lower = secret.toLowerCase().slice(0, 20);
        const written = [secret, secret.toUpperCase(), lower, btoa(`u:${secret}`)];
        return sample(family, write('SECRET'), text, ...written.filter((it) => text.includes(it)));
      }),
    ),
  );
}

/** Private keys of every kind, in the forms in which they are shown. */
export function privateKeySamples(c: Characters): Sample[] {
  const dashes = '-'.repeat(5);
  const kinds = ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '];
  const forms: Record<string, (lines: string[]) => string> = {
    lines: (lines) => lines.join('\n'),
    'written out': (lines) => JSON.stringify({ private_key: lines.join('\n') }),
    'written out twice': (lines) => JSON.stringify(JSON.stringify({ k: lines.join('\n') })),
    indented: (lines) => lines.map((line) => `    ${line}`).join('\n'),
    'quoted in a mail': (lines) => lines.map((line) => `> ${line}`).join('\n'),
    'with line numbers': (lines) => lines.map((line, at) => `     ${at + 1}\t${line}`).join('\n'),
    'in base64': (lines) => `client-key-data: ${btoa(lines.join('\n'))}`,
    'cut off': (lines) => lines.slice(0, -1).join('\n'),
  };
  return kinds.flatMap((kind) =>
    Object.entries(forms).map(([form, write]) => {
      const body = [c.base64(64), c.base64(64), c.base64(64), `${c.base64(30)}==`];
      const lines = [
        `${dashes}BEGIN ${kind}PRIVATE KEY${dashes}`,
        ...body,
        `${dashes}END ${kind}PRIVATE KEY${dashes}`,
      ];
      const text = write(lines);
      const encoded = btoa(lines.join('\n')).slice(100, 160);
      const secrets = [...body.slice(0, 3), encoded];
      return sample('private keys', `${kind}key ${form}`, text, ...secrets);
    }),
  );
}
