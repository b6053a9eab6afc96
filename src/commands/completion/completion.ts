import { Argument, Command } from 'commander';
import type { StartAction } from '../../command-line/define-command.ts';
import { EXIT } from '../../command-line/exit-codes.ts';
import { text as bash } from './convoscope.bash?text';
import { text as fish } from './convoscope.fish?text';
import { text as zsh } from './convoscope.zsh?text';

const EXAMPLES = `
Examples:
  convoscope completion fish | source      in ~/.config/fish/config.fish
  eval "$(convoscope completion bash)"     in ~/.bashrc
  eval "$(convoscope completion zsh)"      in ~/.zshrc, after compinit`;

const SCRIPTS = { bash, zsh, fish };

export function completionCommand(start: StartAction): Command {
  return new Command('completion')
    .description('print a shell completion script')
    .addArgument(
      new Argument('<shell>', 'the shell to print the script for').choices(Object.keys(SCRIPTS)),
    )
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SCRIPTS) =>
      start(async ({ stdout }) => {
        stdout.write(SCRIPTS[shell]);
        return EXIT.done;
      }),
    );
}
