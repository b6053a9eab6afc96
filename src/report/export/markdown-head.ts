import { errorOf, resultOf } from '../../history/calls.ts';
import { failuresOf } from '../../history/export/failures.ts';
import { sumUsage } from '../../history/usage.ts';
import {
  atLeast,
  costText,
  fromEvent,
  jumpsNote,
  partOf,
  usageGaps,
} from '../facts/coverage-text.ts';
import { subagentList, subagentsLine } from '../subagents/text.ts';
import { formatDuration, formatNumber } from '../text/amounts.ts';
import { inCode } from './markdown-safe.ts';
import type { ExportReport } from './types.ts';

/** The title, the facts, how it ended, and what failed. */
export function headOf(report: ExportReport): string {
  const { conversation, title, stats, shown, isPart, skipped, unknownPart } = report;
  const subagents = report.subagents();
  const { facts: known, time, errors, usages, tools, usageCoverage } = stats;
  const { status, model } = known;
  const tokens = sumUsage(usages, (usage) => usage.tokens.prompt) ?? 0;
  const jumps = jumpsNote(time.jumps);
  const gaps = usageGaps(usageCoverage);
  const cost = `${costText(usages, usageCoverage)}${fromEvent(known.stats?.source)}`;
  const facts = [
    ['conversation', conversation.id],
    ['status', status && `${status.value}${fromEvent(status.source)}`],
    ['model', model && `${model.value}${fromEvent(model.source)}`],
    [
      'events',
      `${partOf(stats.eventCoverage) ?? stats.events}${isPart ? `, ${shown.length} of them here` : ''}`,
    ],
    ['errors', `${errors}${skipped.length > 0 ? ' in what can be read' : ''}`],
    ['calls', tools.map(({ tool, calls }) => `${tool} ${calls}`).join(', ') || undefined],
    [
      'took',
      time.total === undefined ? undefined : atLeast(formatDuration(time.total), time.coverage),
    ],
    ['clock', jumps],
    ['tokens in', tokens > 0 ? atLeast(formatNumber(tokens), usageCoverage.tokens) : undefined],
    ['cost', usages.length > 0 ? cost : undefined],
    ['usage', gaps.length > 0 ? gaps.join('; ') : undefined],
    ['branch', unknownPart],
    ['subagents', subagentsLine(subagents)],
  ];
  const list = facts.flatMap(([name, fact]) => (fact ? `- ${name}: ${inCode(fact)}\n` : []));
  const nested = subagentList(subagents).map((line) => `  - ${inCode(line.trim())}\n`);
  return `## ${inCode(title ?? conversation.id)}\n\n${list.join('')}${nested.join('')}\n${endingOf(report)}${failedOf(report)}`;
}

function endingOf({ ending }: ExportReport): string {
  if (!ending) return '';
  return `### How it ended\n\n${inCode(ending.outcome)}: ${inCode(ending.reason)}\n\n`;
}

/** The list of failures names no more, and takes no larger share of the document. */
const MAX_NAMED_FAILURES = 15;
const MAX_FAILURES_SHARE = 1 / 8;

/** What failed, a line each. The last failures say more about the end, so they are the ones that are named. */
function failedOf({ records, calls, redacted, ending, limits }: ExportReport): string {
  const failures = failuresOf(records, calls);
  if (failures.length === 0) return '';
  const named = failures.slice(-MAX_NAMED_FAILURES);
  const all = named.map(({ events, call }) => {
    const record = call?.answer ?? events.at(-1);
    const isLast = record !== undefined && record === ending?.lastError?.record;
    // Records can contain secrets.
    const known = redacted ? '' : ((call && errorOf(call)) ?? record?.lastLine ?? '');
    const text = isLast ? (ending?.lastError?.text ?? '') : known;
    const result = call ? resultOf(call) : 'error';
    return `- ${events[0]?.slot.index} · ${inCode(result)}${text === '' ? '' : ` · ${inCode(text)}`}\n`;
  });
  const lines: string[] = [];
  let room = limits.length * MAX_FAILURES_SHARE;
  for (const line of all.toReversed()) {
    room -= line.length;
    if (room < 0) break;
    lines.unshift(line);
  }
  const more = failures.length - lines.length;
  const before = more > 0 ? `- ${more} more before these\n` : '';
  return `### What failed\n\n${before}${lines.join('')}\n`;
}
