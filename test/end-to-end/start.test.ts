import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, run } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';

test('the bundle is ASCII, as its loader expects', () => {
  expect(readFileSync(join(ROOT, 'dist', 'cli.cjs')).every((byte) => byte < 0x80)).toBe(true);
});

test('starts without compiled code, and with code that is unusable', async () => {
  const copy = temporaryFolder();
  for (const name of ['bin', 'dist', 'package.json']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  const code = join(copy, 'dist', 'cli.cjs.v8');
  const version = () => run(process.execPath, [join(copy, 'bin', 'convoscope.js'), '--version']);
  const whole = readFileSync(code);
  const other = Buffer.from(whole);
  other.writeUInt32LE(other.readUInt32LE(4) ^ 1, 4); // as of another version of V8
  for (const bytes of [whole, other, Buffer.from('nonsense'), Buffer.alloc(0), undefined]) {
    if (bytes) writeFileSync(code, bytes);
    else rmSync(code);
    expect(await version()).toEqual({ code: 0, signal: null, stdout: '0.1.0\n', stderr: '' });
  }
});
