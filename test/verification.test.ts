import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainPage } from '../src/report/verify/explain.ts';
import { RULES } from '../src/verification/rules/index.ts';
import { CODES, makeRuleConfig, verify } from '../src/verification/verify.ts';
import { cli, ROOT, terminal } from './helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
  writeState,
} from './helpers/conversation.ts';
import { idOf, loaded, slotOf } from './helpers/memory.ts';
import { spawnCli } from './helpers/spawned.ts';
import { subjectOf } from './helpers/subject.ts';

type Spoil = (path: string) => unknown;

const old = (file: string) => utimesSync(file, 1e9, 1e9);
const rename = (path: string, from: number, name: string) =>
  renameSync(eventPath(path, from), join(path, 'events', name));

/** For each code: what makes a conversation of four have it, and nothing else. */
const CASES: Record<string, Spoil> = {
  'empty-file': (path) => truncateSync(eventPath(path, 1), 0),
  'truncated-json': (path) => truncateSync(eventPath(path, 1), 30),
  'invalid-json': (path) => writeFileSync(eventPath(path, 1), '{"a":nope}'),
  'trailing-bytes': (path) => writeFileSync(eventPath(path, 1), '{}\n{}'),
  'invalid-utf8': (path) => writeFileSync(eventPath(path, 1), Buffer.from([0x7b, 0xff, 0x7d])),
  'not-an-object': (path) => writeFileSync(eventPath(path, 1), '"text"'),
  'unreadable-file': (path) => [
    rmSync(eventPath(path, 1)),
    symlinkSync('nowhere', eventPath(path, 1)),
  ],
  'not-a-file': (path) => [
    rmSync(eventPath(path, 1)),
    execFileSync('mkfifo', [eventPath(path, 1)]),
  ],
  'linked-file': (path) => [rename(path, 1, '../kept'), symlinkSync('../kept', eventPath(path, 1))],
  'oversized-file': (path) => truncateSync(eventPath(path, 1), 65 * 1024 * 1024),
  'in-flight-write': (path) => truncateSync(eventPath(path, 3), 30),
  'unrecognized-name': (path) => writeFileSync(join(path, 'events', 'event-4.json'), '{}'),
  'padded-index': (path) => rename(path, 1, `event-000001-${idOf(1)}.json`),
  'index-gap': (path) => rmSync(eventPath(path, 1)),
  'duplicate-index': (path) =>
    writeFileSync(
      eventPath(path, 1, 'abcdef01'),
      JSON.stringify({ ...messageEvent(1), id: 'abcdef01' }),
    ),
  'duplicate-id': (path) => [
    rmSync(eventPath(path, 3)),
    writeFileSync(eventPath(path, 3, idOf(1)), JSON.stringify({ ...messageEvent(3), id: idOf(1) })),
  ],
  'id-mismatch': (path) => change(path, 1, { id: idOf(9) }),
  // The name of a file cannot hold it, so the two codes come together.
  'reserved-id': (path) => writeEvent(path, 1, { ...messageEvent(1), id: '__root__' }),
  'missing-field': (path) => change(path, 1, { source: undefined }),
  'bad-field': (path) => change(path, 1, { source: 'robot' }),
  'bad-timestamp': (path) => change(path, 1, { timestamp: 'soon' }),
  'unknown-kind': (path) => change(path, 1, { kind: 'FutureEvent' }),
  'unknown-field': (path) => change(path, 1, { from_the_future: 1 }),
  'legacy-shape': (path) => change(path, 1, { kind: 'openhands.sdk.event.MessageEvent' }),
  'timestamp-regression': (path) => change(path, 2, { timestamp: '2025-12-31T23:59:59' }),
  'forgotten-unknown-id': (path) =>
    writeEvent(path, 2, {
      ...base(2),
      kind: 'Condensation',
      forgotten_event_ids: [idOf(0), 'gone'],
      llm_response_id: 'r',
    }),
  'mixed-timezones': (path) => change(path, 2, { timestamp: '2026-01-01T00:00:02Z' }),
  'missing-parent': (path) => change(path, 2, { parent_id: 'ffffffff-0000' }),
  'parent-cycle': (path) => change(path, 1, { parent_id: idOf(1) }),
  'missing-leaf': (path) => writeState(path, { leaf_event_id: 'ffffffff-0000' }),
  'unexpected-root': (path) => change(path, 2, { parent_id: '__root__' }),
  'stale-leaf': (path) => [writeState(path, { leaf_event_id: idOf(1) }), old(eventPath(path, 3))],
  'parent-after-child': (path) => [
    change(path, 1, { parent_id: idOf(2) }),
    change(path, 2, { parent_id: idOf(0) }),
    change(path, 3, { parent_id: idOf(1) }),
  ],
  'orphan-observation': (path) => writeEvent(path, 2, observation(2, 'gone')),
  'duplicate-observation': (path) => [
    writeEvent(path, 1, action(1)),
    writeEvent(path, 2, observation(2, idOf(1))),
    writeEvent(path, 3, observation(3, idOf(1))),
  ],
  'tool-call-mismatch': (path) => [
    writeEvent(path, 1, action(1)),
    writeEvent(path, 2, { ...observation(2, idOf(1)), tool_call_id: 'other' }),
  ],
  'unmatched-action': (path) => writeEvent(path, 3, action(3)),
  'missing-state': (path) => rmSync(join(path, 'base_state.json')),
  'corrupt-state': (path) => writeFileSync(join(path, 'base_state.json'), '{"id":'),
  'state-id-mismatch': (path) => writeState(path, { id: '11111111-2222-4333-8444-555555555555' }),
  'corrupt-meta': (path) => writeFileSync(join(path, 'meta.json'), '[]'),
  'meta-mismatch': (path) =>
    writeFileSync(join(path, 'meta.json'), JSON.stringify({ id: '1'.repeat(32) })),
  'stale-lease': (path) =>
    writeFileSync(join(path, 'owner_lease.json'), '{"expires_at":1000000000}'),
};

