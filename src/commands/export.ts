import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, noteUnknownNames, warnLostSubagents } from '../command-line/notices.ts';
import {
  addBranchOption,
  type BranchFlags,
  namingBranch,
} from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { wholeNumber } from '../command-line/options/option-values.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import { writeOutputFile } from '../command-line/output-file.ts';
import type { Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { modelOf, titleOf } from '../domain/state-file.ts';
import { callsOf } from '../history/calls.ts';
import { statsOf } from '../history/stats.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../report/export/formats.ts';
import { redactedNote } from '../report/export/markdown.ts';
import type { ExportLimits, ExportReport } from '../report/export/types.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { META_FILE, readStateFile } from '../storage/read-state-file.ts';
import {
  exportedEvents,
  firstWords,
  redactStats,
  redactSubagents,
  trainRedactor,
} from '../use-cases/export-events.ts';
import { type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import { selectBranch } from '../use-cases/select-branch.ts';

interface ExportFlags extends CommonFlags, FilterFlags, BranchFlags {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly redact?: boolean;
  readonly maxLength: number;
  readonly full?: boolean;
}

export interface ExportPlan extends QueryPlan {
  readonly branch: string;
  readonly format: ExportFormat;
  /** File to write; undefined for stdout. */
  readonly out: string | undefined;
  readonly redacts: boolean;
  readonly limits: ExportLimits;
}

const EXAMPLES = `
Examples:
  convoscope export 1628 --format html > 1628.html   a page for a browser
  convoscope export 1628 --redact --out issue.md     for an issue, no secrets
  convoscope export 1628 --format ndjson --branch active`;

/** GitHub takes 65,536 characters. */
const DEFAULT_MAX_CHARS = 60_000;
const MIN_MAX_CHARS = 5_000;

export const exportCommand = defineCommand<ExportFlags, ExportPlan>({
  name: 'export',
  description: 'write a conversation as a page, or as text for an issue',
  operands: [CONVERSATION],
  options: (command) =>
    command
      .addOption(
        new Option(
          '--format <format>',
          'html: a page; md: for an issue; ndjson: one event per line',
        )
          .choices(formatNames(EXPORT_FORMATS))
          .default('md'),
      )
      .option('--out <file>', 'write to a file (mode 0600) instead of stdout')
      .option('--redact', 'replace secrets, and say how many')
      .option(
        '--max-length <n>',
        'limit of md, in characters',
        wholeNumber(MIN_MAX_CHARS),
        DEFAULT_MAX_CHARS,
      )
      .option('--full', 'do not shorten anything'),
  groups: [addBranchOption, addFilterOptions],
  examples: EXAMPLES,
  plan: exportPlan,
  usesPager: () => false,
  run: runExport,
});

/** Resolves the command line of `export`. @throws UsageError */
export function exportPlan(request: Request<ExportFlags>): ExportPlan {
  const { flags } = request;
  const query = resolveQuery(request);
  return {
    ...query,
    branch: query.branch ?? 'all',
    format: flags.format,
    out: flags.out === '-' ? undefined : flags.out,
    redacts: flags.redact ?? false,
    limits: { length: flags.maxLength, isWhole: flags.full ?? false },
  };
}

async function runExport(plan: ExportPlan, session: Session): Promise<number> {
  const { terminal } = session;
  const { format, out } = plan;
  if (format === 'html' && out === undefined && terminal.style.isTerminal) {
    throw new UsageError(
      "a page can't be shown in a terminal: use --out <file>, or redirect the output to a file",
    );
  }
  const opened = await openHistory(session, session.locate(plan.conversation), plan.filter);
  const { log, history } = opened;
  const report = await exportReport(plan, session, opened);
  if (out === undefined) {
    await terminal.write(render(EXPORT_FORMATS, format, report, terminal.style));
  } else {
    const style = { ...terminal.style, isTerminal: false }; // a file is no terminal
    await writeOutputFile(log.folder, out, render(EXPORT_FORMATS, format, report, style));
  }
  if (report.redacted) terminal.note(redactedNote(report.redacted));
  warnLostSubagents(session, report.subagents());
  await noteUnknownNames(session, plan, history.records);
  if (report.shown.length === 0 && log.slots.length > 0) {
    terminal.note('no event passes the filters');
  }
  return finish(session, opened, EXIT.done);
}

async function exportReport(
  plan: ExportPlan,
  session: Session,
  opened: OpenedHistory,
): Promise<ExportReport> {
  const { log, state, history, skipped } = opened;
  const { zone } = session;
  const { statuses, keeps } = await namingBranch(() =>
    selectBranch(history, log.slots, plan.branch),
  );
  const shown = history.records.filter(
    (record) => history.passing.has(record.position) && keeps(record),
  );
  const source = session.source(log);
  const redactor = plan.redacts ? await trainRedactor(source) : undefined;
  const clean = (text: string) => redactor?.text(text) ?? text;
  const cleanIfAny = (text: string | undefined) => text && clean(text);
  const calls = callsOf(history, zone);
  const context = session.reportContext(log, skipped);
  const { id, path } = context.conversation;
  const title = cleanIfAny(titleOf(readStateFile(log.folder, META_FILE)));
  return {
    ...context,
    conversation: { id: clean(id), path: clean(path) },
    subagents: () => redactSubagents(context.subagents(), clean),
    title: title ?? (await firstWords(opened, redactor)),
    model: cleanIfAny(modelOf(state)),
    stats: redactStats(statsOf(history, calls, state, zone), clean),
    records: history.records,
    calls,
    statuses,
    shown,
    events: exportedEvents(source, shown, calls, skipped, redactor),
    isPart: shown.length < history.records.length,
    redacted: redactor?.counts,
    limits: plan.limits,
  };
}
