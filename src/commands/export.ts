import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { noteMissingFields } from '../command-line/notices/field-notices.ts';
import {
  finish,
  noteOnlyInFiles,
  noteUnknownNames,
  warnLostSubagents,
  warnUnknownBranch,
} from '../command-line/notices/notices.ts';
import { noteTimeOfEntries } from '../command-line/notices/time-notices.ts';
import {
  addBranchOption,
  type BranchFlags,
  namingBranch,
} from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { wholeNumber } from '../command-line/options/option-values.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import {
  addRedactionOptions,
  type RedactionFlags,
  type RedactionPlan,
  redactionPlan,
} from '../command-line/options/redaction-options.ts';
import { writeOutputFile } from '../command-line/output-file.ts';
import { type NamedFile, outputTarget } from '../command-line/output-target.ts';
import type { Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { EventSource } from '../domain/scan.ts';
import type { StateFile } from '../domain/state-file.ts';
import { callsOf } from '../history/calls.ts';
import { inCallOrder } from '../history/export/call-order.ts';
import { statsOf } from '../history/stats.ts';
import { RedactionLog } from '../redaction/redaction-log.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../report/export/formats.ts';
import { redactedNote } from '../report/export/markdown.ts';
import { redactionReport } from '../report/export/redaction-report.ts';
import type { ExportLimits, ExportReport } from '../report/export/types.ts';
import { formatNames, render } from '../report/output-formats.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { META_FILE, readStateFile } from '../storage/read-state-file.ts';
import { exportedEnding } from '../use-cases/endings/export-ending.ts';
import {
  exportedEvents,
  firstWords,
  type Redaction,
  redactStats,
  redactSubagents,
  trainRedactor,
} from '../use-cases/export-events.ts';
import { exportedStory } from '../use-cases/export-story.ts';
import { type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import { selectBranch } from '../use-cases/select-branch.ts';

interface ExportFlags extends CommonFlags, FilterFlags, BranchFlags, RedactionFlags {
  readonly output?: ExportFormat;
  /** The same: an older name of --output. */
  readonly format?: ExportFormat;
  readonly out?: string;
  readonly maxLength: number;
  readonly full?: boolean;
}

export interface ExportPlan extends QueryPlan {
  readonly branch: string;
  readonly format: ExportFormat;
  /** File to write; undefined for stdout. */
  readonly out: string | undefined;
  /** Undefined if nothing is replaced. */
  readonly redaction: RedactionPlan | undefined;
  readonly limits: ExportLimits;
}

const EXAMPLES = `
Examples:
  convoscope export 1628 -o html > 1628.html         a page for a browser
  convoscope export 1628 --redact --out issue.md     for an issue, no secrets
  convoscope export 1628 -o ndjson --branch active`;

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
          '-o, --output <format>',
          'html: a page; md (default): for an issue; ndjson: one event per line',
        ).choices(formatNames(EXPORT_FORMATS)),
      )
      .addOption(
        new Option('--format <format>', 'same as -o')
          .choices(formatNames(EXPORT_FORMATS))
          .hideHelp(),
      )
      .option('--out <file>', 'write to a file (mode 0600) instead of stdout')
      .option(
        '--max-length <n>',
        'limit of md, in characters',
        wholeNumber(MIN_MAX_CHARS),
        DEFAULT_MAX_CHARS,
      )
      .option('--full', 'do not shorten anything'),
  groups: [addRedactionOptions, addBranchOption, addFilterOptions],
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
    format: exportFormat(flags),
    out: flags.out === '-' ? undefined : flags.out,
    redaction: redactionPlan(flags),
    limits: { length: flags.maxLength, isWhole: flags.full ?? false },
  };
}

