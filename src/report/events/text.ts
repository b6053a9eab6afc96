import type { Entry } from '../../domain/entry.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import type { ResultItem } from '../../query/result-items.ts';
import { bracketed } from '../text/branch-marks.ts';
import { preview } from '../text/preview.ts';
import { formatSource } from '../text/source-name.ts';
import { isNarrow } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { measureFor, type TextMeasure } from '../text/text-width.ts';
import { formatTime } from '../text/time.ts';
import type { EventsContext, EventsReporter } from './types.ts';

interface Row {
  readonly entry: Entry;
  readonly preview: string;
  /** It is off the branch, or forgotten. */
  readonly isMarked: boolean;
}

/** Columns that a preview must have to be of use. */
const MIN_PREVIEW_WIDTH = 4;

/** A line an event: index, time, source, kind, tool, preview. */
export function textReporter(context: EventsContext): EventsReporter<Row> {
  return {
    select({ entry, value, slot }: LoadedEvent) {
      const mark = context.marks?.of(slot) ?? '';
      return { entry, preview: bracketed(mark) + preview(value), isMarked: mark !== '' };
    },
    async *render(items) {
      for await (const item of items) {
        if (item.afterGap && context.hasContext) yield '--\n';
        const { entry, preview } = item.row;
        // Of a preview no more can be measured than fits.
        const shown = preview.slice(0, context.style.columns ?? 0);
        const ruler = await measureFor(`${shown}${entry.kind}${entry.tool}${entry.source}`);
        yield `${line(item, context, ruler)}\n`;
      }
    },
  };
}

function line({ row, isHit }: ResultItem<Row>, context: EventsContext, ruler: TextMeasure): string {
  const { fit, widthOf } = ruler;
  const pad = (text: string, width: number) =>
    text + ' '.repeat(Math.max(0, width - widthOf(text)));
  const { columns, chalk, link } = context.style;
  const { entry } = row;
  const isShort = isNarrow(context.style);
  const cut = (text: string, width: number) => (columns === undefined ? text : fit(text, width));
  const index = String(entry.slot.index).padStart(Math.max(3, String(context.lastIndex).length));
  const source = safeText(formatSource(entry.source, isShort));
  const kind = cut(safeText(shortKind(entry.kind) || '-'), isShort ? 13 : 18);
  const tool = cut(safeText(entry.tool ?? (isShort ? '' : '-')), 16);
  const mark = context.hasContext ? (isHit ? ':' : '-') : '';
  const start = [
    index + mark,
    formatTime(entry.stamp, context.zone, isShort),
    pad(cut(source, 11), isShort ? 5 : 11),
    pad(kind, 13),
  ];
  const toolPart = isShort ? tool && `${tool}: ` : `${pad(tool, 12)} `;
  const plain = `${start.join(' ')} ${toolPart}`;
  if (columns !== undefined && widthOf(plain) > columns - MIN_PREVIEW_WIDTH) {
    return fit(`${plain}${row.preview}`, columns); // too narrow for columns, let alone colours
  }
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - widthOf(plain);
  const file = `${context.conversation.path}/${context.fileOf(entry.slot)}`;
  const linked = index.replace(/\S+/, (number) => link(number, file));
  const text = room === Number.POSITIVE_INFINITY ? row.preview : fit(row.preview, room);
  if (!isHit || row.isMarked) return chalk.dim(linked + plain.slice(index.length) + text);
  const paint = entry.failed ? chalk.red : chalk[colorOf(entry)];
  const [, time, ...rest] = start;
  return `${chalk.dim(`${linked}${mark} ${time}`)} ${paint(rest.join(' '))} ${chalk.bold(toolPart)}${text}`.trimEnd();
}

function colorOf({ kind, source }: Entry): 'cyan' | 'green' | 'magenta' | 'yellow' | 'blue' {
  if (kind === 'ActionEvent') return 'cyan';
  if (kind === 'MessageEvent') return source === 'user' ? 'magenta' : 'green';
  if (kind.startsWith('Condensation')) return 'yellow';
  return 'blue';
}
