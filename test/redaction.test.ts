// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts have templates of shells in them
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRedactor, type Redactor } from '../src/redaction/redactor.ts';
import type { JsonObject, JsonValue } from '../src/text/json-value.ts';
import { ROOT } from './helpers/cli.ts';

// Made of pieces, so that nobody's scanner takes this file for a leak.
const mixed = (length: number) => 'a1B2c3D4'.repeat(100).slice(0, length);
const hex = (length: number) => 'a1b2c3d4'.repeat(100).slice(0, length);
const upper = (length: number) => 'A1B2C3D4'.repeat(100).slice(0, length);
const dashes = '-'.repeat(5);
const pem = (newline: string, kind = 'RSA ') =>
  [
    `${dashes}BEGIN ${kind}PRIVATE KEY${dashes}`,
    ...Array.from({ length: 4 }, () => mixed(64)),
    `${mixed(30)}==`,
    `${dashes}END ${kind}PRIVATE KEY${dashes}`,
  ].join(newline);

const JWT = `${'ey'}J${mixed(20)}.${'ey'}J${mixed(40)}.${mixed(43)}`;

const shapes: [rule: string, token: string][] = [
  ['openai-key', `${'sk'}-${mixed(48)}`],
  ['openai-key', `${'sk'}-proj-${mixed(60)}_${mixed(20)}`],
  ['openai-key', `${'sk'}-svcacct-${mixed(60)}`],
  ['anthropic-key', `${'sk'}-ant-api03-${mixed(93)}AA`],
  ['openrouter-key', `${'sk'}-or-v1-${hex(64)}`],
  ['api-key', `${'sk'}-lf-${mixed(30)}`],
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((it) => ['github-token', `${it}_${mixed(36)}`]),
  ['github-token', `github_${'pat'}_${mixed(22)}_${mixed(59)}`],
  ['gitlab-token', `${'glp'}at-${mixed(20)}`],
  ['aws-access-key-id', `${'AK'}IA${upper(16)}`],
  ['aws-access-key-id', `${'AS'}IA${upper(16)}`],
  ['google-api-key', `${'AI'}za${mixed(35)}`],
  ['google-oauth-token', `${'ya'}29.${mixed(60)}`],
  ['google-oauth-secret', `${'GOC'}SPX-${mixed(28)}`],
  ['slack-token', `${'xo'}xb-1234567890-${mixed(24)}`],
  ['slack-token', `${'xa'}pp-1-${mixed(24)}`],
  ['stripe-key', `${'sk'}_live_${mixed(24)}`],
  ['stripe-key', `${'rk'}_test_${mixed(24)}`],
  ['npm-token', `${'np'}m_${mixed(36)}`],
  ['pypi-token', `${'py'}pi-AgEIcHlwaS5vcmc${mixed(100)}`],
  ['huggingface-token', `${'h'}f_${mixed(34)}`],
  ['sendgrid-key', `${'S'}G.${mixed(22)}.${mixed(43)}`],
  ['digitalocean-token', `${'do'}p_v1_${hex(64)}`],
  ['jwt', JWT],
  ['vault-token', `${'hv'}s.${mixed(40)}`],
  ['linear-key', `${'lin'}_api_${mixed(40)}`],
  ['shopify-token', `${'shp'}at_${hex(32)}`],
  ['databricks-token', `${'da'}pi${hex(32)}`],
  ['figma-token', `${'fig'}d_${mixed(40)}`],
  ['notion-token', `${'nt'}n_${mixed(46)}`],
  ['airtable-token', `${'pa'}t${mixed(14)}.${hex(64)}`],
  ['telegram-token', `1234567890:${'A'}A${mixed(33)}`],
  ['discord-token', `${'M'}${mixed(23)}.${mixed(6)}.${mixed(30)}`],
  ['mailgun-key', `${'ke'}y-${hex(32)}`],
  ['mailchimp-key', `${hex(32)}-${'u'}s12`],
  ['twilio-key', `${'S'}K${hex(32)}`],
  ['docker-token', `${'dc'}kr_pat_${mixed(27)}`],
  ['groq-key', `${'gs'}k_${mixed(52)}`],
  ['xai-key', `${'xa'}i-${mixed(80)}`],
  ['terraform-token', `${mixed(14)}.${'atlas'}v1.${mixed(67)}`],
  ['azure-secret', `abc${'8'}Q~${mixed(34)}`],
  ['age-key', `AGE-SECRET-${'KEY'}-1${upper(58)}`],
] as [string, string][];

