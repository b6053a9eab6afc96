import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { runs } from '../helpers/sweep.ts';

test('an index with forged bytes and a right checksum causes no internal error', async () => {
  const { path } = makeOldConversation(12);
  const cache = temporaryFolder();
  const commands = [
    ['count', path, '--by', 'kind', '--json'],
    ['count', path, '--by', 'hour'],
    ['search', path, '-k', 'action', '--json'],
    ['search', path, '-n', '2', '-o', 'table'],
    ['tail', path, '-n', '3', '-o', 'ndjson', '--meta'],
  ].map((command) => [...command, '--cache-dir', cache]);
  const [count = []] = commands;
  await cli(count);
  const file = join(cache, readdirSync(cache)[0]!);
  const whole = readFileSync(file);
  let used = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ at: fc.integer({ min: 16, max: whole.length - 1 }), byte: fc.nat(255) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      fc.constantFrom(...commands),
      async (changes, command) => {
        const forged = Buffer.from(whole);
        for (const { at, byte } of changes) forged[at] = byte;
        forged.writeUInt32LE(crc32(forged.subarray(16)), 12);
        writeFileSync(file, forged);
        const { code, stderr } = await cli([...command, '-v']);
        // 3 where it names event files that are not there.
        expect([0, 1, 3]).toContain(code);
        expect(stderr).not.toContain('internal error');
        if (/ [1-9]\d* cache hits/.test(stderr)) used++;
      },
    ),
    runs(600, 60),
  );
  expect(used).toBeGreaterThan(0);
});
