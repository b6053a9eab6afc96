import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { BIN, cleanEnv } from '../helpers/cli.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { expectSkipped } from '../helpers/skipped.ts';
import { run } from '../helpers/spawned.ts';

test('an event file that may not be read is reported', async () => {
  const path = makeConversation(3);
  const file = eventPath(path, 1);
  chmodSync(file, 0);
  // Root may read everything, so the command runs as another user, from a place that all may read.
  const isRoot = process.getuid?.() === 0;
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
    execFileSync('chmod', ['-R', 'a+rX', join(copy, '..'), join(path, '..')]);
    chmodSync(file, 0);
    bin = join(copy, 'bin/convoscope.js');
  }
  const options = { env: cleanEnv(), cwd: '/', ...(isRoot && { uid: 65534, gid: 65534 }) };
  expectSkipped(
    await run(process.execPath, [bin, 'search', path, '--json'], options),
    'unreadable-file',
  );
});
