import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { redactionDocument } from '../../src/report/schemas/redaction.ts';
import { cli } from '../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeState,
} from '../helpers/conversation.ts';

const exported = (path: string, ...options: string[]) =>
  cli(['export', path, '--format', 'ndjson', ...options]);

describe('what the state keeps as a secret', () => {
  test.each([
    [
      'the key of a model',
      { agent: { llm: { api_key: 'qX7mPz2LkW9vTb4RnC8d' } } },
      'qX7mPz2LkW9vTb4RnC8d',
    ],
    [
      'a value of the registry',
      {
        secret_registry: {
          secret_sources: { A: { kind: 'StaticSecret', value: 'correcthorses' } },
        },
      },
      'correcthorses',
    ],
    [
      'the environment of a server',
      { agent: { mcp_config: { mcpServers: { a: { env: { X_TOKEN: 'zebra crossing 42' } } } } } },
      'zebra crossing 42',
    ],
    [
      'a header of a server',
      {
        agent: {
          mcp_config: { mcpServers: { a: { headers: { Authorization: 'Bearer sunny9dayz' } } } },
        },
      },
      'sunny9dayz',
    ],
    [
      'the argument of a server',
      { agent: { mcp_config: { mcpServers: { a: { args: ['--token', 'kd83ksm2x'] } } } } },
      'kd83ksm2x',
    ],
  ])('%s is replaced in events', async (_, state, secret) => {
    const path = makeConversation([
      messageEvent(0, `the server says ${secret}, twice: ${btoa(secret)}`),
    ]);
    writeState(path, state);
    const { stdout } = await exported(path, '--redact');
    expect(stdout).toMatch(/the server says \[redacted:[a-z-]+\], twice: \[redacted:[a-z-]+\]"/);
  });

  test('is no search for a common word', async () => {
    const text = 'the admin of localhost has the password of true';
    const path = makeConversation([messageEvent(0, text)]);
    const values = ['admin', 'localhost', 'password', 'true', 'admin123', 'me'];
    const secret_sources = Object.fromEntries(values.map((value) => [value, { value }]));
    writeState(path, { secret_registry: { secret_sources } });
    expect((await exported(path, '--redact')).stdout).toContain(text);
  });
});

describe('--redact-pattern', () => {
  const makeTickets = () =>
    makeConversation([messageEvent(0, 'ticket ACME-1234 and acme-77, and 12')]);

  test('replaces what it matches, in any case unless --case-sensitive', async () => {
    const path = makeTickets();
    const ignoring = await exported(path, '--redact-pattern', 'acme-\\d+');
    expect(ignoring.stdout).toContain('ticket [redacted:pattern] and [redacted:pattern], and 12');
    expect(ignoring.stderr).toBe('convoscope: 2 secrets replaced: 2 pattern\n');
    const exact = await exported(path, '--redact-pattern', 'acme-\\d+', '--case-sensitive');
    expect(exact.stdout).toContain('ticket ACME-1234 and [redacted:pattern], and 12');
  });

  test('can be repeated, and matches of nothing change nothing', async () => {
    const path = makeTickets();
    const { stdout } = await exported(
      path,
      '--redact-pattern',
      '\\b12\\b',
      '--redact-pattern',
      'x*',
    );
    expect(stdout).toContain('ticket ACME-1234 and acme-77, and [redacted:pattern]');
  });

  test('does not match its own markers', async () => {
    const path = makeTickets();
    for (const format of ['md', 'html', 'ndjson']) {
      const { stdout } = await cli([
        'export',
        path,
        '--format',
        format,
        '--redact-pattern',
        '[a-z]+',
      ]);
      expect(stdout).toContain('[redacted:pattern] [redacted:pattern]-1234');
      expect(stdout).not.toContain('[[redacted');
    }
  });

  test('replaces a text as a whole on which it takes too long', async () => {
    const path = makeConversation([messageEvent(0, `${'a'.repeat(40)}! and b`)]);
    const options = ['--redact-pattern', '(a+)+$', '--match-timeout', '500ms'];
    const { code, stdout, stderr } = await exported(path, ...options);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).llm_message.content[0].text).toBe('[redacted:too-slow]');
    expect(stderr).toContain('1 too-slow');
  });

  test.each(['(', ''])('%j is wrong usage', async (pattern) => {
    const path = makeTickets();
    const { code, stdout, stderr } = await exported(path, '--redact-pattern', pattern);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--redact-pattern');
  });
});

