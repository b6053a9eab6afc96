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

/** The title and the facts. */
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
  return `## ${inCode(title ?? conversation.id)}\n\n${list.join('')}${nested.join('')}\n`;
}