const change = (path: string, index: number, fields: object) =>
  writeEvent(path, index, { ...messageEvent(index), ...fields });

const base = (index: number) => {
  const { id, timestamp } = messageEvent(index);
  return { id, timestamp, source: 'agent' };
};

const CALL = { tool_name: 'terminal', tool_call_id: 'call' };

const action = (index: number) => ({
  ...base(index),
  ...CALL,
  kind: 'ActionEvent',
  thought: [],
  action: { kind: 'TerminalAction', command: 'ls' },
  tool_call: {},
  llm_response_id: 'r',
});

const observation = (index: number, action_id: string) => ({
  ...base(index),
  ...CALL,
  source: 'environment',
  kind: 'ObservationEvent',
  action_id,
  observation: { kind: 'TerminalObservation', content: [] },
});

const TOGETHER: Record<string, string[]> = {
  'reserved-id': ['id-mismatch', 'reserved-id'],
};

interface Finding {
  code: string;
  severity: string;
  index: number | null;
  message: string;
}

async function findings(path: string, ...args: string[]): Promise<Finding[]> {
  return findingsIn((await cli(['verify', path, '--json', ...args])).stdout);
}

function findingsIn(stdout: string): Finding[] {
  return JSON.parse(stdout).conversations.flatMap((c: { findings: Finding[] }) => c.findings);
}
const codes = async (path: string, ...args: string[]) =>
  (await findings(path, ...args)).map(({ code }) => code).sort();

test('every code has its case', () => {
  // Those of seals are in test/cli/seal.test.ts.
  const ofSeals = ['modified-file', 'missing-file', 'inserted-file', 'appended'];
  expect([...Object.keys(CASES), ...ofSeals]).toEqual(CODES);
});

test.each(Object.entries(CASES))(
  '%s is reported once, and a healthy conversation has nothing',
  async (code, spoil) => {
    const path = makeConversation(4);
    expect(await codes(path)).toEqual([]);
    spoil(path);
    expect(await codes(path)).toEqual(TOGETHER[code] ?? [code]);
  },
);

test('a lock file and hidden files are fine', async () => {
  const path = makeConversation(2);
  for (const name of ['.eventlog.lock', 'events.lock', '.DS_Store'])
    writeFileSync(join(path, 'events', name), '');
  expect(await codes(path)).toEqual([]);
});

