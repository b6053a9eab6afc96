import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { safeText } from '../../../src/report/text/terminal-safe.ts';
import { cli, ROOT, terminal } from '../../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../../helpers/conversation.ts';
import { parseGithub } from '../../helpers/parse-github.ts';
import { parseJunit } from '../../helpers/parse-junit.ts';
import { parseSarif } from '../../helpers/parse-sarif.ts';

const CI_FORMATS = ['junit', 'sarif', 'github'] as const;

describe('the command line', () => {
  const makeDamaged = (root = temporaryFolder()) => {
    const path = makeConversation(4, '1'.repeat(32), join(root, 'conversations'));
    truncateSync(eventPath(path, 1), 0);
    writeFileSync(join(path, 'events', 'notes.txt'), '');
    return { root, path };
  };

  test('prints every format, with paths as the user gave them', async () => {
    const { root } = makeDamaged();
    const verify = (...args: string[]) =>
      cli(['verify', 'conversations', '-o', ...args], { cwd: root });
    const junit = await verify('junit');
    expect([junit.code, junit.stderr]).toEqual([1, '']);
    expect(parseJunit(junit.stdout).children.map(({ attributes }) => attributes.name)).toEqual([
      `conversations/${'1'.repeat(32)}`,
    ]);
    const strict = await verify('junit', '--strict', '--ignore', 'empty-file');
    expect(strict.code).toBe(1);
    expect(parseJunit(strict.stdout).attributes.failures).toBe('1');
    const sarif = await verify('sarif');
    expect(sarif.code).toBe(1);
    for (const { locations } of parseSarif(sarif.stdout).results) {
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^conversations\/1{32}\b/);
    }
    const github = await verify('github');
    expect(github.code).toBe(1);
    expect(parseGithub(github.stdout).annotations[0]?.command).toBe('error');
  });

  test('a folder name cannot act on a terminal', async () => {
    const { root } = makeDamaged(join(temporaryFolder(), 'a\u001b[31m\u202e'));
    for (const format of CI_FORMATS) {
      const { output } = await terminal(['verify', root, '-o', format], 80, { NO_COLOR: '1' });
      expect(output.length).toBeGreaterThan(100);
      expect(output.replaceAll('\n', '')).toBe(safeText(output.replaceAll('\n', '')));
    }
  });

  test('the CI jobs of docs/ci.md run', async () => {
    const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    const jobs = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, job]) => job as string);
    const commands = jobs.flatMap((job) => [...job.matchAll(/\bconvoscope (verify[^>\n]*)/g)]);
    expect([jobs.length, commands.length]).toEqual([2, 2]);
    const { root } = makeDamaged();
    mkdirSync(join(root, 'empty'));
    for (const [, command] of commands) {
      const { code, stderr } = await cli((command as string).trim().split(' '), { cwd: root });
      expect([code, stderr]).toEqual([1, '']);
    }
  });
});
