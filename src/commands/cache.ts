import { Command, Option } from 'commander';
import { cacheFolder } from '../command-line/cache-location.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import type { StartAction } from '../command-line/options/common-options.ts';
import { type Streams, Terminal, type TerminalOptions } from '../command-line/terminal.ts';
import { IndexCache } from '../index/index-cache.ts';
import { renderCache } from '../report/cache/formats.ts';

interface CacheOptions extends TerminalOptions {
  clear?: boolean;
  cacheDir?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  convoscope cache              what is kept, last used first
  convoscope cache --clear      remove it all: it is made anew when needed`;

export function cacheCommand(start: StartAction): Command {
  return new Command('cache')
    .description('show the indices kept between runs, or clear them')
    .option('--clear', 'remove them all')
    .option('--json', 'as one JSON document')
    .option('--cache-dir <dir>', "look here (default: $CONVOSCOPE_CACHE_DIR, else the platform's)")
    .addOption(
      new Option('--color <when>', 'colour the output')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--no-pager', 'write to the terminal what is longer than the screen, too')
    .addHelpText('after', EXAMPLES)
    .action((options: CacheOptions) => start((streams) => runCache(options, streams)));
}

async function runCache(options: CacheOptions, streams: Streams): Promise<number> {
  const terminal = await Terminal.open(streams, options);
  const cache = new IndexCache(cacheFolder(options, streams.env));
  const { folder, limit } = cache;
  const kept = options.clear ? [] : cache.list();
  const cleared = options.clear ? cache.clear() : undefined;
  const report = { folder, limit, kept, ...(cleared && { cleared }) };
  await terminal.write([renderCache(report, options.json ?? false, terminal.style)]);
  return EXIT.done;
}
