import { Option } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import { addBranchOption, type BranchOptions } from '../command-line/options/branch-option.ts';
import {
  addCommonOptions,
  type CommonOptions,
  conversationCommand,
  type StartAction,
  wholeNumber,
} from '../command-line/options/common-options.ts';
import {
  addFilterOptions,
  type FilterOptions,
  resolveFilter,
} from '../command-line/options/filter-options.ts';
import { writeOutputFile } from '../command-line/output-file.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { UsageError } from '../domain/errors.ts';
import { modelOf, titleOf } from '../domain/state-file.ts';
import { callsOf } from '../history/calls.ts';
import { statsOf } from '../history/stats.ts';
import { EXPORT_FORMATS, type ExportFormat, exportReporter } from '../report/export/formats.ts';
import { redactedNote } from '../report/export/markdown.ts';
import { safeJson } from '../report/text/terminal-safe.ts';
import { META_FILE, readStateFile } from '../storage/read-state-file.ts';
import {
  exportedEvents,
  firstWords,
  redactStats,
  trainRedactor,
} from '../use-cases/export-events.ts';
import { finish, openHistory, tellUnknown } from '../use-cases/open-history.ts';
import { resolveBranch } from '../use-cases/select-branch.ts';

interface ExportOptions extends CommonOptions, FilterOptions, BranchOptions {
  format: ExportFormat;
  out?: string;
  redact?: boolean;
  maxLength: number;
  full?: boolean;
}

const EXAMPLES = `
Examples:
  convoscope export 1628 --format html > 1628.html   a page to look at
  convoscope export 1628 --redact --out issue.md     for an issue, no secrets
  convoscope export 1628 --format ndjson --branch active`;

/** GitHub takes 65,536 characters. */
const DEFAULT_MAX_CHARS = 60_000;

export function exportCommand(start: StartAction) {
  const command = conversationCommand('export', 'write a conversation as a page, or for an issue')
    .addOption(
      new Option('--format <format>', 'html: a page; md: for an issue; ndjson: an event a line')
        .choices(EXPORT_FORMATS)
        .default('md'),
    )
    .option('--out <file>', 'write it there, for your eyes only, and not to stdout')
    .option('--redact', 'replace secrets, and say how many')
    .option(
      '--max-length <n>',
      'characters that md may take',
      wholeNumber(5_000),
      DEFAULT_MAX_CHARS,
    )
    .option('--full', 'leave nothing out for length')
    .addHelpText('after', EXAMPLES);
  addBranchOption(command);
  addFilterOptions(command);
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runExport(conversation, options, streams)),
  );
}

async function runExport(
  conversation: string | undefined,
  options: ExportOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, { ...options, pager: false });
  const { zone, terminal } = session;
  const { format, out } = options;
  if (format === 'html' && (out === undefined || out === '-') && terminal.style.isTerminal) {
    throw new UsageError('a page is no use on a terminal: use --out <file>, or > file');
  }
  const filter = resolveFilter(options, zone, session.now);
  const whole = await openHistory(session, conversation, filter);
  const { log, state, history, skipped } = whole;
  const { statuses, keeps } = resolveBranch(history, log.slots, options.branch ?? 'all');
  const records = history.records.filter(
    (record) => history.passing.has(record.position) && keeps(record),
  );
  const redactor = options.redact ? await trainRedactor(session.source(log)) : undefined;
  const clean = (text: string | undefined) => text && (redactor?.text(text) ?? text);
  const calls = callsOf(history, zone);
  const { id, path } = conversationRef(log);
  const report = {
    conversation: { id: clean(id) ?? id, path: clean(path) ?? path },
    title:
      clean(titleOf(readStateFile(log.folder, META_FILE))) ?? (await firstWords(whole, redactor)),
    model: clean(modelOf(state)),
    stats: redactStats(statsOf(history, calls, state, zone), (text) => clean(text) ?? text),
    records: history.records,
    calls,
    statuses,
    shown: records,
    events: exportedEvents(session.source(log), records, calls, skipped, redactor),
    isPart: records.length < history.records.length,
    skipped,
    redacted: redactor?.counts,
    zone,
    fileOf: log.fileOf.bind(log),
  };
  const limits = { length: options.maxLength, isWhole: options.full ?? false };
  const pieces = (await exportReporter(format))(report, limits);
  if (out === undefined || out === '-')
    await terminal.write(safely(pieces, terminal.style.isTerminal, format));
  else await writeOutputFile(log.folder, out, pieces);
  if (redactor) terminal.note(redactedNote(redactor.counts));
  await tellUnknown(session, options, history);
  if (records.length === 0 && log.slots.length > 0) terminal.note('no event passes the filters');
  return finish(session, whole, EXIT.done);
}

/** JSON alone can still hold what acts on a terminal: the other formats are made for showing. */
async function* safely(
  pieces: AsyncIterable<string>,
  isTerminal: boolean,
  format: ExportFormat,
): AsyncGenerator<string> {
  for await (const piece of pieces) {
    yield isTerminal && format === 'ndjson' ? safeJson(piece) : piece;
  }
}
