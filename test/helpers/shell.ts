import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { BIN, cleanEnv } from './cli.ts';
import { temporaryFolder } from './conversation.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** How each is started without personal settings, and what it runs first. */
const STARTS: Record<Shell, { args: string[]; setUp: string }> = {
  bash: {
    args: ['--norc', '--noprofile', '-i'],
    setUp: `PS1=; bind 'set bell-style none'; eval "$(convoscope completion bash)"; shown() { printf '<%s>' "$@"; echo; }`,
  },
  zsh: {
    args: ['-f', '-i'],
    setUp: `PS1= PS2=; bindkey -e; autoload -U compinit; compinit -u -D; eval "$(convoscope completion zsh)"; shown() { printf '<%s>' "$@"; echo }`,
  },
  fish: {
    args: ['--no-config', '-i'],
    setUp: `function fish_prompt; end; convoscope completion fish | source; function shown; printf '<%s>' $argv; echo; end`,
  },
};

export function hasShell(shell: Shell): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

/**
 * Types a line into a shell, presses the tab key, and lets the shell read what then stands there
 * (`isDropped`: wipes it out). With `shows`, it has the shell show the list, and waits until this is shown.
 *
 * @returns the words that the shell takes it to be
 */
export async function complete(
  shell: Shell,
  line: string,
  {
    cwd,
    env,
    isDropped = false,
    shows,
  }: { cwd: string; env: NodeJS.ProcessEnv; isDropped?: boolean; shows?: RegExp },
): Promise<string[]> {
  const bin = temporaryFolder();
  writeFileSync(join(bin, 'convoscope'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(bin, 'convoscope'), 0o755);
  const PATH = bin + delimiter + process.env.PATH;
  const { args, setUp } = STARTS[shell];
  const pty = spawn(shell, args, {
    cols: 500,
    rows: 50,
    cwd,
    env: cleanEnv({ TERM: 'xterm', HOME: bin, PATH, ...env }) as Record<string, string>,
  });
  let output = '';
  const says = (text: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${shell} said ${output}`)), 20_000);
      const look = () => {
        const match = text.exec(output);
        if (!match) return;
        clearTimeout(late);
        resolve(match);
      };
      pty.onData(look);
      look();
    });
  pty.onData((data) => {
    output += data;
  });
  try {
    pty.write(`${setUp}; shown rea""dy\r`);
    await says(/<ready>/);
    pty.write(`${line}\t`);
    if (shows) {
      // The others show the list at once, and take the next key to insert the first of it.
      if (shell === 'bash') pty.write('\t');
      await says(shows);
    }
    // To the beginning of the line, where a command that prints its words goes before.
    pty.write(isDropped ? '\u0015shown convoscope\r' : '\u0001shown \r');
    const [, words = ''] = await says(/<(convoscope(?:>.*)?)>\r?\n/s);
    return words.split('><');
  } finally {
    const gone = new Promise((resolve) => pty.onExit(resolve));
    pty.kill('SIGKILL'); // keeping no history
    await gone;
  }
}
