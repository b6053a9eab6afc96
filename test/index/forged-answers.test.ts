import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { anHourLater } from '../helpers/clock.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { changed, changesFrom, FORGERIES, indicesIn } from '../helpers/index-forgery.ts';
import { runs } from '../helpers/sweep.ts';

test('an index that was forged without the key changes no answer', async () => {
  anHourLater(); // so that the index is trusted
  const { path } = fixtures.find(({ name }) => name === '1.58.2/tree')!;
  const cache = temporaryFolder();
  const env = cleanEnv({ CONVOSCOPE_CACHE_DIR: cache });
  const commands = [
    ['count', path],
    ['count', path, '--by', 'kind', '--json'],
    ['count', path, '--by', 'hour'],
    ['search', path, '-k', 'action', '--json'],
    ['search', path, 'the'],
    ['search', path, '-n', '2', '-o', 'table'],
    ['tail', path, '-n', '3', '-o', 'ndjson', '--meta'],
    ['ls', join(path, '..')],
    ['calls', path],
  ];
  const expected = new Map<string[], unknown>();
  for (const command of commands) expected.set(command, await cli([...command, '--no-cache']));
  await cli(['count', path, '--by', 'kind'], { env });
  await cli(['search', path, 'the'], { env });
  const [file] = indicesIn(cache);
  const whole = readFileSync(file!);
  const { stderr } = await cli(['count', path, '--by', 'kind', '-v'], { env });
  expect(stderr).toMatch(/ 0 opened.* [1-9]\d* cache hits/); // what is forged would be used
  let [wrong, internal, total] = [0, 0, 0];
  const parameters = runs(450, 60);
  await fc.assert(
    fc.asyncProperty(
      changesFrom(0, whole.length),
      fc.constantFrom(...Object.keys(FORGERIES)),
      fc.constantFrom(...commands),
      async (changes, how, command) => {
        const forged = changed(whole, changes);
        FORGERIES[how]!(forged);
        writeFileSync(file!, forged);
        const answer = await cli(command, { env });
        total++;
        if (answer.code === 70) internal++;
        else if (JSON.stringify(answer) !== JSON.stringify(expected.get(command))) wrong++;
      },
    ),
    parameters,
  );
  expect({ wrong, internal, total }).toEqual({ wrong: 0, internal: 0, total: parameters.numRuns });
}, 600_000);
