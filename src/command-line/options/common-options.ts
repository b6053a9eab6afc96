import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import envPaths from 'env-paths';
import { findZone, localZone, type Zone } from '../../time/zone.ts';
import { UsageError } from '../usage-error.ts';
import { collect, size, wholeNumber } from './option-values.ts';

/** Flags that nearly every command has. */
export interface CommonFlags {
  readonly root?: readonly string[];
  readonly tz?: string;
  readonly jobs: number;
  readonly maxEventSize?: number;
  readonly cache: boolean;
  readonly cacheDir?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: ColorChoice;
  readonly pager: boolean;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** What the common flags ask for, resolved. */
export interface CommonPlan {
  /** Folders to look conversations up in. Empty means those of the known producers. */
  readonly roots: readonly string[];
  readonly zone: Zone;
  /** The name of the zone; undefined for this machine's. */
  readonly timeZone: string | undefined;
  /** Most event files read at once. */
  readonly jobs: number;
  /** Largest event file that is read, in bytes; undefined for the default. */
  readonly maxEventBytes: number | undefined;
  /** Folder in which indices are kept; undefined if none are used. */
  readonly cacheFolder: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: ColorChoice;
  readonly pager: boolean;
}

const EXIT_CODES = `
Exit codes: 0 done; 1 nothing found, problems found, or a difference; 2 wrong
usage, or the work could not be done; 3 done, but some events could not be read;
70 internal error; 129, 130, 143 ended by a signal.`;

const DEFAULT_JOBS = 16;
const MAX_JOBS = 1024;

export function addCommonOptions(command: Command): void {
  command
    .addHelpText('after', EXIT_CODES)
    .option('--root <dir>', 'look up conversations in this folder (repeatable)', collect)
    .option(
      '--tz <zone>',
      "zone of times without an offset, and of the output (default: this machine's)",
    )
    .option(
      '--jobs <n>',
      'read at most n event files at once',
      wholeNumber(1, MAX_JOBS),
      DEFAULT_JOBS,
    )
    .option(
      '--max-event-size <size>',
      'read event files of up to this size, such as 200MB or 1GiB (default: 64MiB)',
      size,
    )
    .option('--no-cache', 'do not use or keep the index between runs');
  addCacheDirOption(command);
  command
    .option('-q, --quiet', 'print no notes on stderr')
    .option('-v, --verbose', 'print read statistics to stderr');
  addTerminalOptions(command);
}

export function addCacheDirOption(command: Command): void {
  command.option(
    '--cache-dir <dir>',
    "folder of the index (default: $CONVOSCOPE_CACHE_DIR, else the platform's)",
  );
}

export function addTerminalOptions(command: Command): void {
  command
    .addOption(
      new Option('--color <when>', 'colour the output')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--no-pager', 'do not use a pager');
}

/** Resolves the common flags. @throws UsageError for a zone that does not exist */
export function resolveCommon(flags: CommonFlags, env: NodeJS.ProcessEnv): CommonPlan {
  return {
    roots: flags.root ?? [],
    zone: resolveZone(flags.tz),
    timeZone: flags.tz,
    jobs: flags.jobs,
    maxEventBytes: flags.maxEventSize,
    cacheFolder: flags.cache ? resolveCacheFolder(flags.cacheDir, env) : undefined,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
    color: flags.color,
    pager: flags.pager,
  };
}

/** Where indices are kept: the given folder, else that of the environment, else the platform's folder for caches. */
export function resolveCacheFolder(dir: string | undefined, env: NodeJS.ProcessEnv): string {
  return resolve(dir || env.CONVOSCOPE_CACHE_DIR || envPaths('convoscope', { suffix: '' }).cache);
}

function resolveZone(name: string | undefined): Zone {
  if (name === undefined) return localZone();
  const zone = findZone(name);
  if (zone) return zone;
  throw new UsageError(
    `--tz ${name}: no such zone (use an IANA name, UTC, or an offset such as +02:00)`,
  );
}
