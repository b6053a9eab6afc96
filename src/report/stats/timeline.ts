import { type TimelinePart, timelineOf } from '../../history/timeline.ts';
import type { Zone } from '../../time/zone.ts';
import type { Style } from '../text/style.ts';
import { formatTime } from '../text/time.ts';
import type { StatsReport } from './types.ts';

const BARS = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Width of the names to the left of the timeline. All widths are in columns of the terminal. */
const NAME_COLUMNS = 9;
const MIN_TIMELINE_COLUMNS = 10;
const MAX_TIMELINE_COLUMNS = 100;
/** Width of the timeline if the output is not a terminal. */
const PIPE_TIMELINE_COLUMNS = 70;

/** A timeline from left to right, with one line for each kind of thing that happened. */
export function renderTimeline(report: StatsReport, style: Style): string {
  const { records, calls, zone, stats } = report;
  const { chalk } = style;
  const room =
    style.columns === undefined ? PIPE_TIMELINE_COLUMNS : style.columns - NAME_COLUMNS - 1;
  const width = Math.max(MIN_TIMELINE_COLUMNS, Math.min(MAX_TIMELINE_COLUMNS, room));
  const parts = timelineOf(records, calls, width, zone);
  const most = Math.max(...parts.map(({ events }) => events));
  const line = (
    name: string,
    mark: (part: TimelinePart) => string,
    paint: (text: string) => string = (text) => text,
  ) => {
    const marks = parts.map(mark).join('');
    // Lines without any mark are left out.
    if (/^[ ·]*$/.test(marks)) return '';
    return `${name.padEnd(NAME_COLUMNS)}${paint(marks.trimEnd())}\n`;
  };
  if (parts.length === 0) return '';
  return [
    scaleOf(stats.time, parts.length, zone),
    line('events', ({ events }) => bar(events / most)),
    line('in tools', ({ tools }) => bar(tools), chalk.cyan),
    line('user', ({ fromUser }) => (fromUser > 0 ? '●' : ' '), chalk.magenta),
    line('errors', ({ errors }) => (errors > 0 ? '✗' : ' '), chalk.red),
    line('forgets', ({ condensations }) => (condensations > 0 ? '▼' : ' '), chalk.yellow),
  ].join('');
}

/** The times of the left end and the right end. */
function scaleOf({ from, to }: StatsReport['stats']['time'], width: number, zone: Zone): string {
  const at = (us = 0) => formatTime({ us, naive: false }, zone, true);
  const [left, right] = [at(from), at(to)];
  return `${' '.repeat(NAME_COLUMNS)}${left}${right.padStart(width - left.length)}\n`;
}

/** A character that shows a share, from 0 to 1. */
function bar(share: number): string {
  return BARS[Math.ceil(share * (BARS.length - 1))] as string;
}
