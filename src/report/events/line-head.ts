import type { Entry } from '../../domain/entry.ts';
import { colorOf, shortKind } from '../../domain/event-kinds.ts';
import type { MarkedText } from '../../text/matching/marked-text.ts';
import { pathOf } from '../context.ts';
import { between, fitMarked, paintMarks, wholeCharacters } from '../text/matches/excerpt.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import type { TextMeasure } from '../text/text-width.ts';
import { formatTime } from '../text/time.ts';
import type { EventsReport } from './types.ts';

/** All widths are in columns of the terminal. */
const MIN_INDEX_WIDTH = 3;
const MAX_SOURCE_WIDTH = 11;
const MAX_TOOL_WIDTH = 16;
const KIND_WIDTH = 13;
const MAX_WIDE_KIND_WIDTH = 18;
const TOOL_WIDTH = 12;
/** Width of `agent`: on a narrow terminal `environment` is `env`. */
const NARROW_SOURCE_WIDTH = 5;

/** What stands on a line before its text: fitted to its columns, padded, and safe to print. */
export interface LineHead {
  readonly conversation: string;
  readonly index: string;
  readonly mark: string;
  readonly time: string;
  readonly names: string;
  readonly tool: MarkedText;
}

/** Ways to print a head, from the widest to the narrowest. */
export const HEAD_PARTS = ['all', 'without-tool', 'index', 'nothing'] as const;
export type HeadParts = (typeof HEAD_PARTS)[number];

/**
 * @param conversation id of the event's conversation, with a space after it; empty if all events are of the same one
 * @param tool name of the tool, with the matches in it
 */
export function headOf(
  entry: Entry,
  { conversation, tool, isHit }: { conversation: string; tool: MarkedText; isHit: boolean },
  { lastIndex, hasContext, zone }: EventsReport,
  style: Style,
  measure: TextMeasure,
): LineHead {
  const { fit, widthOf } = measure;
  const isShort = isNarrow(style);
  const isCut = style.columns !== undefined;
  const padding = (text: string, width: number) => ' '.repeat(Math.max(0, width - widthOf(text)));
  const cut = (text: string, width: number) => (isCut ? fit(text, width) : text);
  const indexWidth = Math.max(MIN_INDEX_WIDTH, String(lastIndex).length);
  const source = cut(safeText(formatSource(entry.source, isShort)), MAX_SOURCE_WIDTH);
  const kindWidth = isShort ? KIND_WIDTH : MAX_WIDE_KIND_WIDTH;
  const kind = cut(safeText(shortKind(entry.kind) || '-'), kindWidth);
  const sourceWidth = isShort ? NARROW_SOURCE_WIDTH : MAX_SOURCE_WIDTH;
  const named = tool.text === '' && !isShort ? { text: '-', ranges: [] } : tool;
  const whole = wholeCharacters(named, measure);
  const fitted = isCut ? fitMarked(whole, MAX_TOOL_WIDTH, measure) : whole;
  const afterTool = isShort ? fitted.text && ': ' : `${padding(fitted.text, TOOL_WIDTH)} `;
  return {
    conversation,
    index: String(entry.slot.index).padStart(indexWidth),
    mark: hasContext ? (isHit ? ':' : '-') : '',
    time: formatTime(entry.stamp, zone, isShort),
    names: `${source}${padding(source, sourceWidth)} ${kind}${padding(kind, KIND_WIDTH)}`,
    tool: between('', fitted, afterTool),
  };
}

/** The head without colours. */
export function plainHead(head: LineHead, parts: HeadParts = 'all'): string {
  if (parts === 'nothing') return '';
  const start = `${head.conversation}${head.index}${head.mark} `;
  if (parts === 'index') return start;
  return `${start}${head.time} ${head.names} ${parts === 'all' ? head.tool.text : ''}`;
}

/** The head with its colours, and a link to the file of the event. @param isDim the event is context, or off the branch */
export function paintHead(
  head: LineHead,
  parts: HeadParts,
  entry: Entry,
  isDim: boolean,
  report: EventsReport,
  style: Style,
): string {
  if (parts === 'nothing') return '';
  const { chalk, link } = style;
  const { conversation, mark, time, names, tool } = head;
  const index = head.index.replace(/\S+/, (number) => link(number, pathOf(report, entry.slot)));
  const start = `${conversation}${index}${mark}`;
  if (parts === 'index') return chalk.dim(`${start} `);
  const shownTool = parts === 'all' ? tool : { text: '', ranges: [] };
  if (isDim) {
    return chalk.dim(`${start} ${time} ${names} `) + paintMarks(shownTool, style, chalk.dim);
  }
  const paint = entry.failed ? chalk.red : chalk[colorOf(entry.kind, entry.source)];
  return `${chalk.dim(`${start} ${time}`)} ${paint(names)} ${paintMarks(shownTool, style, chalk.bold)}`;
}