test('--assume-idle makes a write in progress what it is at rest', async () => {
  const path = makeConversation(2);
  truncateSync(eventPath(path, 1), 0);
  expect(await codes(path)).toEqual(['in-flight-write']);
  expect(await codes(path, '--assume-idle')).toEqual(['empty-file']);
  old(eventPath(path, 1));
  expect(await codes(path)).toEqual(['empty-file']);
});

test('each gap is one finding, with its range and what lies beyond', async () => {
  const path = makeConversation(9);
  for (const index of [0, 3, 4, 7]) rmSync(eventPath(path, index));
  expect((await findings(path)).map(({ index, message }) => [index, message])).toEqual([
    [1, 'no event 0; 5 events lie beyond; an append can take index 5, which exists'],
    [5, 'no event 3 to 4; 3 events lie beyond'],
    [8, 'no event 7; 1 event lies beyond'],
  ]);
});

describe('what is reported, and how bad it is, can be chosen', () => {
  const makeSpoiled = () => {
    const path = makeConversation(4);
    truncateSync(eventPath(path, 1), 0);
    writeFileSync(join(path, 'events', 'notes.txt'), '');
    return path;
  };

  test.each<[string[], number, string[]]>([
    [[], 1, ['empty-file error', 'unrecognized-name warning']],
    [['--ignore', 'empty-file'], 0, ['unrecognized-name warning']],
    [['--ignore', 'empty-file', '--strict'], 1, ['unrecognized-name warning']],
    [['--only', 'unrecognized-name'], 0, ['unrecognized-name warning']],
    [['--only', 'index-gap,empty-file'], 1, ['empty-file error']],
    [['--severity', 'empty-file=info,unrecognized-name=off', '--strict'], 0, ['empty-file info']],
    [
      ['--severity', 'unrecognized-name=error', '--ignore', 'empty-file'],
      1,
      ['unrecognized-name error'],
    ],
  ])('%j', async (args, code, expected) => {
    const path = makeSpoiled();
    const ended = await cli(['verify', path, '--json', ...args]);
    const document = JSON.parse(ended.stdout);
    expect(ended.code).toBe(code);
    expect(document.ok).toBe(code === 0);
    const found: Finding[] = document.conversations[0].findings;
    expect(found.map((finding) => `${finding.code} ${finding.severity}`)).toEqual(expected);
  });
});

describe('output', () => {
  const makeSpoiled = () => {
    const path = makeConversation(4);
    writeFileSync(eventPath(path, 1), '{"a":"ü" 1}');
    return path;
  };
  const file = `events/event-00001-${idOf(1)}.json`;

  test('text on a pipe and on a terminal', async () => {
    const path = makeSpoiled();
    const text = `\
${path}  cannot be resumed (ValidationError: event-00001-${idOf(1)}.json: not valid JSON)
  error invalid-json ${file}:1:10
    not valid JSON
    → Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.

1 conversation, 4 events: 1 error, 0 warnings, 0 infos
`;
    expect(await cli(['verify', path])).toEqual({
      code: 1,
      signal: null,
      stdout: text,
      stderr: '',
    });
    expect(await terminal(['verify', path], 80, { NO_COLOR: '1' })).toEqual({
      code: 1,
      output: text,
    });
    const healthy = makeConversation(4);
    const clean = '1 conversation, 4 events: no problems found\n';
    expect((await cli(['verify', healthy])).stdout).toBe(clean);
    expect((await terminal(['verify', healthy], 80, { NO_COLOR: '1' })).output).toBe(clean);
  });

  test('json', async () => {
    const path = makeSpoiled();
    const { stdout } = await cli(['verify', path, '--json']);
    const finding = {
      code: 'invalid-json',
      severity: 'error',
      message: 'not valid JSON',
      file,
      index: 1,
      event_id: idOf(1),
      offset: 10,
      line: 1,
      column: 10,
      consequence: expect.stringContaining('ValidationError'),
    };
    expect(JSON.parse(stdout)).toEqual({
      format_version: 1,
      ok: false,
      conversations: [
        {
          id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
          path,
          events: 4,
          bytes: expect.any(Number),
          reachable: 4,
          resumes: 'no',
          resume_error: {
            exception: 'ValidationError',
            event_id: idOf(1),
            message: `event-00001-${idOf(1)}.json: not valid JSON`,
          },
          findings: [finding],
        },
      ],
      totals: {
        conversations: 1,
        events: 4,
        bytes: expect.any(Number),
        errors: 1,
        warnings: 0,
        infos: 0,
      },
    });
  });

  test('ndjson: a finding a line', async () => {
    const path = makeSpoiled();
    truncateSync(eventPath(path, 2), 0);
    const { stdout } = await cli(['verify', path, '-o', 'ndjson']);
    const lines = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ conversation, code }) => [conversation.path, code])).toEqual([
      [path, 'invalid-json'],
      [path, 'empty-file'],
    ]);
  });

  test('worst conversation first', async () => {
    const root = temporaryFolder();
    const [one, two] = ['1'.repeat(32), '2'.repeat(32)].map((id) =>
      makeConversation(4, id, root),
    ) as [string, string];
    writeFileSync(join(one, 'events', 'notes.txt'), '');
    truncateSync(eventPath(two, 1), 0);
    const { stdout } = await cli(['verify', root]);
    expect(stdout.indexOf(two)).toBeLessThan(stdout.indexOf(one));
    expect(stdout).toContain('2 conversations, 8 events: 1 error, 1 warning, 0 infos\n');
  });
});

