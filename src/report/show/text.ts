import type { LoadedEvent } from '../../domain/event.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import { describeLost } from '../../domain/knowledge/lost-events.ts';
import type { Slot } from '../../domain/slot.ts';
import { resultOf, whyUnknown } from '../../history/calls.ts';
import { sectionsOf } from '../../history/sections/event-sections.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { pathOf } from '../context.ts';
import { fromEvent } from '../facts/coverage-text.ts';
import { leaseText } from '../facts/lease.ts';
import { subagentFacts, subagentsLine } from '../subagents/text.ts';
import { formatCost, formatDuration, formatNumber, formatSize } from '../text/amounts.ts';
import { renderSections } from '../text/event-sections.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { wrap } from '../text/wrap.ts';
import type { ShowReport } from './types.ts';

/** Longer sections of the other event of a call are cut. */
const MAX_PARTNER_LINES = 12;

/** An event for people to read. For an action its answer is below, and for an answer its action. */
export function showText(report: ShowReport, style: Style): string {
  const { event, partner, record } = report;
  const { chalk, link } = style;
  const file = report.fileOf(event.slot);
  const about = [
    `${chalk.dim('id')}     ${safeText(event.slot.id)}`,
    `${chalk.dim('file')}   ${link(safeText(file), pathOf(report, event.slot))}, ${formatSize(event.bytes)}`,
    `${chalk.dim('branch')} ${branchOf(report)}`,
    ...forgottenEventsOf(report).map((line) => `${chalk.dim('forgot')} ${line}`),
    ...report.started.map(
      (one) => `${chalk.dim('subagent')} ${subagentFacts(one, report.subagents())}`,
    ),
    ...responseOf(report, style).map((line) => `${chalk.dim('model')}  ${line}`),
    ...conversationOf(report).map(([name, line]) => `${chalk.dim(name.padEnd(6))} ${line}`),
  ];
  const risk = record.fields.risk ? `  risk ${chalk.yellow(safeText(record.fields.risk))}` : '';
  const parts = [
    wrap(`${headOf(event, report, style)}${risk}\n${about.join('\n')}\n`, style),
    renderSections(sectionsOf(readableEvent(event)), style),
  ];
  if (partner) parts.push(partnerText(partner, report, style));
  else for (const line of lostPartnerOf(report)) parts.push(`${chalk.yellow(line)}\n`);
  const subagents = subagentsLine(report.subagents());
  if (subagents !== '') parts.push(`${chalk.dim(subagents)}\n`);
  return parts.join('\n');
}

function headOf({ slot, entry }: LoadedEvent, { zone }: ShowReport, { chalk }: Style): string {
  const { kind, source, stamp, tool, failed } = entry;
  const paint = failed ? chalk.red : chalk.cyan;
  const what = [shortKind(kind) || '(no kind)', ...(tool === undefined ? [] : [tool])];
  return [
    chalk.bold(`#${slot.index}`),
    paint(what.map(safeText).join(' ')),
    safeText(source || '-'),
    formatTime(stamp, zone, false),
  ].join('  ');
}

/** For a condensation: the events that it forgot, `2 to 9, 12`. */
function forgottenEventsOf({ forgot }: ShowReport): string[] {
  const runs: { from: number; to: number }[] = [];
  for (const { index } of forgot) {
    const last = runs.at(-1);
    if (last && index === last.to + 1) last.to = index;
    else runs.push({ from: index, to: index });
  }
  const ranges = runs.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`));
  return ranges.length > 0 ? [ranges.join(', ')] : [];
}

const BRANCH_TEXTS = {
  active: 'active',
  off: 'not the active one',
  side: 'none (a side event)',
  beyond: 'none (after a gap in the index, where the SDK does not see it)',
  unknown: 'not known',
} as const;

/** What is known of the other event of a call if it does not exist, or can't be read. */
function lostPartnerOf({ call, answered }: ShowReport): string[] {
  if (answered) return [`← answers #${answered.index}, which can't be read`];
  if (call?.outcome === 'unanswered') return ['→ no answer'];
  const why = call && whyUnknown(call);
  return why ? [`→ ${why}`] : [];
}

function branchOf(report: ShowReport): string {
  const { statuses, record, parent, lostParent, children, possibleChildren } = report;
  const indices = (slots: readonly Slot[]) => slots.map(({ index }) => index).join(' and ');
  const forgotten = statuses.forgottenBy(record);
  const status = statuses.of(record);
  return [
    status === 'unknown' ? safeText(statuses.unknownPart ?? '') : BRANCH_TEXTS[status],
    ...(parent ? [`after ${parent.index}`] : []),
    ...(lostParent
      ? [`after ${safeText(lostParent.id ?? String(record.slot.index - 1))}, which is missing`]
      : []),
    ...(children.length > 0 ? [`before ${indices(children)}`] : []),
    ...(children.length === 0 && possibleChildren.length > 0
      ? [`what follows it is not known (${describeLost(possibleChildren)})`]
      : []),
    ...(forgotten ? [`forgotten by condensation ${forgotten.slot.index}`] : []),
  ].join(', ');
}

function responseOf({ response, facts: known }: ShowReport, style: Style): string[] {
  if (!response) return [];
  const { id, events, step } = response;
  const { tokens, latency, cost } = step ?? {};
  const indices = events.map(({ index }) => index).join(', ');
  const facts = [
    // The id takes half a line, and few people need it.
    ...(isNarrow(style) ? [] : [safeText(id)]),
    ...(events.length > 1 ? [`events ${indices}`] : []),
    ...(tokens
      ? [
          `${formatNumber(tokens.prompt)} tokens in (${formatNumber(tokens.cacheRead)} cached), ` +
            `${formatNumber(tokens.completion)} out`,
        ]
      : []),
    ...(latency === undefined ? [] : [formatDuration(latency * 1e6)]),
    ...(cost === undefined ? [] : [formatCost(cost)]),
    ...(step === undefined && known.stats ? ['its usage is not known'] : []),
  ];
  return facts.length > 0 ? [facts.join(', ')] : [];
}

/** What to know about the conversation as a whole: a status that is not from the state, and a lease. */
function conversationOf({ facts, lease, now, zone }: ShowReport): [name: string, line: string][] {
  const { status } = facts;
  const note = fromEvent(status?.source);
  return [
    ...(status && note ? [['status', `${safeText(status.value)}${note}`] as [string, string]] : []),
    ...(lease ? [['lease', leaseText(lease, now, zone)] as [string, string]] : []),
  ];
}

function partnerText(partner: LoadedEvent, report: ShowReport, style: Style): string {
  const { call } = report;
  const isAnswer = call?.answer?.slot.name === partner.slot.name;
  const { chalk } = style;
  const took = call?.duration === undefined ? '' : ` after ${formatDuration(call.duration)}`;
  const head = isAnswer
    ? `→ answered${took}: ${call ? resultOf(call) : ''}`
    : `← answers this call${took}`;
  // An edit and its answer contain the same diff. It is shown only once.
  const withoutDiffs = sectionsOf(readableEvent(partner)).filter(({ kind }) => kind !== 'diff');
  const sections = renderSections(withoutDiffs, style, MAX_PARTNER_LINES);
  return `${chalk.bold(head)}\n${headOf(partner, report, style)}\n${sections}`;
}