function redact(text: string): { text: string; counts: Record<string, number> } {
  const redactor = makeRedactor();
  return { text: redactor.text(text), counts: Object.fromEntries(redactor.counts) };
}

describe('known tokens', () => {
  test.each(shapes)('%s', (rule, token) => {
    const shown = `[redacted:${rule}]`;
    expect(redact(token)).toEqual({ text: shown, counts: { [rule]: 1 } });
    // In prose, after an escape, a colour or an encoded space, in quotes, at the end of a sentence.
    for (const [before, after] of [
      ['It is ', '.'],
      ['a\\n', '\\n'],
      ['\u001b[1;31m', '\u001b[0m'],
      ['%20', '&'],
      ['["', '"]'],
      ['\\"', '\\"'],
      ['x=', ' y'],
    ] as const) {
      expect(redact(before + token + after).text).toBe(before + shown + after);
    }
  });

  test.each([
    ['as it is', pem('\n')],
    ['with CRLF', pem('\r\n')],
    ['in JSON', pem('\\n')],
    ['in JSON twice', pem('\\\\n')],
    ['of OpenSSH', pem('\n', 'OPENSSH ')],
    ['without a kind', pem('\n', '')],
    ['indented', pem('\n    ')],
    ['joined in code', pem('\\n" +\n"')],
  ])('a private key %s', (_, key) => {
    expect(redact(`cat it:\n${key}\nDone.`)).toEqual({
      text: 'cat it:\n[redacted:private-key]\nDone.',
      counts: { 'private-key': 1 },
    });
  });

  test('a private key that is cut off, and two', () => {
    const cut = pem('\n').slice(0, 200);
    expect(redact(`${cut}\n[output clipped]`).text).toBe(
      '[redacted:private-key]\n[output clipped]',
    );
    expect(redact(`${pem('\n')}\n${pem('\n')}`).counts).toEqual({ 'private-key': 2 });
  });

  test('the end of a webhook, and an AWS key beside its id', () => {
    const hook = `T${upper(8)}/B${upper(8)}/${mixed(24)}`;
    expect(redact(`https://hooks.slack.com/services/${hook}`).text).toBe(
      'https://hooks.slack.com/services/[redacted:slack-webhook]',
    );
    expect(redact(`${'AK'}IA${upper(16)},${mixed(40)}\n`).text).toBe(
      '[redacted:aws-access-key-id],[redacted:aws-secret-key]\n',
    );
  });
});