describe('what is verified', () => {
  const verified = async (args: string[], cwd = '/') => {
    const { stdout } = await cli(['verify', '--json', ...args], { cwd });
    return JSON.parse(stdout).conversations.map(({ path }: { path: string }) => path);
  };

  test('roots at any depth, subagents, several paths, globs, ids and events folders', async () => {
    const root = temporaryFolder();
    const one = makeConversation(1, '1'.repeat(32), root);
    const sub = makeConversation(1, '3'.repeat(32), join(one, 'subagents'));
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    const two = makeConversation(2, '2'.repeat(32), join(root, 'deep/er'));
    const stateOnly = join(root, 'state');
    mkdirSync(stateOnly);
    writeFileSync(join(stateOnly, 'base_state.json'), '{}');
    const bare = join(root, 'bare');
    cpSync(join(one, 'events'), bare, { recursive: true });
    expect(await verified([root])).toEqual([one, sub, bare, two, stateOnly]);
    expect(await verified([one])).toEqual([one, sub]);
    expect(await verified([two, one, two])).toEqual([two, one, sub]);
    expect(await verified([join(root, '*', 'er', '2*')])).toEqual([two]);
    expect(await verified([join(two, 'events')])).toEqual([two]);
    expect(await verified(['1111', '--root', root])).toEqual([one, sub]);
    expect(await verified(['--all', '--root', root])).toEqual([one, sub, bare, two, stateOnly]);
    expect(await verified([], two)).toEqual([two]);
  });

  test.each([
    [
      'a file',
      (path: string) => writeFileSync(path, ''),
      'a conversation is a folder, and this is a file',
    ],
    ['an empty folder', (path: string) => mkdirSync(path), 'no conversation in it'],
    ['nothing', () => {}, 'no such file or folder'],
  ])('%s can not be', async (_, make, why) => {
    const path = join(temporaryFolder(), 'operand');
    make(path);
    const { code, stdout, stderr } = await cli(['verify', path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^convoscope: [^\n]*\n$/);
    expect(stderr).toContain(why);
  });

  test('nor a glob that matches nothing', async () => {
    const { code, stderr } = await cli(['verify', '/nonexistent/*']);
    expect([code, stderr]).toEqual([2, 'convoscope: /nonexistent/*: no folder matches\n']);
  });

  test('links that a root holds are followed, once, and none below', async () => {
    const root = temporaryFolder();
    const one = makeConversation(1, '1'.repeat(32), root);
    const link = join(root, 'elsewhere');
    symlinkSync(makeConversation(1), link);
    symlinkSync(one, join(root, 'twice'));
    symlinkSync('..', join(one, 'loop'));
    expect(await verified([root])).toEqual([one, link]);
  });

  test('one that cannot be verified keeps none of the others from it', async () => {
    const path = makeConversation(2);
    const { code, stdout, stderr } = await cli(['verify', '/nonexistent', path, '/etc/hostname']);
    expect(code).toBe(2);
    expect(stdout).toBe('1 conversation, 2 events: no problems found; could not verify 2 more\n');
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test('the one that is taken where none is named is told', async () => {
    const root = temporaryFolder();
    const path = makeConversation(2, '1'.repeat(32), root);
    for (const operand of [[], ['@latest']]) {
      const { stderr } = await cli(['verify', ...operand, '--root', root], { cwd: '/' });
      expect(stderr).toBe(`convoscope: reading ${path}\n`);
    }
  });

  test('below folders of any name', async () => {
    const root = temporaryFolder();
    const names = ['a\nb', 'a\\b', '*', '[x]', '{a,b}', '!(x)', ' ', '.hidden', '\u202e'];
    const paths = names.map((name) => makeConversation(1, '1'.repeat(32), join(root, name)));
    expect((await verified([root])).sort()).toEqual(paths.sort());
    for (const path of paths) expect(await verified([path])).toEqual([path]);
  });

  test('a folder named events that holds something else is no conversation', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'src/events'), { recursive: true });
    writeFileSync(join(root, 'src/events/index.ts'), '');
    expect((await cli(['verify', root])).code).toBe(2);
  });
});

