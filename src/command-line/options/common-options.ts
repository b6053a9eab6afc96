import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import type { Streams } from '../terminal.ts';

/** Options that every command has. */
export interface CommonOptions {
  root?: string[];
  tz?: string;
  jobs: number;
  cache: boolean;
  cacheDir?: string;
  quiet?: boolean;
  verbose?: boolean;
  color: 'auto' | 'always' | 'never';
  pager: boolean;
}

/** Runs a command's work and sees to its exit code. */
export type StartAction = (work: (streams: Streams) => Promise<number>) => Promise<void>;

/** A command on one conversation, which can be left out. */
export function conversationCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument(
      '[conversation]',
      'a path, an id or its first 4 digits; left out or @latest: the current folder, else the one last written',
    );
}

const EXITS = `
Exit codes: 0 done, 1 nothing found, problems found or a difference, 2 wrong
usage or not possible, 3 done but some events could not be read,
130 interrupted.`;

const DEFAULT_JOBS = 16;
const MAX_JOBS = 1024;

export function addCommonOptions(command: Command): Command {
  return command
    .addHelpText('after', EXITS)
    .option('--root <dir>', 'look conversations up here (repeatable)', collect)
    .option('--tz <zone>', "zone of naive times and of output (default: this machine's)")
    .option('--jobs <n>', 'most event files read at once', wholeNumber(1, MAX_JOBS), DEFAULT_JOBS)
    .option('--no-cache', 'do not use, nor keep, the index between runs')
    .option(
      '--cache-dir <dir>',
      "keep it here (default: $CONVOSCOPE_CACHE_DIR, else the platform's)",
    )
    .option('-q, --quiet', 'no notes on stderr')
    .option('-v, --verbose', 'tell on stderr what was done')
    .addOption(
      new Option('--color <when>', 'colour the output')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--no-pager', 'write to the terminal what is longer than the screen, too');
}

export interface OutputOptions<F extends string> {
  output?: F;
  json?: boolean;
}

export function addOutputOption(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option('-o, --output <format>', 'output format (default: text)').choices(formats),
    )
    .option('--json', 'same as -o json');
}

/** The output format that was asked for. @throws UsageError for two at once */
export function formatOf<F extends string>({
  output,
  json,
}: OutputOptions<F>): F | 'text' | 'json' {
  if (json && output && output !== 'json') {
    throw new UsageError(`--json -o ${output}: two output formats`);
  }
  return json ? 'json' : (output ?? 'text');
}

/** One value each time an option is given. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** One value each time, or several with commas. */
export function collectList(value: string, before: string[] = []): string[] {
  const values = value.split(',').map((part) => part.trim());
  if (values.includes('')) throw new InvalidArgumentError('A value between commas is empty.');
  return [...before, ...values];
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (value: string): number => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    const range = most < Number.MAX_SAFE_INTEGER ? `${least} to ${most}` : `${least} up`;
    throw new InvalidArgumentError(`A whole number from ${range} is needed.`);
  };
}
