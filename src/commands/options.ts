import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options that every command has. */
export interface CommonOptions {
  root?: string[];
  tz?: string;
  jobs: number;
  quiet?: boolean;
  verbose?: boolean;
  color: 'auto' | 'always' | 'never';
}

const DEFAULT_JOBS = 16;
const MOST_JOBS = 1024;

export function addCommonOptions(command: Command): Command {
  return command
    .option('--root <dir>', 'look conversations up here (repeatable)', collect)
    .option('--tz <zone>', "zone of naive times and of output (default: this machine's)")
    .option('--jobs <n>', 'most event files read at once', wholeNumber(1, MOST_JOBS), DEFAULT_JOBS)
    .option('--no-cache', 'keep nothing between runs (this version never does)')
    .option('-q, --quiet', 'no notes on stderr')
    .option('-v, --verbose', 'tell on stderr what was done')
    .addOption(
      new Option('--color <when>', 'colour the output')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    );
}

export function addOutputOption(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option('-o, --output <format>', 'output format').choices(formats).default('text'),
    )
    .option('--json', 'same as -o json');
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