test.each([
  ['cd /home/annika/code', 'cd /home/[redacted:user]/code'],
  [
    'open /Users/annika/x and C:\\Users\\annika\\y',
    'open /Users/[redacted:user]/x and C:\\Users\\[redacted:user]\\y',
  ],
  [
    '~annika/x and /tmp/-home-annika-code',
    '~[redacted:user]/x and /tmp/-home-[redacted:user]-code',
  ],
  ['uid=1000(annika) and USER=annika', 'uid=1000([redacted:user]) and USER=[redacted:user]'],
  ['/home/annika/x belongs to Annika', '/home/[redacted:user]/x belongs to [redacted:user]'],
  ['mail annika.b@post.example.com, now', 'mail [redacted:email], now'],
  ['annika@build-7:~/code$ ls', '[redacted:user]@[redacted:host]:~/code$ ls'],
  ['ping db-3.corp.example.com', 'ping [redacted:host]'],
  ['curl https://git.firm.internal:8443/x', 'curl https://[redacted:host]:8443/x'],
  ['HOSTNAME=build-7.lan', 'HOSTNAME=[redacted:host]'],
  ['at 192.168.7.20 and 10.1.2.3', 'at [redacted:host] and [redacted:host]'],
  ['http://localhost:8080 and 127.0.0.1', 'http://localhost:8080 and 127.0.0.1'],
  [
    'os.path.join(self.name), README.md, v1.2.3, npm i a@1.2.3',
    'os.path.join(self.name), README.md, v1.2.3, npm i a@1.2.3',
  ],
])('--redact-paths: %s', async (text, expected) => {
  const path = makeConversation([messageEvent(0, text)]);
  const { stdout } = await exported(path, '--redact-paths');
  const event = JSON.parse(stdout);
  expect(event.llm_message.content[0].text).toBe(expected);
});

describe('--redact-report', () => {
  const makeLeaky = () =>
    makeConversation([
      messageEvent(0, 'export DB_PASSWORD=hunter2222'),
      messageEvent(1, 'it is hunter2222 and hunter2222'),
    ]);

  test('writes what was replaced where, without the values', async () => {
    const path = makeLeaky();
    const file = join(temporaryFolder(), 'report.json');
    const { code, stderr } = await exported(path, '--redact-report', file);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'convoscope: 3 secrets replaced: 3 password\n',
    });
    const text = readFileSync(file, 'utf8');
    const report = redactionDocument.parse(JSON.parse(text));
    const field = { path: 'llm_message.content[0].text', family: 'named-value', rule: 'password' };
    expect(report).toMatchObject({
      total: 3,
      rules: [{ family: 'named-value', rule: 'password', count: 3 }],
      items: [
        { index: 0, ...field, count: 1 },
        { index: 1, ...field, count: 2 },
      ],
    });
    expect(text).not.toContain('hunter2222');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('reports what is before the events where the format shows it', async () => {
    const path = makeLeaky();
    const file = join(temporaryFolder(), 'report.json');
    await cli(['export', path, '--format', 'md', '--redact-report', file]);
    const [first] = JSON.parse(readFileSync(file, 'utf8')).items;
    expect(first).toMatchObject({ index: null, path: 'title', rule: 'password' });
  });

  test('a key that has a secret is reported without it', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const event = {
      ...messageEvent(0, 'x'),
      extended_content: [{ [token]: { password: 'hunter2222' } }],
    };
    const file = join(temporaryFolder(), 'report.json');
    await exported(makeConversation([event]), '--redact-report', file);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(token);
    expect(JSON.parse(text).items).toMatchObject([
      { index: 0, path: null, rule: 'github-token' },
      { index: 0, path: 'extended_content[0].[redacted:github-token].password' },
    ]);
  });

  test.each([
    ['in a conversation', 'report.json'],
    ['in its events', 'events/report.json'],
    ['in a missing folder', '/nowhere/report.json'],
    ['to stdout', '-'],
    ['to nothing', ''],
  ])('is never written %s, and then nothing else is', async (_, name) => {
    const path = makeLeaky();
    const file = name.endsWith('report.json') && !name.startsWith('/') ? join(path, name) : name;
    const before = readdirSync(path, { recursive: true });
    const { code, stdout, stderr } = await exported(path, '--redact-report', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--redact-report');
    expect(readdirSync(path, { recursive: true })).toEqual(before);
  });

  test('is not written over the export, whatever path names it', async () => {
    const path = makeLeaky();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'old');
    for (const file of [join(folder, 'a'), `${folder}/./a`, join(folder, 'new')]) {
      const out = file.endsWith('new') ? `${folder}/./new` : join(folder, 'a');
      expect((await exported(path, '--out', out, '--redact-report', file)).code).toBe(2);
    }
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});