describe('secrets known by what stands beside them', () => {
  const secret = mixed(24);
  test.each([
    // Headers
    ["curl -H 'Authorization: Bearer abc' x", "curl -H 'Authorization: Bearer <authorization>' x"],
    ['"authorization": "Bearer abc"', '"authorization": "Bearer <authorization>"'],
    [
      '{\\"Authorization\\": \\"token abc1\\"}',
      '{\\"Authorization\\": \\"token <authorization>\\"}',
    ],
    ['Proxy-Authorization: Basic dXNlcjpwYXNz', 'Proxy-Authorization: Basic <authorization>'],
    ['Authorization: Digest username="u", nonce="n"', 'Authorization: Digest <authorization>'],
    [`Authorization: ${secret}`, 'Authorization: <authorization>'],
    [
      `headers["Authorization"] = "Bearer ${secret}"`,
      'headers["Authorization"] = "Bearer <authorization>"',
    ],
    [`bearer ${secret}`, 'bearer <authorization>'],
    ['< Set-Cookie: sid=abc; Path=/\r\n<', '< Set-Cookie: <cookie>\r\n<'],
    ["-H 'Cookie: a=b; c=d'", "-H 'Cookie: <cookie>'"],
    ['X-Api-Key: abcdef', 'X-Api-Key: <key>'],
    ['x-auth-token: abcdef1', 'x-auth-token: <token>'],
    ['PRIVATE-TOKEN: abcdef1', 'PRIVATE-TOKEN: <token>'],
    // URLs
    ['postgres://u:pa:ss@word@db:5432/x', 'postgres://u:<url-password>@db:5432/x'],
    ['https://user:password@example.com', 'https://user:<url-password>@example.com'],
    [`https://${mixed(20)}@github.com/a`, 'https://<url-password>@github.com/a'],
    ['https://x.io/?a=1&token=abcd1234&b=2', 'https://x.io/?a=1&token=<url-parameter>&b=2'],
    ['https://x.io/#access_token=abc&x=1', 'https://x.io/#access_token=<url-parameter>&x=1'],
    ['?api_key=abc12&amp;apikey=def34', '?api_key=<url-parameter>&amp;apikey=<url-parameter>'],
    [`?X-Amz-Signature=${hex(64)}&x`, '?X-Amz-Signature=<url-parameter>&x'],
    [`blob?sv=2022&sig=${mixed(20)}%3D`, 'blob?sv=2022&sig=<url-parameter>'],
    [`/maps?key=${mixed(20)}`, '/maps?key=<url-parameter>'],
    // Assignments
    [`export GITHUB_TOKEN=${secret}`, 'export GITHUB_TOKEN=<token>'],
    ['export DB_PASSWORD=letmein\n', 'export DB_PASSWORD=<password>\n'],
    ['PASSWORD=p@ss,w;rd(1\n', 'PASSWORD=<password>\n'],
    ['a\\nMY_SECRET=abcd\\nb', 'a\\nMY_SECRET=<secret>\\nb'],
    ['API_KEY: abc123', 'API_KEY: <key>'],
    ['{"api_key": "abc"}'.replace('abc', 'abcd'), '{"api_key": "<key>"}'],
    ["{'dbPassword': 'hunter2'}", "{'dbPassword': '<password>'}"],
    ['{\\"client_secret\\": \\"abcd\\"}', '{\\"client_secret\\": \\"<secret>\\"}'],
    [
      String.raw`{\\\"token\\\": \\\"${secret}\\\"}`,
      '{\\\\\\"token\\\\\\": \\\\\\"<token>\\\\\\"}',
    ],
    ['password=hunter2', 'password=<password>'],
    ['login(user="a", password="hunter2")', 'login(user="a", password="<password>")'],
    ['const apiKey: string = "abcd";', 'const apiKey: string = "<key>";'],
    ['password: letmein\n', 'password: <password>\n'],
    ['  password: 12345678\n', '  password: <password>\n'],
    ['x --password hunter -v', 'x --password <password> -v'],
    ['x --token=abcdef --api-key "abcd"', 'x --token=<token> --api-key "<key>"'],
    ['["--token", "abcdef"]', '["--token", "<token>"]'],
    ['<password>hunter2</password>', '<password><password></password>'],
    [`"SecretAccessKey": "${mixed(40)}"`, '"SecretAccessKey": "<aws-secret-key>"'],
    [`AWS_SECRET_ACCESS_KEY=/${mixed(39)}`, 'AWS_SECRET_ACCESS_KEY=<aws-secret-key>'],
    [`AWS Secret Access Key: ${mixed(40)}`, 'AWS Secret Access Key: <aws-secret-key>'],
    [`AccountKey=${mixed(86)}==;Endpoint=x`, 'AccountKey=<key>;Endpoint=x'],
    [`token: ${secret}`, 'token: <token>'],
    [`key = '${secret}'`, "key = '<key>'"],
    [`OPENAI_KEY=${secret}`, 'OPENAI_KEY=<key>'],
    [`TOKEN2="${secret}"`, 'TOKEN2="<token>"'],
  ])('%s', (text, expected) => {
    // <rule> stands for the marker where an expectation has one.
    const rules =
      /<(authorization|cookie|key|token|secret|password|url-password|url-parameter|aws-secret-key)>/g;
    const shown = text.startsWith('<password>')
      ? '<password>[redacted:password]</password>'
      : expected.replaceAll(rules, '[redacted:$1]');
    expect(redact(text).text).toBe(shown);
  });

  test('a field that is called so holds nothing but a secret', () => {
    const event = {
      password: 'two words',
      nested: [{ apiKey: 'x y', ACCESS_TOKEN: 'abc', 'x-api-key': '1', clientSecret: '2' }],
      headers: { Authorization: 'Bearer abc', Cookie: 'a=b', accept: 'text/html' },
      env: [
        { name: 'GITHUB_TOKEN', value: 'abc' },
        { value: 'def', name: 'HOME' },
      ],
      argv: ['login', '--password', 'abc', 'def'],
      secrets: { a: 'b' },
      secret_sources: { A: { kind: 'StaticSecret', value: 'abc' } },
      token: 'abc123',
    };
    const redactor = makeRedactor();
    expect(redactor.event(event)).toEqual({
      password: '[redacted:password]',
      nested: [
        {
          apiKey: '[redacted:key]',
          ACCESS_TOKEN: '[redacted:token]',
          'x-api-key': '[redacted:key]',
          clientSecret: '[redacted:secret]',
        },
      ],
      headers: {
        Authorization: 'Bearer [redacted:authorization]',
        Cookie: '[redacted:cookie]',
        accept: 'text/html',
      },
      env: [
        { name: 'GITHUB_TOKEN', value: '[redacted:token]' },
        { value: 'def', name: 'HOME' },
      ],
      argv: ['login', '--password', '[redacted:password]', 'def'],
      secrets: { a: '[redacted:secret]' },
      secret_sources: { A: { kind: 'StaticSecret', value: '[redacted:secret]' } },
      token: '[redacted:token]',
    });
    expect(Object.fromEntries(redactor.counts)).toEqual({
      password: 2,
      key: 2,
      token: 3,
      secret: 3,
      authorization: 1,
      cookie: 1,
    });
  });
});

