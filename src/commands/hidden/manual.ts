import { Command } from 'commander';
import type { StartAction } from '../../command-line/define-command.ts';
import { EXIT } from '../../command-line/exit-codes.ts';
import { type CommandHelp, manual } from '../../report/manual/manual-page.ts';

/** Prints the manual page. The build calls it. */
export function manualCommand(start: StartAction): Command {
  return new Command('__manual').action((_, { parent: program }: { parent: Command }) =>
    start(async ({ stdout }) => {
      const { commands } = program;
      const shown = program.createHelp().visibleCommands(program);
      stdout.write(
        manual({
          name: program.name(),
          version: program.version() ?? '',
          description: program.description(),
          commands: commands.filter((command) => shown.includes(command)).map(describe),
        }),
      );
      return EXIT.done;
    }),
  );
}

/** The help of a command, as data. */
function describe(command: Command): CommandHelp {
  const help = command.createHelp();
  return {
    name: command.name(),
    usage: command.usage(),
    description: command.description(),
    operands: help.visibleArguments(command).map((argument) => ({
      term: help.argumentTerm(argument),
      about: help.argumentDescription(argument),
    })),
    options: help
      .visibleOptions(command)
      .filter(({ long }) => long !== '--help')
      .map((option) => ({
        term: help.optionTerm(option),
        about: help.optionDescription(option),
        ...(option.helpGroupHeading && { group: option.helpGroupHeading }),
      })),
    examples: /^Examples:\n((?: {2}.*\n?)+)/m.exec(helpTextOf(command))?.[1]?.trimEnd() ?? '',
  };
}

/** The whole help of a command. The examples are available only there, because they were added as text. */
function helpTextOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut(part) {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}
