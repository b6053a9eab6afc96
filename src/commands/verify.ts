import { Command } from 'commander';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  collectList,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { VERIFY_FORMATS, type VerifyFormat } from '../report/verify/formats.ts';

export interface VerifyOptions extends CommonOptions, OutputOptions<VerifyFormat> {
  severity?: string[];
  ignore?: string[];
  only?: string[];
  all?: boolean;
  strict?: boolean;
  assumeIdle?: boolean;
  explain?: string;
  manifest?: string;
}

const EXAMPLES = `
Examples:
  convoscope verify 1628                      one conversation
  convoscope verify ./conversations --strict  a folder; warnings fail too
  convoscope verify --all -o ndjson --only index-gap,truncated-json`;

export function verifyCommand(start: StartAction): Command {
  const command = new Command('verify')
    .description('check stored conversations')
    .argument('[path...]', 'conversations, folders that hold them at any depth, globs, or ids')
    .option('--all', 'every known root')
    .option('--strict', 'warnings fail too')
    .option(
      '--severity <code=level>',
      'error, warning, info or off (repeatable, commas)',
      collectList,
    )
    .option('--ignore <code>', 'leave a code out (repeatable, commas)', collectList)
    .option('--only <code>', 'nothing but this code (repeatable, commas)', collectList)
    .option('--manifest <file>', 'prove that nothing sealed was changed (one conversation)')
    .option('--explain <code>', 'tell what a finding code means, and what to do')
    .option('--assume-idle', 'take a half-written newest file for what it is at rest')
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, VERIFY_FORMATS);
  addCommonOptions(command);
  return command.action((paths, options) =>
    // The rules and their schemas take longer to load than most commands to run.
    start(async (streams) =>
      (await import('../use-cases/verify-many.ts')).runVerify(paths, options, streams),
    ),
  );
}
