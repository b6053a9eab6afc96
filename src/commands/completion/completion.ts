import { Argument, Command } from 'commander';
import { EXIT } from '../../command-line/exit-codes.ts';
import type { StartAction } from '../../command-line/options/common-options.ts';
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
    .description('print what makes a shell complete commands, options and ids')
    .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SCRIPTS) =>
      start(async ({ stdout }) => {
        stdout.write(SCRIPTS[shell]);
        return EXIT.done;
      }),
    );
}
