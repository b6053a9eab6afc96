import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, cleanEnv, ROOT, run } from './helpers/cli.ts';
import { temporaryFolder } from './helpers/conversation.ts';

interface Example {
  line: number;
  command: string;
  output: string;
}

/** Commands of the README's `console` blocks, each with what it prints. */
function examplesOf(readme: string): Example[] {
  const examples: Example[] = [];
  let isInside = false;
  for (const [at, line] of readme.split('\n').entries()) {
    if (line.startsWith('```')) isInside = line === '```console';
    else if (isInside && line.startsWith('$ ')) {
      examples.push({ line: at + 1, command: line.slice(2), output: '' });
    } else if (isInside) examples.at(-1)!.output += `${line}\n`;
  }
  return examples;
}

test('every example of the README does what it says', async () => {
  const examples = examplesOf(readFileSync(join(ROOT, 'README.md'), 'utf8'));
  expect(examples.length).toBeGreaterThan(15);
  const cwd = temporaryFolder();
  cpSync(join(ROOT, 'fixtures'), join(cwd, 'fixtures'), { recursive: true });
  // One shell for all, so that an example can build on the one before.
  const marker = '\u0001';
  const script = examples
    .map(({ command }) => `${command}\ncode=$?; echo -n "${marker}"; (exit $code)`)
    .join('\n');
  const prelude = `convoscope() { "${process.execPath}" "${BIN}" "$@"; }\nexec 2>&1\n`;
  const { stdout } = await run('bash', ['-c', prelude + script], { cwd, env: cleanEnv() });
  const outputs = stdout.replaceAll(cwd, '/home/me').split(marker);
  const shown = examples.map((example, at) => ({ ...example, output: outputs[at] }));
  expect(shown).toEqual(examples);
});

test('the set-up commands are those that CI and users run', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [set, tests] = [...readme.matchAll(/```sh\n(.*)\n```/g)].map((match) => match[1]);
  expect(set).toMatch(/^npm ci && node bin\/convoscope\.js search fixtures\/conversations\/\S+$/);
  expect(tests).toBe('npm ci && npm test');
  const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8');
  for (const step of tests!.split(' && ')) expect(ci.split('\n')).toContain(step);
});
