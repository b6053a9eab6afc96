import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { codesOf, type PrintedFinding } from '../helpers/verify.ts';

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
      'a state that is a link out of the conversation',
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
  test('a socket has one finding', async () => {
    const path = makeConversation(3);
    rmSync(eventPath(path, 1));
    // The path of a socket must be short, so the socket is made elsewhere.
    const short = join(temporaryFolder(), 's');
    const server = createServer().listen(short);
    await new Promise((resolve) => server.once('listening', resolve));
    renameSync(short, eventPath(path, 1));
    expect(await codesOf(path)).toEqual(['not-a-file']);
    server.close();
  });

  test.skipIf(!canMakeDevices())('a device has one finding', async () => {
    const path = makeConversation(3);
    rmSync(eventPath(path, 1));
    execFileSync('mknod', [eventPath(path, 1), 'c', '1', '5']);
    expect(await codesOf(path)).toEqual(['not-a-file']);
  });

  test('a folder that disappears during verify gives one line on stderr', async () => {
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
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 120));
    renameSync(path, `${path}-gone`);
    const code = await ended;
    // The rename can come too early or too late to matter. It must never cause a crash.
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

  test.each(HOSTILE)('%s has one finding: %s', async (_, code, make) => {
    const path = makeConversation(3);
    make(path);
    // In a process of its own, because one that reads a device would not end.
    const { stdout, stderr } = await spawnCli(['verify', path, '--json'], { timeout: 120_000 });
    expect(stderr).toBe('');
    const [{ findings: found }] = JSON.parse(stdout).conversations;
    expect(found.map((finding: PrintedFinding) => finding.code)).toEqual([code]);
  });
});

/** Only root can make devices, and not in every container. */
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
