import type { Entry } from '../../domain/entry.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import type { ResultItem } from '../../query/result-items.ts';
import { conversationColumn } from '../subagents/short-ids.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { measureFor, type TextMeasure } from '../text/text-width.ts';
import { type Hit, hitOf } from './hit.ts';
import { paintHit, type ShownHit, showHit } from './hit-line.ts';
import { HEAD_PARTS, type HeadParts, headOf, paintHead, plainHead } from './line-head.ts';
import type { EventsReport } from './types.ts';

interface Row {
  /** Id of its conversation, with a space after it; empty if all events are of the same one. */
  readonly conversation: string;
  readonly entry: Entry;
  /** That the event is off the branch, or forgotten; empty for all others. */
  readonly mark: string;
  readonly preview: string;
  /** Given if the event was found by its text. */
  readonly hit: Hit | undefined;
}

/** A narrower preview is of no use. In columns of the terminal. */
const MIN_PREVIEW_WIDTH = 4;
/** Stands before each further line of the same event. */
const INDENT = '    ';

/** One event per line: index, time, source, kind, tool, and what of its text matches, or else a preview. */
export async function* eventsText(report: EventsReport, style: Style): AsyncGenerator<string> {
  const conversation = report.withSubagents ? conversationColumn(report, style) : undefined;
  const limit = limitOf(report, style);
  const select = (event: LoadedEvent, isHit: boolean): Row => {
    const { entry, slot } = event;
    const found = isHit ? (report.matchesIn?.(event) ?? []) : [];
    const hit = found.length > 0 ? hitOf(event, found, limit, report.isFull) : undefined;
    return {
      conversation: conversation ? `${conversation(slot)} ` : '',
      entry,
      mark: bracketed(report.marks?.of(slot) ?? ''),
      preview: hit ? '' : preview(event),
      hit,
    };
  };
  for await (const item of report.read(select)) {
    if (item.afterGap && report.hasContext) yield '--\n';
    const { row } = item;
    const measure = await measureFor(measured(row, limit));
    yield `${row.hit ? hitLines(row, row.hit, report, style, measure) : line(item, report, style, measure)}\n`;
  }
}

/** How wide a line can be; undefined if it is not cut. */
function limitOf({ maxColumns, isFull }: EventsReport, { columns }: Style): number | undefined {
  return isFull ? undefined : (maxColumns ?? columns);
}

/** What of a row may have to be measured. Of a preview, that is only the part that can fit. */
function measured({ conversation, entry, preview, hit }: Row, limit: number | undefined): string {
  const texts = hit
    ? [hit.preview.text, hit.excerpt?.text, hit.excerpt?.label]
    : [preview.slice(0, limit ?? 0)];
  return [conversation, ...texts, entry.kind, entry.tool, entry.source].join('');
}

function line(
  { row, isHit }: ResultItem<Row>,
  report: EventsReport,
  style: Style,
  measure: TextMeasure,
): string {
  const { fit, widthOf } = measure;
  const { conversation, entry, mark } = row;
  const limit = limitOf(report, style);
  const tool = { text: safeText(entry.tool ?? ''), ranges: [] };
  const head = headOf(entry, { conversation, tool, isHit }, report, style, measure);
  const plain = plainHead(head);
  const text = mark + row.preview;
  if (limit !== undefined && widthOf(plain) > limit - MIN_PREVIEW_WIDTH) {
    // Too narrow for columns. A line that is cut has no colours, because a cut could lose their end.
    return fit(`${plain}${text}`, limit);
  }
  const cut = limit === undefined ? text : fit(text, limit - widthOf(plain));
  const isDim = !isHit || mark !== '';
  const start = paintHead(head, 'all', entry, isDim, report, style);
  return (start + (isDim ? style.chalk.dim(cut) : cut)).trimEnd();
}

/** The line of an event that was found by its text, or with `--full` a line for each line of its text that matches. */
function hitLines(
  { conversation, entry, mark }: Row,
  hit: Hit,
  report: EventsReport,
  style: Style,
  measure: TextMeasure,
): string {
  const { chalk } = style;
  const isDim = mark !== '';
  const head = headOf(entry, { conversation, tool: hit.tool, isHit: true }, report, style, measure);
  const print = (shown: ShownHit) =>
    chalk.dim(mark) + paintHit(shown, style, isDim ? chalk.dim : undefined);
  const start = (parts: HeadParts) => paintHead(head, parts, entry, isDim, report, style);
  const { lines = [] } = hit;
  if (lines.length > 0) {
    return lines
      .map((text, at) => (at === 0 ? start('all') : INDENT) + print({ ...text, text, more: 0 }))
      .join('\n');
  }
  const limit = limitOf(report, style);
  for (const parts of HEAD_PARTS) {
    const plain = plainHead(head, parts) + mark;
    const room = limit === undefined ? undefined : limit - measure.widthOf(plain);
    const before = parts === 'all' ? head.tool.ranges.length : 0;
    const shown = showHit(hit, room, before, measure, parts === 'nothing');
    if (shown) return (start(parts) + print(shown)).trimEnd();
  }
  throw new Error('the last try shows something');
}
