import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERIFY_FORMATS } from '../../src/report/verify/formats.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { cleanEnv } from '../helpers/environment.ts';
import { run, spawnCli } from '../helpers/spawned.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;
const RUNNER_FORMATS = ['junit', 'sarif', 'github', 'markdown'] as const;

// Without git on this machine, nothing can be cloned.
describe.skipIf(!hasGit)('a clone of a repository that holds a damaged conversation', () => {
  /** A repository just cloned: the newest event of its conversation is cut short, and every file is young. */
  const clone = async () => {
    const root = temporaryFolder();
    const source = join(root, 'source');
    mkdirSync(source);
    const conversation = makeConversation(4);
    truncateSync(eventPath(conversation, 3), 40);
    cpSync(conversation, join(source, 'conversations/damaged'), { recursive: true });
    const git = async (...args: string[]) => {
      const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
      expect(await run('git', [...identity, ...args], { cwd: source })).toMatchObject({ code: 0 });
    };
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'a damaged conversation');
    await git('clone', '--quiet', source, join(root, 'clone'));
    return join(root, 'clone');
  };

  test.each(RUNNER_FORMATS)('fails verify at once with -o %s', async (format) => {
    const cwd = await clone();
    const { code, stdout } = await spawnCli(['verify', '.', '-o', format], { cwd });
    expect([code, stdout.includes('truncated-json')]).toEqual([1, true]);
  });

  test.each(Object.keys(VERIFY_FORMATS))(
    'fails verify at once with CI=true and -o %s',
    async (format) => {
      const cwd = await clone();
      const env = cleanEnv({ CI: 'true' });
      const { code, stdout } = await spawnCli(['verify', '.', '-o', format], { cwd, env });
      expect([code, stdout.includes('truncated-json')]).toEqual([1, true]);
    },
  );

  test.each(['', '0', 'false'])('is taken for one in use with CI=%s', async (CI) => {
    const cwd = await clone();
    const { code, stdout } = await spawnCli(['verify', '.'], { cwd, env: cleanEnv({ CI }) });
    expect([code, stdout.includes('in-flight-write')]).toEqual([0, true]);
  });
});