describe('what stays', () => {
  test.each([
    'the token expired, and the key to it is a secret; a password is required',
    'Pass the --token flag or the --password option. --token TOKEN, --api-key KEY',
    '--password string   Password for the registry',
    'token = get_token()',
    'token = self.tokens[0]; key = row.key2; password = getpass.getpass("Password: ")',
    'if key == "name" and token != "a1B2c3D4a1B2c3D4e5":',
    'for key, value in items: print(key=value)',
    'sorted(hints.keys(), key=_expand_hint_key)',
    'login(user=user, password=user_password, token=token)',
    'def login(password: str, token: Optional[str] = None, api_key: SecretStr = None):',
    'interface A { password: string; token?: string; key: string }',
    'key: value\ntoken: name\ncache_key: npm-build-20241012',
    'cache_key: Linux-node-a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4',
    `key: ${hex(40)}\ncommit ${hex(40)}\nkey = "${hex(64)}"`,
    'id: 0a1b2c3d-4e5f-4a1b-8c3d-0a1b2c3d4e5f token=0a1b2c3d-4e5f-4a1b-8c3d-0a1b2c3d4e5f',
    'prompt_tokens: 1200, max_tokens=4096, "completion_tokens": 5, total_tokens: 12345678',
    'GITHUB_TOKEN=$GITHUB_TOKEN API_KEY=${API_KEY} TOKEN="$(gh auth token)" A_KEY=%A_KEY%',
    'PASSWORD=*** api_key: "**********" token: <redacted> secret="[REDACTED]" PASSWORD=xxxx',
    'api_key=os.environ["X"], token=os.getenv("GITHUB_TOKEN"), password=process.env.PASSWORD',
    'api_key = None; token: null; secret = true; "password": false, api_key=""',
    'api_key="OPENAI_API_KEY", api_key="your-api-key-here", token: "GITHUB_TOKEN"',
    'private_key: /home/user/.ssh/id_rsa, key_file=/etc/ssl/private/key.pem, key=./a/b.pem',
    '"password": "Enter your password", "secret": "string", "token": "Identifier"',
    'Authorization: Bearer <token>, Authorization: Bearer ${TOKEN}, Authorization: required',
    'Authorization: Bearer token; -H "Authorization: Bearer $TOKEN"; bearer authentication is used',
    "f\"Bearer {token}\" 'Authorization': f'Bearer {self.api_key}'",
    'cookie: true, cookies: {}, Cookie: the browser sends it',
    'https://example.com/a?key=name&page=2#token=none git@github.com:a/b.git http://a:8080/b@c',
    'https://user:***@example.com https://user:${PASSWORD}@x https://${USER}:${PASS}@x',
    'monkey=banana1 turkey: a1B2c3D4e5F6g7H8 keyboard=qwerty12 tokenizer=a1B2c3D4e5F6g7H8',
    'eos_token: "</s>" pad_token="<pad1>" next_page_token=a1B2c3D4e5F6g7H8 public_key="a1B2c3D4e5F6g7H8"',
    `grep '${dashes}BEGIN RSA PRIVATE KEY${dashes}' ${dashes}END RSA PRIVATE KEY${dashes}`,
    'ghp_short sk-learn-extra-long-package-name-of-words AKIA eyJ.eyJ. npm_config_registry hf_hub_download',
    'claude-sonnet-4-20250514 gpt-4o-mini-2024-07-18 sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4',
    'password=password',
    'PWD=/workspace/project OLDPWD=/tmp',
  ])('%s', (text) => {
    expect(redact(text)).toEqual({ text, counts: {} });
  });

  test("an event's own fields, numbers, and secrets that are masked", () => {
    const event: JsonObject = {
      kind: 'ConversationStateUpdateEvent',
      id: mixed(32),
      timestamp: '2026-01-01T00:00:00',
      source: 'environment',
      key: mixed(20),
      tool_call_id: `call_${mixed(24)}`,
      llm_response_id: `chatcmpl-${mixed(24)}`,
      tool_call: { id: mixed(32), name: 'terminal' },
      value: {
        api_key: '**********',
        token: null,
        password: 1234,
        token_usages: [{ prompt_tokens: 1200, per_turn_token: 3 }],
        prompt_token_ids: [1, 2, 3],
        usage: { auth_type: 'api_key', key: 'Enter', secret_source: 'x' },
        thinking_blocks: [{ signature: mixed(200) }],
        secret_sources: { A: { kind: 'StaticSecret', value: '<secret-hidden>' } },
      },
    };
    const redactor = makeRedactor();
    expect(redactor.event(event)).toEqual(event);
    expect(redactor.counts.size).toBe(0);
  });
});

