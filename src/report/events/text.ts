import type { Entry } from '../../domain/entry.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import { colorOf, shortKind } from '../../domain/event-kinds.ts';
import type { ResultItem } from '../../query/result-items.ts';
import { pathOf } from '../context.ts';
import { conversationColumn } from '../subagents/short-ids.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { measureFor, type TextMeasure } from '../text/text-width.ts';
import { formatTime } from '../text/time.ts';
import type { EventsReport } from './types.ts';

interface Row {
  /** Id of its conversation, with a space after it; empty if all events are of the same one. */
  readonly conversation: string;
  readonly entry: Entry;
  readonly preview: string;
  /** The event is off the branch, or forgotten. */
  readonly isMarked: boolean;
}

/** A narrower preview is of no use. All widths are in columns of the terminal. */
const MIN_PREVIEW_WIDTH = 4;
const MIN_INDEX_WIDTH = 3;
const MAX_SOURCE_WIDTH = 11;
const MAX_TOOL_WIDTH = 16;
const KIND_WIDTH = 13;
const MAX_WIDE_KIND_WIDTH = 18;
const TOOL_WIDTH = 12;
/** Width of `agent`: on a narrow terminal `environment` is `env`. */
const NARROW_SOURCE_WIDTH = 5;

/** One event per line: index, time, source, kind, tool, preview. */
export async function* eventsText(report: EventsReport, style: Style): AsyncGenerator<string> {
  const conversation = report.withSubagents ? conversationColumn(report, style) : undefined;
  const select = (event: LoadedEvent): Row => {
    const { entry, slot } = event;
    const mark = report.marks?.of(slot) ?? '';
    const name = conversation ? `${conversation(slot)} ` : '';
    return {
      conversation: name,
      entry,
      preview: bracketed(mark) + preview(event),
      isMarked: mark !== '',
    };
  };
  for await (const item of report.read(select)) {
    if (item.afterGap && report.hasContext) yield '--\n';
    const { entry, preview } = item.row;
    // Only the part of a preview that can fit has to be measured.
    const shown = preview.slice(0, style.columns ?? 0);
    const measure = await measureFor(
      `${item.row.conversation}${shown}${entry.kind}${entry.tool}${entry.source}`,
    );
    yield `${line(item, report, style, measure)}\n`;
  }
}

function line(
  { row, isHit }: ResultItem<Row>,
  report: EventsReport,
  style: Style,
  measure: TextMeasure,
): string {
  const { fit, widthOf } = measure;
  const { columns, chalk, link } = style;
  const { entry } = row;
  const cells = cellsOf(row, isHit, report, style, measure);
  const plain = `${cells.conversation}${cells.index}${cells.mark} ${cells.time} ${cells.names} ${cells.tool}`;
  if (columns !== undefined && widthOf(plain) > columns - MIN_PREVIEW_WIDTH) {
    // Too narrow for columns. A line that is cut has no colours, because a cut could lose their end.
    return fit(`${plain}${row.preview}`, columns);
  }
  const text = columns === undefined ? row.preview : fit(row.preview, columns - widthOf(plain));
  const index = cells.index.replace(/\S+/, (number) => link(number, pathOf(report, entry.slot)));
  const linked = cells.conversation + index;
  const rest = plain.slice(cells.conversation.length + cells.index.length);
  if (!isHit || row.isMarked) return chalk.dim(linked + rest + text);
  const paint = entry.failed ? chalk.red : chalk[colorOf(entry.kind, entry.source)];
  const start = chalk.dim(`${linked}${cells.mark} ${cells.time}`);
  return `${start} ${paint(cells.names)} ${chalk.bold(cells.tool)}${text}`.trimEnd();
}

/** The texts before the preview, fitted to their columns and padded. */
function cellsOf(
  row: Row,
  isHit: boolean,
  { lastIndex, hasContext, zone }: EventsReport,
  style: Style,
  { fit, widthOf }: TextMeasure,
) {
  const { entry } = row;
  const isShort = isNarrow(style);
  const pad = (text: string, width: number) =>
    text + ' '.repeat(Math.max(0, width - widthOf(text)));
  const cut = (text: string, width: number) =>
    style.columns === undefined ? text : fit(text, width);
  const indexWidth = Math.max(MIN_INDEX_WIDTH, String(lastIndex).length);
  const source = cut(safeText(formatSource(entry.source, isShort)), MAX_SOURCE_WIDTH);
  const kindWidth = isShort ? KIND_WIDTH : MAX_WIDE_KIND_WIDTH;
  const kind = cut(safeText(shortKind(entry.kind) || '-'), kindWidth);
  const tool = cut(safeText(entry.tool ?? (isShort ? '' : '-')), MAX_TOOL_WIDTH);
  return {
    conversation: row.conversation,
    index: String(entry.slot.index).padStart(indexWidth),
    mark: hasContext ? (isHit ? ':' : '-') : '',
    time: formatTime(entry.stamp, zone, isShort),
    names: `${pad(source, isShort ? NARROW_SOURCE_WIDTH : MAX_SOURCE_WIDTH)} ${pad(kind, KIND_WIDTH)}`,
    tool: isShort ? tool && `${tool}: ` : `${pad(tool, TOOL_WIDTH)} `,
  };
}
