import { resultOf } from '../../history/calls.ts';
import { portrait, type Section } from '../../history/portrait.ts';
import { shortKind } from '../../model/kinds.ts';
import { plural } from '../../model/plural.ts';
import { showCost, showDuration, showNumber } from '../amounts.ts';
import { markOf } from '../marks.ts';
import { visible, visibleBlock, visibleLine } from '../sanitize.ts';
import { showImage } from '../sections.ts';
import { showTime } from '../time.ts';
import type { Exported, ExportLimits, ExportReport } from './types.ts';

/** Lines of a part of an event: its first and its last. */
const [FIRST_LINES, LAST_LINES] = [12, 12];
/** Of a line, in UTF-16 units. */
const LONGEST_LINE = 400;

/**
 * For pasting into an issue: no longer than asked for. What is too long is cut in the middle, within events
 * and between them, and says so. All that events say stands in code, where nothing of it is a link, a mention
 * or a tag.
 */
export async function* exportMarkdown(
  report: ExportReport,
  limits: ExportLimits,
): AsyncGenerator<string> {
  const head = headOf(report);
  yield head;
  // Room for what is said at the end.
  const room = limits.isWhole ? Number.POSITIVE_INFINITY : limits.length - head.length - 1_000;
  // The end of a conversation tells more than its beginning.
  const ofStart = room / 3;
  let used = 0;
  const last: { index: number; text: string }[] = [];
  let lastLength = 0;
  let cut: { from: number; to: number; events: number } | undefined;
  for await (const exported of report.events) {
    const { index } = exported.record.slot;
    const text = eventOf(exported, report, limits);
    if (cut === undefined && last.length === 0 && used + text.length <= ofStart) {
      used += text.length;
      yield text;
      continue;
    }
    last.push({ index, text });
    lastLength += text.length;
    while (used + lastLength > room && last.length > 0) {
      const dropped = last.shift()!;
      lastLength -= dropped.text.length;
      cut = {
        from: cut?.from ?? dropped.index,
        to: dropped.index,
        events: (cut?.events ?? 0) + 1,
      };
    }
  }
  if (cut) {
    yield `> **${plural(cut.events, 'event')} left out here** (${cut.from} to ${cut.to}), for length.\n\n`;
  }
  for (const { text } of last) yield text;
  yield footOf(report);
}

function headOf({ conversation, title, model, stats, count, isPart }: ExportReport): string {
  const { status, time, errors, usages, tools } = stats;
  const took = time.from === undefined || time.to === undefined ? undefined : time.to - time.from;
  const cost = usages.reduce((sum, usage) => sum + usage.cost, 0);
  const tokens = usages.reduce((sum, usage) => sum + usage.tokens.prompt, 0);
  const facts = [
    ['conversation', conversation.id],
    ['status', status],
    ['model', model],
    ['events', `${stats.events}${isPart ? `, ${count} of them here` : ''}`],
    ['errors', String(errors)],
    ['calls', tools.map(({ tool, calls }) => `${tool} ${calls}`).join(', ') || undefined],
    ['took', took === undefined ? undefined : showDuration(took)],
    ['tokens in', tokens > 0 ? showNumber(tokens) : undefined],
    ['cost', usages.length > 0 ? showCost(cost) : undefined],
  ];
  const list = facts.flatMap(([name, fact]) => (fact ? `- ${name}: ${inCode(fact)}\n` : []));
  return `## ${inCode(title ?? conversation.id)}\n\n${list.join('')}\n`;
}

function eventOf(exported: Exported, report: ExportReport, limits: ExportLimits): string {
  const { record, value, call } = exported;
  const { slot, entry } = record;
  const mark = markOf(report.standings, record);
  const isAction = call?.action === record;
  const title = [
    `#### ${slot.index} · ${[shortKind(entry.kind) || 'no kind', entry.tool ?? ''].map(inCode).join(' ').trim()}`,
    showTime(entry.stamp, report.zone, false),
    ...(isAction ? [`${inCode(resultOf(call))} after ${showDuration(call.duration)}`] : []),
    ...(entry.failed ? ['**failed**'] : []),
    ...(mark ? [`_${mark}_`] : []),
  ].join(' · ');
  const sections = portrait(value).map((section) => sectionOf(section, limits));
  return `${title}\n\n${sections.join('')}`;
}

const DIFF_MARKS = { out: '-', in: '+', same: ' ' } as const;

function sectionOf(section: Section, limits: ExportLimits): string {
  const title = visibleLine(section.title);
  if (section.is === 'image') return `${inCode(title)}: ${inCode(showImage(section.url))}\n\n`;
  const text =
    section.is === 'diff'
      ? section.lines
          .map((line) => (line.is === 'gap' ? '…' : `${DIFF_MARKS[line.is]}${line.text}`))
          .join('\n')
      : section.text;
  const language = section.is === 'diff' ? 'diff' : '';
  return `${inCode(title)}\n\n${fenced(shortened(visibleBlock(text), limits), language)}\n`;
}

function shortened(text: string, { isWhole }: ExportLimits): string {
  const lines = text.replace(/\n+$/, '').split('\n');
  if (isWhole) return lines.join('\n');
  const cutLine = (line: string) =>
    line.length > LONGEST_LINE
      ? `${line.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')}… (${plural(line.length - LONGEST_LINE, 'character')} more)`
      : line;
  const more = lines.length - FIRST_LINES - LAST_LINES;
  if (more <= 1) return lines.map(cutLine).join('\n');
  return [
    ...lines.slice(0, FIRST_LINES),
    `… ${plural(more, 'line')} left out …`,
    ...lines.slice(-LAST_LINES),
  ]
    .map(cutLine)
    .join('\n');
}

/** A block of code that its text can't end. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}\n`;
}

/** Text as code within a line. */
function inCode(text: string): string {
  const safe = visibleLine(visible(text)).slice(0, 200);
  if (safe === '') return '';
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$/.test(safe) ? ' ' : '';
  return `${fence}${space}${safe}${space}${fence}`;
}

function footOf({ skipped, redacted }: ExportReport): string {
  const notes: string[] = [];
  if (skipped.length > 0) {
    const named = skipped.slice(0, 5).map(({ slot, code }) => `${slot.index} (${code})`);
    const more = skipped.length > 5 ? ' …' : '';
    notes.push(`${plural(skipped.length, 'event')} could not be read: ${named.join(', ')}${more}.`);
  }
  if (redacted) notes.push(`${redactedNote(redacted)}.`);
  return notes.map((note) => `> ${note}\n`).join('');
}

/** `3 secrets replaced: 2 github-token, 1 url`. */
export function redactedNote(redacted: ReadonlyMap<string, number>): string {
  const total = [...redacted.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...redacted].map(([rule, count]) => `${count} ${rule}`).join(', ');
  return `${plural(total, 'secret')} replaced${total > 0 ? `: ${kinds}` : ''}`;
}
