// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts contain templates of shells
import { expect, test } from 'vitest';
import { dashes, hex, redact } from './samples.ts';

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
])('no secret: %s', (text) => {
  expect(redact(text)).toEqual({ text, counts: {} });
});
