import { largest } from '../../domain/numbers/extremes.ts';
import { divideTime, type TimelinePart, timelineOf } from '../../history/timeline.ts';
import { clockOf } from '../../history/totals/clock.ts';
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
  const scale = divideTime(stats.time, timelineColumns(style));
  if (!scale) return '';
  const parts = timelineOf(records, calls, scale, clockOf({ records }, zone));
  const most = largest(parts.map(({ events }) => events));
  const line = (
    name: string,
    mark: (part: TimelinePart) => string,
    paint: (text: string) => string = (text) => text,
  ) => {
    const marks = parts.map(mark).join('');
    // A line without marks is left out.
    if (/^[ ·]*$/.test(marks)) return '';
    return `${name.padEnd(NAME_COLUMNS)}${paint(marks.trimEnd())}\n`;
  };
  return [
    formatScale(stats.time, parts.length, zone),
    line('events', ({ events }) => bar(events / most)),
    line('in tools', ({ tools }) => bar(tools), chalk.cyan),
    line('user', ({ fromUser }) => (fromUser > 0 ? '●' : ' '), chalk.magenta),
    line('errors', ({ errors }) => (errors > 0 ? '✗' : ' '), chalk.red),
    line('clock', ({ jumps }) => (jumps > 0 ? '≠' : ' '), chalk.yellow),
    line('forgets', ({ condensations }) => (condensations > 0 ? '▼' : ' '), chalk.yellow),
  ].join('');
}

function timelineColumns({ columns }: Style): number {
  const room = columns === undefined ? PIPE_TIMELINE_COLUMNS : columns - NAME_COLUMNS - 1;
  return Math.max(MIN_TIMELINE_COLUMNS, Math.min(MAX_TIMELINE_COLUMNS, room));
}

/** The times at the left and the right end. */
function formatScale(
  { from, to }: StatsReport['stats']['time'],
  width: number,
  zone: Zone,
): string {
  const format = (us = 0) => formatTime({ us, naive: false }, zone, true);
  const [left, right] = [format(from), format(to)];
  return `${' '.repeat(NAME_COLUMNS)}${left}${right.padStart(width - left.length)}\n`;
}

/** @param share 0 to 1 */
function bar(share: number): string {
  return BARS[Math.ceil(share * (BARS.length - 1))] as string;
}
