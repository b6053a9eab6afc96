import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { EXIT } from './exit.ts';
import type { Start } from './options.ts';

const EXAMPLES = `
Examples:
  convoscope completion fish | source      in ~/.config/fish/config.fish
  eval "$(convoscope completion bash)"     in ~/.bashrc
  eval "$(convoscope completion zsh)"      in ~/.zshrc, after compinit`;

export function completionCommand(start: Start): Command {
  return new Command('completion')
    .description('print what makes a shell complete commands, options and ids')
    .addArgument(new Argument('<shell>', 'whose script').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', EXAMPLES)
    .action((shell: string) =>
      start(async ({ stdout }) => {
        stdout.write(readFileSync(new URL(`../completions/convoscope.${shell}`, import.meta.url)));
        return EXIT.done;
      }),
    );
}
