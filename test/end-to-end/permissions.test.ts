import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TRUST_AGES } from '../../src/index/trust-ages.ts';
import { BIN, cleanEnv } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { expectSkipped } from '../helpers/skipped.ts';
import { run } from '../helpers/spawned.ts';

const isRoot = process.getuid?.() === 0;

/** The program, from a place that all may read. Root may read everything, so commands run as another user. */
function binForAll(): string {
  let bin = BIN;
  if (isRoot) {
    const copy = makeConversation(0);
    execFileSync('cp', [
      '-r',
      join(BIN, '../..', 'bin'),
      join(BIN, '../..', 'dist'),
      join(BIN, '../..', 'package.json'),
      copy,
    ]);
    execFileSync('chmod', ['-R', 'a+rX', join(copy, '..')]);
    bin = join(copy, 'bin/convoscope.js');
  }
  return bin;
}

const asOther = { ...(isRoot && { uid: 65534, gid: 65534 }), cwd: '/' };

test('an event file that may not be read is reported', async () => {
  const path = makeConversation(3);
  const bin = binForAll();
  execFileSync('chmod', ['-R', 'a+rX', join(path, '..')]);
  chmodSync(eventPath(path, 1), 0);
  const options = { env: cleanEnv(), ...asOther };
  expectSkipped(
    await run(process.execPath, [bin, 'search', path, '--json'], options),
    'unreadable-file',
  );
});

test('a folder that may not be read now is not answered from an index', async () => {
  const path = makeConversation(8);
  const bin = binForAll();
  execFileSync('chmod', ['-R', 'a+rX', join(path, '..')]);
  const cache = temporaryFolder();
  if (isRoot) chownSync(cache, 65534, 65534);
  await sleep(TRUST_AGES.writerDoneAfterMs + 500);
  const count = (...more: string[]) =>
    run(process.execPath, [bin, 'count', path, '-k', 'message', '-v', ...more], {
      env: cleanEnv({ CONVOSCOPE_CACHE_DIR: cache }),
      ...asOther,
    });
  await count();
  expect((await count()).stderr).toContain(' 0 opened');
  // Not to be listed, not to be opened, neither: as without an index.
  for (const bits of [1, 4, 0]) {
    chmodSync(join(path, 'events'), isRoot ? 0o700 | bits : bits << 6);
    const { code, stdout } = await count();
    const plain = await count('--no-cache');
    expect([code, stdout]).toEqual([plain.code, plain.stdout]);
    expect(code).not.toBe(0);
  }
  chmodSync(join(path, 'events'), 0o755);
  expect(await count()).toMatchObject({ code: 0, stdout: '8\n' });
});
