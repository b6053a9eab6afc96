import { Command } from 'commander';
import type { MakeCommand } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { printList } from '../command-line/items/print-list.ts';
import {
  addCacheDirOption,
  addTerminalOptions,
  type ColorChoice,
  resolveCacheFolder,
} from '../command-line/options/common-options.ts';
import {
  addFieldsOption,
  type FieldsFlags,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import {
  addOutputOptions,
  type OutputFlags,
  resolveFormat,
} from '../command-line/options/output-options.ts';
import type { Streams } from '../command-line/output.ts';
import { Terminal } from '../command-line/terminal.ts';
import { IndexCache } from '../index/index-cache.ts';
import { CACHE_FORMATS, cacheList } from '../report/cache/formats.ts';
import { formatNames } from '../report/output-formats.ts';

interface CacheFlags extends FieldsFlags, OutputFlags<keyof typeof CACHE_FORMATS> {
  readonly clear?: boolean;
  readonly cacheDir?: string;
  readonly color: ColorChoice;
  readonly pager: boolean;
}

const EXAMPLES = `
Examples:
  convoscope cache              list the indices, the last used first
  convoscope cache --clear      remove them; they are made again when needed`;

// It reads no conversation, so it has few of the common options.
export const cacheCommand: MakeCommand = (start) => {
  const command = new Command('cache')
    .description('list the indices kept between runs, or remove them')
    .option('--clear', 'remove all of them');
  addFieldsOption(command);
  addOutputOptions(command, formatNames(CACHE_FORMATS));
  addCacheDirOption(command);
  addTerminalOptions(command);
  return command
    .addHelpText('after', EXAMPLES)
    .action((flags: CacheFlags) => start((streams) => runCache(flags, streams)));
};

async function runCache(flags: CacheFlags, streams: Streams): Promise<number> {
  const format = resolveFormat(flags);
  const plan = { format, ...resolveFields(flags, format) };
  const terminal = await Terminal.open(streams, { ...flags, quiet: false, verbose: false });
  const cache = new IndexCache(resolveCacheFolder(flags.cacheDir, streams.env));
  const { folder, maxBytes } = cache;
  const kept = flags.clear ? [] : cache.list();
  const cleared = flags.clear ? cache.clear() : undefined;
  if (cache.problem !== undefined)
    terminal.warn(`${folder} is not used as a cache: ${cache.problem}`);
  const report = { folder, maxBytes, kept, ...(cleared && { cleared }) };
  await printList(terminal, plan, { formats: CACHE_FORMATS, report, listOf: cacheList });
  return EXIT.done;
}