describe('what was found once', () => {
  test('is found where it stands alone, later and earlier in the same event', () => {
    const redactor = makeRedactor();
    const secret = `${mixed(9)}-${mixed(9)}`;
    expect(redactor.text(`it is ${secret}`)).toContain(secret);
    expect(redactor.event({ thought: `I use ${secret}.`, action: { password: secret } })).toEqual({
      thought: 'I use [redacted:password].',
      action: { password: '[redacted:password]' },
    });
    expect(redactor.text(`it is ${secret}, not x${secret}x`)).toBe(
      `it is [redacted:password], not x${secret}x`,
    );
    expect(redactor.counts.get('password')).toBe(3);
  });

  test('is not a word that may mean something else', () => {
    const redactor = makeRedactor();
    redactor.event({ password: 'conversation', secret: 'the whole sentence' });
    const text = 'the whole sentence of a conversation';
    expect(redactor.text(text)).toBe(text);
  });

  test('is forgotten at last, so that memory has a bound', () => {
    const redactor = makeRedactor();
    const secretOf = (n: number) => `${mixed(12)}${n}`;
    for (let n = 1000; n < 2000; n++) redactor.event({ password: secretOf(n) });
    expect(redactor.text(secretOf(1000))).toBe(secretOf(1000));
    expect(redactor.text(secretOf(1999))).toBe('[redacted:password]');
  });
});

