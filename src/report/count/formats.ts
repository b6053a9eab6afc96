import type { z } from 'zod';
import { coverageOf } from '../../domain/facts/coverage.ts';
import type { BranchCounts } from '../../history/branch-status.ts';
import type { CountResult } from '../../query/count.ts';
import type { ReportContext } from '../context.ts';
import { coverageJson } from '../facts/coverage-json.ts';
import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import type { countDocument } from '../schemas/search.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { safeText } from '../text/terminal-safe.ts';

export interface CountReport extends Omit<CountResult, 'skipped'>, ReportContext {
  /** The property that events are grouped by. */
  readonly by?: string;
  /** Given if a branch was selected. */
  readonly marked?: BranchCounts;
  /** Events that the SDK itself would load. */
  readonly reachable: number;
}

const label = (key: string | null) => (key === null ? '(none)' : safeText(key));

/** Output formats of `count`. */
export const COUNT_FORMATS = {
  text:
    () =>
    ({ count, groups }) => {
      if (!groups) return `${count}\n`;
      const width = String(groups[0]?.count ?? 0).length;
      return groups.map((group) => `${String(group.count).padStart(width)} ${label(group.key)}\n`);
    },
  table: async () => {
    const { renderTable } = await import('../text/table.ts');
    return ({ count, groups, by }, style) => {
      const rows = groups?.map((group) => [String(group.count), label(group.key)]);
      return renderTable(by ? ['count', by] : ['count'], rows ?? [[String(count)]], style);
    };
  },
  json: () => (report, style) => renderJson(documentOf(report), style),
  ndjson:
    () =>
    ({ count, groups }, style) =>
      (groups ?? [{ count }]).map((line) => renderJson(line, style)),
} satisfies OutputFormats<CountReport>;

export type CountFormat = keyof typeof COUNT_FORMATS;

function documentOf(report: CountReport): z.infer<typeof countDocument> {
  const { conversation, count, groups, marked, reachable, scanned } = report;
  return {
    format_version: 1,
    conversation,
    count,
    ...(groups && { groups: [...groups] }),
    ...(marked && {
      off_branch: marked.offBranch,
      forgotten: marked.forgotten,
      branch_unknown: marked.unknown,
    }),
    reachable,
    scanned,
    coverage: coverageJson(
      scanned === 0
        ? coverageOf('events', count, count) // the names of the files were enough
        : coverageOf('events', scanned - report.skipped.length, scanned),
    ),
    complete: true, // a count never stops early
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}