function exportFormat({ output, format }: ExportFlags): ExportFormat {
  if (output && format && output !== format) {
    throw new UsageError(`--format ${format} -o ${output}: two output formats`);
  }
  return output ?? format ?? 'md';
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
  const reportFile = plan.redaction?.report;
  if (reportFile !== undefined) checkReportFile(reportFile, out, log.folder);
  const report = await exportReport(plan, session, opened);
  if (out === undefined) {
    await terminal.write(render(EXPORT_FORMATS, format, report, terminal.style));
  } else {
    const style = { ...terminal.style, isTerminal: false }; // a file is no terminal
    const pieces = render(EXPORT_FORMATS, format, report, style);
    await writeOutputFile([log.folder], outFile(out), pieces);
  }
  if (reportFile !== undefined) {
    const pieces = [redactionReport(report)];
    await writeOutputFile([log.folder], redactionReportFile(reportFile), pieces);
  }
  if (report.redacted) terminal.note(redactedNote(report.redacted));
  warnLostSubagents(session, report.subagents());
  await noteUnknownNames(session, plan, history.records);
  noteOnlyInFiles(session, { onlyInFiles: report.onlyInFiles, complete: true });
  if (report.shown.length === 0 && log.slots.length > 0) {
    terminal.note('no event passes the filters');
    noteTimeOfEntries(
      session,
      plan,
      history.records.map(({ entry }) => entry),
    );
    await noteMissingFields(session, plan, [session.source(log)]);
  }
  const marked = report.shown.filter((record) => report.statuses.of(record) === 'unknown').length;
  warnUnknownBranch(session, report.statuses, marked, report.leftOut);
  return finish(session, opened, report.leftOut > 0 ? EXIT.incomplete : EXIT.done);
}

const outFile = (path: string): NamedFile => ({ path, named: `--out ${path}` });

const redactionReportFile = (path: string): NamedFile => ({
  path,
  named: `--redact-report ${path}`,
});

/** Checks that the report can be written, before anything else is. @throws UsageError */
function checkReportFile(file: string, out: string | undefined, folder: ConversationFolder): void {
  const { path } = outputTarget([folder], redactionReportFile(file));
  if (out !== undefined && outputTarget([folder], outFile(out)).path === path) {
    throw new UsageError(`--redact-report ${file}: --out writes this file`);
  }
}

async function makeRedaction(
  { detectors }: RedactionPlan,
  hasHead: boolean,
  source: EventSource,
  states: readonly StateFile[],
): Promise<Redaction> {
  const log = new RedactionLog(hasHead);
  return { redactor: await trainRedactor({ source, states, detectors }, log), log };
}

async function exportReport(
  plan: ExportPlan,
  session: Session,
  opened: OpenedHistory,
): Promise<ExportReport & { readonly leftOut: number; readonly onlyInFiles: number }> {
  const { log, history, facts, skipped } = opened;
  const { zone } = session;
  const { statuses, keeps } = await namingBranch(() =>
    selectBranch(history, log.slots, plan.branch),
  );
  const matching = history.records.filter(({ position }) => history.passing.has(position));
  const shown = matching.filter(keeps);
  const source = session.source(log);
  const states = [opened.state, readStateFile(log.folder, META_FILE)];
  const hasHead = plan.format !== 'ndjson';
  const redaction =
    plan.redaction && (await makeRedaction(plan.redaction, hasHead, source, states));
  const clean = (text: string, place: string) =>
    redaction ? redaction.log.at(place, () => redaction.redactor.text(text)) : text;
  const cleanIfAny = (text: string | undefined, place: string) => text && clean(text, place);
  const calls = callsOf(history, zone);
  const context = session.reportContext(log, skipped);
  const { id, path } = context.conversation;
  const title = cleanIfAny(facts.title?.value, 'title');
  return {
    ...context,
    conversation: { id: clean(id, 'conversation.id'), path: clean(path, 'conversation.path') },
    subagents: () => redactSubagents(context.subagents(), (text) => clean(text, 'subagents')),
    ending: hasHead ? await exportedEnding(opened, calls, redaction, session.now) : undefined,
    title: title ?? (await firstWords(opened, redaction)),
    story: plan.format === 'md' ? await exportedStory(opened, shown, calls, redaction) : undefined,
    stats: redactStats(statsOf(history, calls, facts, zone), (text) => clean(text, 'stats')),
    records: history.records,
    calls,
    statuses,
    unknownPart: cleanIfAny(statuses.unknownPart, 'branch'),
    shown,
    onlyInFiles: history.records.filter(
      (record) => history.onlyInFiles.has(record.position) && keeps(record),
    ).length,
    leftOut: matching.filter((record) => keeps(record) === undefined).length,
    events: exportedEvents(
      source,
      plan.format === 'ndjson' ? shown : inCallOrder(shown, calls),
      calls,
      skipped,
      redaction,
    ),
    isPart: shown.length < history.records.length,
    redacted: redaction?.log.counts,
    replacements: () => redaction?.log.replacements ?? [],
    limits: plan.limits,
  };
}