const corpus: JsonObject[] = [
  ...shapes.map(([, token]) => ({ text: `a "${token}"\n\u00e9 ${token}`, [token]: 1 })),
  { password: 'é"\\\n', nested: { text: `\u2028 password="${mixed(20)}" \ud83d\ude00` } },
  {
    a: [
      ['--token', 'abcdef'],
      ['--token', 1, 'abcdef'],
      ['--token', ['abcdef'], 'abcdef'],
    ],
  },
  { value: 'abcdef1', name: 'API_TOKEN', key: 'x', b: { key: 'secret', value: 'v' } },
];

describe('the exact text', () => {
  test('numbers, order, space and escapes stay; only the secret goes', () => {
    const text = `{ "b":1.0,\t"a" : [1e22, 12345678901234567890, -0],\r\n "password":"x\\u00e9",
      "t\\u0065xt": "\\u00e9\\/ \\"api_key\\": \\"abc1\\" \\ud83d\\ude00", "1": "z", "b": 2}`;
    const redactor = makeRedactor();
    expect(redactor.json(text)).toBe(
      text.replace('x\\u00e9', '[redacted:password]').replace('abc1', '[redacted:key]'),
    );
    expect(Object.fromEntries(redactor.counts)).toEqual({ password: 1, key: 1 });
  });

  test('any JSON without secrets is left as it is', () => {
    const spaced = fc
      .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'))
      .map(([value, space]) => JSON.stringify({ value }, null, space));
    fc.assert(
      fc.property(spaced, (text) => {
        expect(makeRedactor().json(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('says what the value says', () => {
    for (const event of corpus) {
      for (const space of [undefined, 2]) {
        const text = JSON.stringify(event, null, space);
        const ofText = makeRedactor();
        const ofValue = makeRedactor();
        const shown = JSON.parse(ofText.json(text)) as JsonValue;
        expect(shown).not.toEqual(event);
        expect(shown).toEqual(ofValue.event(event));
        expect([...ofText.counts]).toEqual([...ofValue.counts]);
      }
    }
  });

  test('what is no JSON is a text', () => {
    expect(makeRedactor().json('{"password": "abcd"')).toBe('{"password": "[redacted:password]"');
  });

  test('recorded events keep all but what is secret in them', () => {
    const folder = join(ROOT, 'fixtures', 'conversations');
    const counts: Record<string, number> = {};
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/event-.*\.json$/.test(name)) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      const redactor = makeRedactor();
      const shown = redactor.json(text);
      for (const [rule, count] of redactor.counts) counts[rule] = (counts[rule] ?? 0) + count;
      if (!isJson(text)) continue;
      const value = JSON.parse(text) as JsonObject;
      expect(JSON.stringify(makeRedactor().event(value))).toBe(JSON.stringify(JSON.parse(shown)));
    }
    expect(counts).toEqual({});
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts in which the parts that rules look for meet in any order. */
const parts = fc.constantFrom(
  ...shapes.map(([, token]) => token),
  ...'password token api_key X_KEY Authorization Cookie Bearer secret --token https:// user: @ ?key= = : " \' \\" ` , ; & ( ) [ ] { } < > \\n % *** a1 abc [redacted:jwt] [redacted: redacted:key]'.split(
    ' ',
  ),
  ' ',
  '\n',
  mixed(16),
  pem('\n'),
);
const tangled = fc.array(parts, { maxLength: 14 }).map((all) => all.join(''));

describe('redacting again', () => {
  const isStable = (redactor: Redactor, text: string) => {
    const counts = [...redactor.counts];
    expect(redactor.text(text)).toBe(text);
    expect([...redactor.counts]).toEqual(counts);
  };

  test('changes and counts nothing, whatever the text', () => {
    fc.assert(
      fc.property(tangled, (text) => {
        const redactor = makeRedactor();
        const shown = redactor.text(text);
        isStable(redactor, shown);
        isStable(makeRedactor(), shown);
      }),
      { numRuns: 3000 },
    );
  });

  test('changes no event either', () => {
    fc.assert(
      fc.property(fc.dictionary(tangled, fc.oneof(tangled, fc.array(tangled))), (event) => {
        const redactor = makeRedactor();
        const shown = redactor.event(event);
        const counts = [...redactor.counts];
        expect(redactor.event(shown)).toEqual(shown);
        expect([...redactor.counts]).toEqual(counts);
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile events', () => {
  test('`__proto__` is a key like any other', () => {
    const text =
      '{"__proto__": {"password": "abc", "__proto__": "x"}, "constructor": {"token": "abc123"}}';
    const shown = makeRedactor().event(JSON.parse(text) as JsonObject);
    expect(JSON.stringify(shown)).toBe(
      '{"__proto__":{"password":"[redacted:password]","__proto__":"x"},"constructor":{"token":"[redacted:token]"}}',
    );
    expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
    expect(makeRedactor().json(text)).toContain('"password": "[redacted:password]"');
  });

  test('nesting of any depth is no danger', () => {
    const depth = 100_000;
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const text = `{"v":${open.repeat(depth)}{"password":"abc"}${close.repeat(depth)}}`;
      const redactor = makeRedactor();
      let value: JsonValue = redactor.event(JSON.parse(text) as JsonObject);
      for (let down = 0; down <= depth; down++) value = Object.values(value as object)[0];
      expect(value).toEqual({ password: '[redacted:password]' });
      expect(redactor.json(text)).toBe(text.replace('abc', '[redacted:password]'));
    }
  });

  const megabyte = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length));
  test.each([
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
  ])(
    'a megabyte of %j takes no time to speak of',
    (part) => {
      const text = megabyte(part);
      const started = performance.now();
      makeRedactor().text(text);
      makeRedactor().event({ password: text });
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    60_000,
  );

  test('backslashes of any number before quotes', () => {
    let text = '';
    for (let slashes = 0; text.length < 1_000_000; slashes = (slashes + 1) % 40) {
      text += `token=${'\\'.repeat(slashes)}"`;
    }
    const started = performance.now();
    makeRedactor().text(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  }, 60_000);

  test('a token of 20 MB is one all the same', () => {
    const long = 'a1B2'.repeat(5_000_000);
    expect(makeRedactor().text(`${'gh'}p_${long} x`)).toBe('[redacted:github-token] x');
    expect(makeRedactor().text(`password=${long} x`)).toBe('password=[redacted:password] x');
    expect(makeRedactor().text(`Authorization: Bearer ${long} x`)).toBe(
      'Authorization: Bearer [redacted:authorization] x',
    );
  }, 60_000);
});

test('a secret that colours run through is one all the same', () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const coloured = `use \u001b[01;31m\u001b[Kghp_\u001b[m\u001b[K${secret.slice(4)}\u001b]0;x\u0007 now`;
  const redactor = makeRedactor();
  const shown = redactor.text(coloured);
  expect(shown).toBe('use \u001b[01;31m\u001b[K[redacted:github-token]\u001b]0;x\u0007 now');
  expect(redactor.text(shown)).toBe(shown);
  expect([...redactor.counts]).toEqual([['github-token', 1]]);
  expect(JSON.parse(redactor.json(JSON.stringify({ text: coloured }))).text).toBe(shown);
  expect(redactor.text('\u001b]'.repeat(500_000))).toHaveLength(1_000_000);
});