describe('documentation', () => {
  test.each(CODES)('--explain %s', async (code) => {
    const { code: exit, stdout } = await cli(['verify', '--explain', code]);
    expect(exit).toBe(0);
    const [head, , meaning, ...rest] = stdout.split('\n');
    expect(head).toMatch(new RegExp(`^${code} \\((error|warning|info) by default\\)$`));
    expect(meaning?.length).toBeGreaterThan(20);
    expect(rest.filter((line) => line.startsWith('  ') && line.length > 6)).toHaveLength(3);
  });

  test('an unknown code is refused', async () => {
    const { code, stderr } = await cli(['verify', '--explain', 'bogus']);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  });

  test('the reference page is what the rules say (mend it with vitest -u)', async () => {
    await expect(explainPage(RULES)).toMatchFileSnapshot('../docs/findings.md');
  });
});

describe('hostile folders', () => {
  const deep = (open: string, close: string) =>
    `{"a":${open.repeat(100_000)}1${close.repeat(100_000)}}`;
  const HOSTILE: [string, string, (path: string) => unknown][] = [
    ['lists nested 100,000 deep', 'bad-field', (path) => deepEvent(path, deep('[', ']'))],
    ['objects nested 100,000 deep', 'bad-field', (path) => deepEvent(path, deep('{"a":', '}'))],
    [
      'a sparse file of a gigabyte',
      'oversized-file',
      (path) => truncateSync(eventPath(path, 1), 1024 ** 3),
    ],
    ['a link to itself', 'unreadable-file', (path) => relink(path, eventPath(path, 1))],
    ['a link to a device', 'linked-file', (path) => relink(path, '/dev/zero')],
    ['a link to a folder out of it', 'linked-file', (path) => relink(path, '/')],
    [
      'a folder',
      'not-a-file',
      (path) => [rmSync(eventPath(path, 1)), mkdirSync(eventPath(path, 1))],
    ],
    ['a state that is a FIFO', 'corrupt-state', (path) => refifo(join(path, 'base_state.json'))],
    [
      'a state that is a link away',
      'corrupt-state',
      (path) => [
        rmSync(join(path, 'base_state.json')),
        symlinkSync('/dev/zero', join(path, 'base_state.json')),
      ],
    ],
    [
      'meta data of a gigabyte',
      'corrupt-meta',
      (path) => [
        writeFileSync(join(path, 'meta.json'), ''),
        truncateSync(join(path, 'meta.json'), 1024 ** 3),
      ],
    ],
    [
      'a name with newlines and escapes',
      'unrecognized-name',
      (path) => writeFileSync(join(path, 'events', 'event-\n\u001b[2J.json'), ''),
    ],
  ];
  test('a socket is one finding', async () => {
    const path = makeConversation(3);
    rmSync(eventPath(path, 1));
    // The name of a socket may not be long, so it is made elsewhere.
    const short = join(temporaryFolder(), 's');
    const server = createServer().listen(short);
    await new Promise((resolve) => server.once('listening', resolve));
    renameSync(short, eventPath(path, 1));
    expect(await codes(path)).toEqual(['not-a-file']);
    server.close();
  });

  test.skipIf(!canMakeDevices())('a device is one finding', async () => {
    const path = makeConversation(3);
    rmSync(eventPath(path, 1));
    execFileSync('mknod', [eventPath(path, 1), 'c', '1', '5']);
    expect(await codes(path)).toEqual(['not-a-file']);
  });

  test('a folder that vanishes midway is told in one line', async () => {
    const path = makeConversation(3000);
    const child = spawn(process.execPath, [
      join(ROOT, 'bin/convoscope.js'),
      'verify',
      path,
      '--json',
    ]);
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 120));
    renameSync(path, `${path}-gone`);
    const code = await ended;
    // It can be too late, or too early, to matter; it must never be a crash.
    expect([0, 2]).toContain(code);
    expect(stderr).toMatch(code === 2 ? /^convoscope: [^\n]*\n$/ : /^$/);
  });

  const deepEvent = (path: string, text: string) =>
    writeFileSync(
      eventPath(path, 1),
      JSON.stringify({
        ...messageEvent(1),
        kind: 'ConversationStateUpdateEvent',
        key: 'k',
        llm_message: undefined,
        source: 'environment',
        value: 'DEEP',
      }).replace('"DEEP"', text),
    );
  const relink = (path: string, target: string) => [
    rmSync(eventPath(path, 1)),
    symlinkSync(target, eventPath(path, 1)),
  ];
  const refifo = (file: string) => [rmSync(file), execFileSync('mkfifo', [file])];

  test.each(HOSTILE)('%s is one finding: %s', async (_, code, make) => {
    const path = makeConversation(3);
    make(path);
    const { stdout, stderr } = await spawnCli(['verify', path, '--json'], { timeout: 120_000 });
    expect(stderr).toBe('');
    const [{ findings: found }] = JSON.parse(stdout).conversations;
    expect(found.map((finding: Finding) => finding.code)).toEqual([code]);
  });
});

