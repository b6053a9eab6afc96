import { Command, Option } from 'commander';
import { count, GROUPINGS, type Grouping } from '../query/count.ts';
import { COUNT_FORMATS, type CountFormat, renderCount } from '../report/count.ts';
import { EXIT } from './exit.ts';
import { addFilterOptions, type FilterOptions, resolveFilter } from './filters.ts';
import { addCommonOptions, addOutputOption, type CommonOptions } from './options.ts';
import { describe, Session } from './session.ts';
import type { Streams } from './terminal.ts';

interface CountOptions extends CommonOptions, FilterOptions {
  output: CountFormat;
  json?: boolean;
  by?: Grouping;
}

export function countCommand(
  run: (work: Promise<number>) => Promise<void>,
  streams: Streams,
): Command {
  const command = new Command('count')
    .description('count events, or group them')
    .argument('[conversation]', 'a path, an id or a prefix of one; @latest')
    .addOption(new Option('--by <what>', 'a line a group, most first').choices(GROUPINGS));
  addFilterOptions(command);
  addOutputOption(command, COUNT_FORMATS);
  addCommonOptions(command);
  return command.action((conversation, options) => run(runCount(conversation, options, streams)));
}

async function runCount(
  conversation: string | undefined,
  options: CountOptions,
  streams: Streams,
): Promise<number> {
  const session = new Session(streams, options);
  const filter = resolveFilter(options, session.zone, session.now);
  const log = session.open(conversation);
  const result = await count(session.source(log), filter, session.zone, options.by);
  const format = options.json ? 'json' : options.output;
  const report = {
    ...result,
    ...(options.by && { by: options.by }),
    conversation: describe(log),
    reachable: log.reachable,
    fileOf: log.fileOf.bind(log),
  };
  await session.terminal.write([await renderCount(format, report, session.terminal.style)]);
  session.tellSkipped(log, result.skipped);
  session.tellUnknownKinds(options.kind, result.kinds);
  session.tellWork();
  return result.skipped.length > 0 ? EXIT.incomplete : EXIT.done;
}
