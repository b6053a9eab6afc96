import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeCompletionRoot, TWO } from '../helpers/completion-root.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { complete, hasShell, SHELLS } from '../helpers/shell.ts';

describe.each(SHELLS)('%s', (shell) => {
  test.skipIf(!hasShell(shell))(`${shell}, if it is installed, completes`, async () => {
    const root = makeCompletionRoot();
    const cwd = temporaryFolder();
    const env = { OPENHANDS_CONVERSATIONS_DIR: root };
    const typed = (line: string) => complete(shell, line, { cwd, env });
    expect(await typed('convoscope sear')).toEqual(['convoscope', 'search']);
    expect(await typed('convoscope count 11112')).toEqual(['convoscope', 'count', TWO]);
    expect(await typed('convoscope count @la')).toEqual(['convoscope', 'count', '@latest']);
    for (const [option, whole] of [
      ['--output=nd', '--output=ndjson'],
      ['-k action,mes', '-k action,message'],
      ['--by hou', '--by hour'],
      ['--by=hou', '--by=hour'],
    ] as const) {
      expect(await typed(`convoscope count ${option}`)).toEqual(
        `convoscope count ${whole}`.split(' '),
      );
    }
  });

  test.skipIf(!hasShell(shell))(`${shell}, if it is installed, completes paths`, async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'reports'));
    writeFileSync(join(cwd, 'known.json'), '{}');
    const env = { OPENHANDS_CONVERSATIONS_DIR: makeCompletionRoot() };
    const typed = (line: string) => complete(shell, line, { cwd, env });
    for (const [option, whole] of [
      ['--baseline kno', '--baseline known.json'],
      ['--baseline=kno', '--baseline=known.json'],
      ['--report sar', '--report sarif='],
      ['--report=sar', '--report=sarif='],
      ['--report sarif=kno', '--report sarif=known.json'],
      ['--report=sarif=kno', '--report=sarif=known.json'],
      ['--root=rep', '--root=reports'],
    ] as const) {
      const words = await typed(`convoscope verify ${option}`);
      // zsh takes the slash behind a folder away when another key is pressed.
      const plain = words.map((word) => word.replace(/\/$/, ''));
      expect(plain).toEqual(`convoscope verify ${whole}`.split(' '));
    }
  });

  test.skipIf(!hasShell(shell))(`${shell}, if it is installed, shows titles`, async () => {
    const env = { OPENHANDS_CONVERSATIONS_DIR: makeCompletionRoot() };
    const typed = await complete(shell, 'convoscope count 1111', {
      cwd: temporaryFolder(),
      env,
      shows: /Fix the \\x1b\[31mtests/,
    });
    // What was only shown is not inserted.
    expect(typed).toEqual(['convoscope', 'count', '1111']);
  });

  test.skipIf(!hasShell(shell))(
    `${shell}, if it is installed, runs nothing that a name contains`,
    async () => {
      const cwd = makeCompletionRoot();
      const typed = (line: string, isDropped = false) =>
        complete(shell, line, { cwd, env: { OPENHANDS_CONVERSATIONS_DIR: cwd }, isDropped });
      await typed('convoscope count ');
      // By the shell's own completion of folders, which quotes them.
      expect((await typed('convoscope count \\$')).at(-1)).toMatch(/^\$\(touch pwned\)\/?$/);
      expect((await typed('convoscope count a\\ ')).at(-1)).toMatch(/^a b\/?$/);
      // What is typed is not run to find out what it names.
      await typed('convoscope count --root "$(touch pwned)" 1111', true);
      await typed('convoscope count --root `touch pwned` 1111', true);
      mkdirSync(join(cwd, 'my dir'));
      makeConversation(1, '3333333333333333', join(cwd, 'my dir'));
      expect((await typed("convoscope count --root 'my dir' 333")).at(-1)).toBe('3333333333333333');
      expect(existsSync(join(cwd, 'pwned'))).toBe(false);
    },
  );
});
