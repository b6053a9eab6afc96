import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { changed, changesFrom, indicesIn, keyOf, signIndex } from '../helpers/index-forgery.ts';
import { runs } from '../helpers/sweep.ts';

/* Without the key, nobody can do this: see forged-answers.test.ts. Decoding is safe all the same. */
test('an index with changed bytes, signed with the key of its cache, causes no internal error', async () => {
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
  const [file] = indicesIn(cache);
  const whole = readFileSync(file!);
  const key = keyOf(cache);
  let used = 0;
  await fc.assert(
    fc.asyncProperty(
      changesFrom(56, whole.length),
      fc.constantFrom(...commands),
      async (changes, command) => {
        const forged = changed(whole, changes);
        signIndex(forged, key);
        writeFileSync(file!, forged);
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
