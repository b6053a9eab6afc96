import { shortKind } from '../../domain/event-kinds.ts';
import { resultOf, whyUnknown } from '../../history/calls.ts';
import {
  type EventSection,
  EXIT_CODE_TITLE,
  sectionsOf,
} from '../../history/sections/event-sections.ts';
import { ownString } from '../../text/json-value.ts';
import type { ReadableEvent } from '../../text/readable-event.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { pluralize } from '../../text/wording.ts';
import { formatDuration } from '../text/amounts.ts';
import { markOf } from '../text/branch-marks.ts';
import { describeImage } from '../text/event-sections.ts';
import { safeBlock, safeLine } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { fenced, inCode, inHtmlCode } from './markdown-safe.ts';
import type { ExportedEvent, ExportLimits, ExportReport } from './types.ts';

/** Lines kept from the start and the end of a section that is too long. */
const [FIRST_LINES, LAST_LINES] = [12, 12];
/** Longer lines are cut. In UTF-16 units. */
const MAX_LINE_CHARS = 400;

/** Ends what `foldOf` begins. */
export const FOLD_END = '</details>\n\n';

/** Messages, and what ends a conversation, are not folded. Those that the summary shows already are. */
const OPEN_KINDS: ReadonlySet<string> = new Set(['MessageEvent', 'ConversationErrorEvent']);

/** Whether an event begins a fold, which holds its call too. */
export function isFolded({ record }: ExportedEvent, { story }: ExportReport): boolean {
  const isAsked = story?.asked.some((asked) => asked.record === record) ?? false;
  return isAsked || !OPEN_KINDS.has(record.fields.kind);
}

/** An event as a part of the document. */
export interface MarkdownEvent {
  /** One line of Markdown. */
  readonly title: string;
  readonly text: string;
}

/**
 * An event under a title of its own, or as the beginning of a fold. Of a call over ACP, each event repeats what is known,
 * so only the last one has its contents.
 *
 * @param isFirst of its call
 */
export function markdownEvent(
  exported: ExportedEvent,
  report: ExportReport,
  isFirst: boolean,
): MarkdownEvent {
  const { value, record, call } = exported;
  const { limits } = report;
  const title = titleParts(exported, value, report, inCode).join(' · ');
  const isRepeated = record.fields.kind === 'ACPToolCallEvent' && call?.events.at(-1) !== record;
  const parts = isRepeated && !limits.isWhole ? '' : partsOf(value, limits);
  if (!isFirst || !isFolded(exported, report)) return { title, text: `#### ${title}\n\n${parts}` };
  const summary = [...titleParts(exported, value, report, inHtmlCode), gistOf(value)]
    .filter((part) => part !== '')
    .join(' · ');
  const isOpen = ownString(value, 'tool_name') === 'finish' ? ' open' : '';
  return {
    title,
    text: `<details${isOpen}><summary>${summary}</summary>\n\n${parts}`,
  };
}

/** Titles of the sections that say what a call does. */
const GIST_TITLES: ReadonlySet<string> = new Set(['command', 'file', 'call']);
/** In UTF-16 units. */
const MAX_GIST_CHARS = 100;

/** What an event does, in some words. */
function gistOf(value: ReadableEvent): string {
  const section = sectionsOf(value).find(({ title }) => GIST_TITLES.has(title));
  if (section?.kind !== 'text' && section?.kind !== 'code') return '';
  const line = safeLine(section.text.trim().split('\n')[0] ?? '');
  const isCut = line.length > MAX_GIST_CHARS;
  return inHtmlCode(isCut ? `${truncateEnd(line, MAX_GIST_CHARS)}…` : line);
}

/** @param code puts foreign text into code, in Markdown or in HTML */
function titleParts(
  { record, call }: ExportedEvent,
  value: ReadableEvent,
  report: ExportReport,
  code: (text: string) => string,
): string[] {
  const isHtml = code === inHtmlCode;
  const { slot, entry, fields } = record;
  const mark = markOf(report.statuses, record);
  // From the exported event, because a record can contain secrets.
  const kind = shortKind(ownString(value, 'kind') ?? '');
  const names = [kind || 'no kind', ownString(value, 'tool_name') ?? ''];
  const took = call?.duration === undefined ? '' : ` after ${formatDuration(call.duration)}`;
  const why = call?.action === record ? whyUnknown(call) : undefined;
  return [
    `${slot.index} · ${names
      .filter((name) => name !== '')
      .map(code)
      .join(' ')
      .trim()}`,
    formatTime(entry.stamp, report.zone, false),
    ...(call?.action === record ? [`${code(resultOf(call))}${took}`] : []),
    ...(why === undefined ? [] : [why]),
    ...(fields.exitCode === undefined ? [] : [`exit code ${fields.exitCode}`]),
    ...(entry.failed ? [isHtml ? '<b>failed</b>' : '**failed**'] : []),
    ...(mark ? [isHtml ? `<i>${mark}</i>` : `_${mark}_`] : []),
  ];
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

/** A text without its middle, and without the ends of long lines. */
export function shortened(text: string, { isWhole }: ExportLimits): string {
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
