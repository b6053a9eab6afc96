import { type Command, Option } from 'commander';
import { UsageError } from '../usage-error.ts';

export interface OutputFlags<F extends string> {
  readonly output?: F;
  readonly json?: boolean;
}

export function addOutputOptions(command: Command, formats: readonly string[]): void {
  command
    .addOption(
      new Option('-o, --output <format>', 'output format (default: text)').choices(formats),
    )
    .option('--json', 'same as -o json');
}

/** The output format that the flags ask for. @throws UsageError for two different ones */
export function resolveFormat<F extends string>(flags: OutputFlags<F>): F | 'text' | 'json' {
  const { output, json } = flags;
  if (json && output && output !== 'json') {
    throw new UsageError(`--json -o ${output}: two output formats`);
  }
  return json ? 'json' : (output ?? 'text');
}
