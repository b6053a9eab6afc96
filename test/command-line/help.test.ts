import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';

/** What the program's help lists, in its order. */
async function commands(): Promise<string[]> {
  const { stdout } = await cli(['--help']);
  const [, listed = ''] = stdout.split(/\n(?=Inspect:)/);
  return [...listed.split('\nExamples:')[0]!.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);
}

test('every help has examples, and fits 80 columns', async () => {
  const names = await commands();
  expect(names).toEqual(
    expect.arrayContaining(['ls', 'show', 'search', 'verify', 'cache', 'help']),
  );
  for (const args of [[], ...names.filter((name) => name !== 'help').map((name) => [name])]) {
    const { code, stdout, stderr } = await cli([...args, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`\nExamples:\n {2}convoscope ${args.join(' ')}`));
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(await cli(['help', ...args])).toEqual({ code, signal: null, stdout, stderr });
  }
});

test('the help of a mistyped command suggests the right one', async () => {
  expect(await cli(['help', 'serach'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: "convoscope: unknown command 'serach' (Did you mean search?)\n",
  });
});

test('commands are listed in groups', async () => {
  const { stdout } = await cli(['--help']);
  const headings = [...stdout.matchAll(/^([A-Z]\w+):$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(
    expect.arrayContaining(['Options', 'Inspect', 'Search', 'Verify', 'Export', 'Other']),
  );
  expect(headings).not.toContain('Commands');
});
