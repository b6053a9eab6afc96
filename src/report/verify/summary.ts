import { posix } from 'node:path';
import { andMore, pluralize } from '../../text/wording.ts';
import { shortId } from '../subagents/short-ids.ts';
import { formatNumber } from '../text/amounts.ts';
import type { Style } from '../text/style.ts';
import { safeLine } from '../text/terminal-safe.ts';
import { placesOf } from './places.ts';
import { atLeast } from './report.ts';
import type { ReportedConversation, ResumeTotals, VerifyReport } from './types.ts';

/** How many findings that are gone are named. */
const MAX_GONE = 5;

/** Conversations with the worst first: those that fail, then by the number of errors, warnings and infos. */
export function worstFirst(
  conversations: readonly ReportedConversation[],
): readonly ReportedConversation[] {
  const badness = ({ fails, resumes, findings }: ReportedConversation) => {
    const count = (severity: string) => findings.filter((f) => f.severity === severity).length;
    const verdict = Number(fails) * 2 + Number(resumes === 'no');
    return verdict * 1e15 + count('error') * 1e10 + count('warning') * 1e5 + count('info');
  };
  const ranked = conversations.map((conversation) => ({
    conversation,
    rank: badness(conversation),
  }));
  return ranked.sort((a, b) => b.rank - a.rank).map(({ conversation }) => conversation);
}

/**
 * A short name for each conversation: the name of its folder, or its path if several folders have that name. Safe to
 * print.
 *
 * @param isShort shortens ids as far as they stay distinct
 */
export function namesOf(
  conversations: readonly ReportedConversation[],
  isShort = false,
): (conversation: ReportedConversation) => string {
  const seen = new Map<string, number>();
  const ids = conversations.map((one) => ({ id: posix.basename(one.shownAs) }));
  const baseOf = ({ shownAs }: ReportedConversation) => posix.basename(shownAs);
  for (const one of conversations) seen.set(baseOf(one), (seen.get(baseOf(one)) ?? 0) + 1);
  return (one) => {
    const base = baseOf(one);
    const isClear = seen.get(base) === 1 && !/^\.{0,2}$/.test(base);
    if (!isClear) return safeLine(one.shownAs);
    return safeLine(isShort ? shortId(base, ids) : base);
  };
}

/** The last lines of a report: what is left out, the verdicts on resuming, and the counts. */
export function* totalsLines(report: VerifyReport, style: Style): Iterable<string> {
  yield* baselineLines(report);
  const hidden = hiddenCount(report);
  if (hidden > 0) yield `${pluralize(hidden, 'less severe finding')} not shown\n`;
  if (!isClean(report) || hasOtherVerdict(report.totals.resumes)) {
    yield `${verdictsText(report.totals.resumes)}\n`;
  }
  yield summaryLine(report, style);
}

function* baselineLines({ baseline }: VerifyReport): Iterable<string> {
  if (!baseline) return;
  const { known, gone } = baseline;
  if (known > 0) yield `${pluralize(known, 'known finding')} left out\n`;
  if (gone.length === 0) return;
  const named = gone.slice(0, MAX_GONE).map(({ conversation, code, file }) => {
    const place = placesOf([{ index: null, file }]);
    return safeLine(`${code} in ${conversation.id}${place === '' ? '' : ` (${place})`}`);
  });
  const more = andMore(gone.length - MAX_GONE);
  yield `${pluralize(gone.length, 'known finding')} gone: ${named.join(', ')}${more}\n`;
}

/** How many findings are not severe enough to be shown. */
function hiddenCount({ totals, minSeverity }: VerifyReport): number {
  const { errors, warnings, infos } = totals;
  return (
    (atLeast('error', minSeverity) ? 0 : errors) +
    (atLeast('warning', minSeverity) ? 0 : warnings) +
    (atLeast('info', minSeverity) ? 0 : infos)
  );
}

/** `27 do not resume, 4 would start over, 3 resume`. */
export function verdictsText({ yes, partly, no, fresh, unknown }: ResumeTotals): string {
  const verdicts = [
    no > 0 && pluralize(no, 'does not resume', 'do not resume'),
    unknown > 0 && pluralize(unknown, 'is not known to resume', 'are not known to resume'),
    fresh > 0 && pluralize(fresh, 'would start over', 'would start over'),
    partly > 0 && pluralize(partly, 'resumes up to a gap', 'resume up to a gap'),
    yes > 0 && pluralize(yes, 'resumes', 'resume'),
  ];
  return verdicts.filter((text) => text !== false).join(', ');
}

function hasOtherVerdict({ partly, no, fresh, unknown }: ResumeTotals): boolean {
  return partly + no + fresh + unknown > 0;
}

function isClean({ totals: { errors, warnings, infos } }: VerifyReport): boolean {
  return errors + warnings + infos === 0;
}

/** One line with the total counts. */
function summaryLine(report: VerifyReport, { chalk }: Style): string {
  const { failures } = report;
  const failed =
    failures > 0 ? `; ${chalk.red(`could not verify ${formatNumber(failures)} more`)}` : '';
  const counts = isClean(report) ? chalk.green(cleanText(report)) : severitiesText(report);
  return `${checkedText(report)}: ${counts}${failed}\n`;
}

/** `33 conversations, 1,295 events`. */
export function checkedText({
  totals: { conversations, events, unreadable },
}: VerifyReport): string {
  const unread = unreadable > 0 ? ` (${formatNumber(unreadable)} can't be read)` : '';
  return `${pluralize(conversations, 'conversation')}, ${pluralize(events, 'event')}${unread}`;
}

/** `1 error, 0 warnings, 2 infos`; `no problems found`. */
export function severitiesText(report: VerifyReport): string {
  if (isClean(report)) return cleanText(report);
  const { errors, warnings, infos } = report.totals;
  return [
    pluralize(errors, 'error'),
    pluralize(warnings, 'warning'),
    pluralize(infos, 'info'),
  ].join(', ');
}

function cleanText({ baseline, isSelection }: VerifyReport): string {
  const isNew = baseline !== undefined && baseline.known > 0;
  if (isSelection) return `no ${isNew ? 'new ' : ''}problems among the chosen codes`;
  return isNew ? 'no new problems' : 'no problems found';
}
