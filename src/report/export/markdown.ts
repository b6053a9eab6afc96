import { shortKind } from '../../domain/event-kinds.ts';
import { resultOf, whyUnknown } from '../../history/calls.ts';
import {
  type EventSection,
  EXIT_CODE_TITLE,
  sectionsOf,
} from '../../history/sections/event-sections.ts';
import { sumUsage } from '../../history/usage.ts';
import { ownString } from '../../text/json-value.ts';
import type { ReadableEvent } from '../../text/readable-event.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { andMore, listSome, pluralize } from '../../text/wording.ts';
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
import { markOf } from '../text/branch-marks.ts';
import { describeImage } from '../text/event-sections.ts';
import { safeBlock, safeLine } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fenced, inCode } from './markdown-safe.ts';
import type { ExportedEvent, ExportLimits, ExportReport } from './types.ts';

/** Lines kept from the start and the end of a section that is too long. */
const [FIRST_LINES, LAST_LINES] = [12, 12];
/** Space for the notes at the end, and for the list of failures among the events left out. In UTF-16 units. */
const [RESERVED_CHARS, MAX_FAILURE_LIST_CHARS] = [2_000, 1_200];
/** Longer lines are cut. In UTF-16 units. */
const MAX_LINE_CHARS = 400;

/**
 * A document to paste into an issue. To keep within the limit, long sections are cut in the middle, and events are left
 * out in the middle. A note says so. All text from events is formatted as code, so it can't contain links, mentions or
 * tags.
 */
export async function* exportMarkdown(report: ExportReport): AsyncGenerator<string> {
  const { limits } = report;
  const head = headOf(report);
  yield head;
  const room = limits.isWhole
    ? Number.POSITIVE_INFINITY
    : limits.length - head.length - RESERVED_CHARS;
  // The end of a conversation shows more about what went wrong than its beginning, so it gets more room.
  const roomAtStart = room / 3;
  let used = 0;
  const last: { index: number; text: string; failure: string | undefined }[] = [];
  let lastLength = 0;
  let gap: { from: number; to: number; events: number } | undefined;
  const failures: string[] = [];
  for await (const exported of report.events) {
    const { index } = exported.record.slot;
    const { value } = exported;
    const title = titleOf(exported, value, report);
    const text = `#### ${title}\n\n${partsOf(value, limits)}`;
    if (gap === undefined && last.length === 0 && used + text.length <= roomAtStart) {
      used += text.length;
      yield text;
      continue;
    }
    last.push({ index, text, failure: exported.record.entry.failed ? title : undefined });
    lastLength += text.length;
    while (used + lastLength > room && last.length > 0) {
      const dropped = last.shift()!;
      lastLength -= dropped.text.length;
      if (dropped.failure) failures.push(dropped.failure);
      gap = {
        from: gap?.from ?? dropped.index,
        to: dropped.index,
        events: (gap?.events ?? 0) + 1,
      };
    }
  }
  if (gap) {
    yield `> **${pluralize(gap.events, 'event')} left out here** (${gap.from} to ${gap.to}), for length.\n`;
    const named = failureList(failures);
    if (named.length > 0) yield `> Failed events among them:\n${named.join('')}`;
    const more = andMore(failures.length - named.length).trim();
    yield more ? `> - ${more}\n\n` : '\n';
  }
  for (const { text } of last) yield text;
  yield footOf(report);
}

/** The lines of the list of failures, as far as there is room. */
function failureList(titles: readonly string[]): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const title of titles) {
    const line = `> - ${title}\n`;
    length += line.length;
    if (length > MAX_FAILURE_LIST_CHARS) break;
    lines.push(line);
  }
  return lines;
}

function headOf(report: ExportReport): string {
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

function titleOf(
  { record, call }: ExportedEvent,
  value: ReadableEvent,
  report: ExportReport,
): string {
  const { slot, entry, fields } = record;
  const mark = markOf(report.statuses, record);
  // From the exported event, because a record can contain secrets.
  const kind = shortKind(ownString(value, 'kind') ?? '');
  const names = [kind || 'no kind', ownString(value, 'tool_name') ?? ''];
  const took = call?.duration === undefined ? '' : ` after ${formatDuration(call.duration)}`;
  const why = call?.action === record ? whyUnknown(call) : undefined;
  return [
    `${slot.index} · ${names.map(inCode).join(' ').trim()}`,
    formatTime(entry.stamp, report.zone, false),
    ...(call?.action === record ? [`${inCode(resultOf(call))}${took}`] : []),
    ...(why === undefined ? [] : [why]),
    ...(fields.exitCode === undefined ? [] : [`exit code ${fields.exitCode}`]),
    ...(entry.failed ? ['**failed**'] : []),
    ...(mark ? [`_${mark}_`] : []),
  ].join(' · ');
}

function partsOf(value: ReadableEvent, limits: ExportLimits): string {
  // The exit code is in the title.
  const sections = sectionsOf(value).filter(({ title }) => title !== EXIT_CODE_TITLE);
  return sections.map((section) => sectionOf(section, limits)).join('');
}

const DIFF_MARKS = { removed: '-', added: '+', context: ' ' } as const;

function sectionOf(section: EventSection, limits: ExportLimits): string {
  const title = safeLine(section.title);
  if (section.kind === 'image')
    return `${inCode(title)}: ${inCode(describeImage(section.url))}\n\n`;
  const text =
    section.kind === 'diff'
      ? section.lines
          .map((line) => (line.kind === 'gap' ? '…' : `${DIFF_MARKS[line.kind]}${line.text}`))
          .join('\n')
      : section.text;
  const language = section.kind === 'diff' ? 'diff' : '';
  return `${inCode(title)}\n\n${fenced(shortened(safeBlock(text), limits), language)}\n`;
}

function shortened(text: string, { isWhole }: ExportLimits): string {
  const lines = text.replace(/\n+$/, '').split('\n');
  if (isWhole) return lines.join('\n');
  const cutLine = (line: string) =>
    line.length > MAX_LINE_CHARS
      ? `${truncateEnd(line, MAX_LINE_CHARS)}… (${pluralize(line.length - MAX_LINE_CHARS, 'more character')})`
      : line;
  const more = lines.length - FIRST_LINES - LAST_LINES;
  if (more <= 1) return lines.map(cutLine).join('\n');
  return [
    ...lines.slice(0, FIRST_LINES),
    `… ${pluralize(more, 'line')} left out …`,
    ...lines.slice(-LAST_LINES),
  ]
    .map(cutLine)
    .join('\n');
}

/** The notes list no more unreadable events. */
const MAX_NAMED_EVENTS = 5;

function footOf({ skipped, redacted }: ExportReport): string {
  const notes: string[] = [];
  if (skipped.length > 0) {
    const events = skipped.map(({ slot, code }) => `${slot.index} (${code})`);
    notes.push(
      `${pluralize(skipped.length, 'event')} could not be read: ${listSome(events, MAX_NAMED_EVENTS)}.`,
    );
  }
  if (redacted) notes.push(`${redactedNote(redacted)}.`);
  return notes.map((note) => `> ${note}\n`).join('');
}

/** `3 secrets replaced: 2 github-token, 1 url`. */
export function redactedNote(redacted: ReadonlyMap<string, number>): string {
  const total = [...redacted.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...redacted].map(([rule, count]) => `${count} ${rule}`).join(', ');
  return `${pluralize(total, 'secret')} replaced${total > 0 ? `: ${kinds}` : ''}`;
}