test('racing a writer, verify finds no error in a healthy conversation', async () => {
  const path = makeConversation(0);
  const writer = spawn(
    process.execPath,
    [join(ROOT, 'test/helpers/writer.mjs'), join(path, 'events'), '1200', '4', '1'],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => writer.on('close', resolve));
  const timer = setInterval(() => writeState(path, { stats: { n: 'x'.repeat(50_000) } }), 3);
  const errors: string[] = [];
  let runs = 0;
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  for (; isRunning; runs++) {
    const found = findingsIn((await spawnCli(['verify', path, '--json'])).stdout);
    errors.push(
      ...found
        .filter(({ severity }) => severity === 'error')
        .map((finding) => JSON.stringify(finding)),
    );
  }
  clearInterval(timer);
  expect(runs).toBeGreaterThan(3);
  expect(errors).toEqual([]);
});

/** Only root may, and not in every container. */
function canMakeDevices(): boolean {
  const path = join(tmpdir(), `convoscope-device-${process.pid}`);
  try {
    execFileSync('mknod', [path, 'c', '1', '5'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { force: true });
  }
}

test('30,000 events with one parent, in one chain, or in one circle take no longer than others', async () => {
  const parents: [string, (index: number) => string | undefined, string[]][] = [
    ['one parent', (index) => (index === 0 ? undefined : idOf(0)), []],
    ['a chain', (index) => (index === 0 ? undefined : idOf(index - 1)), []],
    ['a circle', (index) => idOf((index + 29_999) % 30_000), ['parent-cycle']],
    ['one that is missing', () => 'ffffffff-0000', ['missing-parent']],
  ];
  for (const [, parentOf, expected] of parents) {
    const slots = Array.from({ length: 30_000 }, (_, index) => slotOf(index));
    const context = await subjectOf(slots, (slot) =>
      loaded(slot, {
        ...messageEvent(slot.index),
        timestamp: '2026-01-01',
        parent_id: parentOf(slot.index),
      }),
    );
    const config = makeRuleConfig({
      severity: new Map(),
      ignore: ['missing-state', 'parent-after-child'],
      only: [],
    });
    expect(verify(context, config, ({ name }) => name).map(({ code }) => code)).toEqual(expected);
  }
});
