import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { COMMAND_GROUPS } from '../../src/commands/registry.ts';
import { cleanEnv, cli, type Ended } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { mutate } from '../helpers/mutated-conversation.ts';
import { runs } from '../helpers/sweep.ts';

/** How each command is run over a conversation `path`; `other` is another one, undamaged. */
const RUNS: Record<string, (path: string, other: string) => string[][]> = {
  ls: (path) => [[join(path, '..')], [join(path, '..'), '--json']],
  why: (path) => [[path], [path, '--json']],
  show: (path) => [[path], [path, '3'], [path, '--json'], [path, '5', '--json']],
  calls: (path) => [[path], [path, '--json']],
  stats: (path) => [[path], [path, '--json']],
  tree: (path) => [[path]],
  diff: (path, other) => [
    [path, other],
    [other, path, '--json'],
  ],
  where: (path) => [['--root', join(path, '..')]],
  search: (path) => [
    [path],
    [path, 'the', '-C', '1'],
    [path, '--json', '--sort', 'desc', '-n', '5'],
    [path, '-o', 'table', '--errors'],
    [path, '-e', 'a.?b', '-o', 'ndjson', '--meta'],
    [path, '-w', 'observation.exit_code>=0', '-k', '!message'],
  ],
  count: (path) => [
    [path],
    [path, '--by', 'kind', '--json'],
    [path, '--by', 'hour'],
    [path, '--by', 'tool'],
    [path, '--since', '2026-03-02', '-s', 'agent'],
  ],
  tail: (path) => [[path], [path, '-n', '3', '--json']],
  verify: (path) => [
    [path],
    [path, '--json', '--assume-idle'],
    [path, '-o', 'sarif'],
    [path, '-o', 'junit'],
    [path, '-o', 'github'],
  ],
  seal: (path) => [[path]],
  export: (path) => [
    [path],
    [path, '--format', 'html'],
    [path, '--format', 'ndjson'],
    [path, '--redact', '--branch', 'all'],
  ],
};

/** These read no conversation. */
const OTHER_COMMANDS = ['cache', 'completion'];

test('every command that reads conversations is in the run', () => {
  const commands = Object.values(COMMAND_GROUPS).flatMap((group) => Object.keys(group));
  expect(commands.filter((name) => !OTHER_COMMANDS.includes(name))).toEqual(Object.keys(RUNS));
});

const candidates = fixtures.filter(({ events }) => events > 0 && events < 40);

/** How long `verify` took stands in its report for JUnit. */
const withoutTimes = (ended: Ended): Ended => ({
  ...ended,
  stdout: ended.stdout.replaceAll(/ time="[\d.]+"/g, ''),
});

test('no command fails over a mutated conversation, and the cache changes no answer', async () => {
  // Files that were written just now are not kept in the index: here, whatever exists is old. The clock stands still,
  // because some answers contain the time.
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
  const other = candidates[0]!.path;
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...candidates),
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      async ({ path: original }, seed, changes) => {
        const path = join(temporaryFolder(), basename(original));
        cpSync(original, path, { recursive: true });
        mutate(path, seed, changes);
        const env = cleanEnv({ CONVOSCOPE_CACHE_DIR: temporaryFolder() });
        for (const [command, argumentLists] of Object.entries(RUNS)) {
          for (const args of argumentLists(path, other)) {
            const uncached = await cli([command, ...args, '--no-cache']);
            expect([0, 1, 2, 3], `${command} ${args}: ${uncached.stderr}`).toContain(uncached.code);
            expect(uncached.stderr).not.toMatch(/internal error|^ {4}at /m);
            for (const run of ['cold', 'warm']) {
              const cached = await cli([command, ...args], { env });
              expect(withoutTimes(cached), `${run} cache: ${command} ${args}`).toEqual(
                withoutTimes(uncached),
              );
            }
          }
        }
        const { stderr } = await cli(['count', path, '--by', 'kind', '-v'], { env });
        if (/ [1-9]\d* cache hits/.test(stderr)) hits++;
      },
    ),
    runs(150, 5),
  );
  expect(hits).toBeGreaterThan(0);
  clock.mockRestore();
}, 3_600_000);
