import { type TimelinePart, timelineOf } from '../../history/timeline.ts';
import type { Zone } from '../../time/zone.ts';
import type { Style } from '../text/style.ts';
import { formatTime } from '../text/time.ts';
import type { StatsReport } from './types.ts';

const BARS = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Columns of the names before it, and what a wide terminal, or a pipe, gets. */
const NAME_COLUMNS = 9;
const MAX_TIMELINE_COLUMNS = 100;
const PIPE_TIMELINE_COLUMNS = 70;

/** A conversation's time from left to right: a line for each thing that can be going on. */
export function renderTimeline(report: StatsReport, style: Style): string {
  const { records, calls, zone, stats } = report;
  const { chalk } = style;
  const room =
    style.columns === undefined ? PIPE_TIMELINE_COLUMNS : style.columns - NAME_COLUMNS - 1;
  const moments = timelineOf(
    records,
    calls,
    Math.max(10, Math.min(MAX_TIMELINE_COLUMNS, room)),
    zone,
  );
  const most = Math.max(...moments.map(({ events }) => events));
  const line = (
    name: string,
    mark: (moment: TimelinePart) => string,
    paint: (text: string) => string = (text) => text,
  ) => {
    const marks = moments.map(mark).join('');
    // What never happened needs no line.
    if (/^[ ·]*$/.test(marks)) return '';
    return `${name.padEnd(NAME_COLUMNS)}${paint(marks.trimEnd())}\n`;
  };
  if (moments.length === 0) return '';
  return [
    scaleOf(stats.time, moments.length, zone),
    line('events', ({ events }) => bar(events / most)),
    line('in tools', ({ tools }) => bar(tools), chalk.cyan),
    line('user', ({ fromUser }) => (fromUser > 0 ? '●' : ' '), chalk.magenta),
    line('errors', ({ errors }) => (errors > 0 ? '✗' : ' '), chalk.red),
    line('forgets', ({ condensations }) => (condensations > 0 ? '▼' : ' '), chalk.yellow),
  ].join('');
}

/** The time that its left end stands for, and its right. */
function scaleOf({ from, to }: StatsReport['stats']['time'], width: number, zone: Zone): string {
  const at = (us = 0) => formatTime({ us, naive: false }, zone, true);
  const [left, right] = [at(from), at(to)];
  return `${' '.repeat(NAME_COLUMNS)}${left}${right.padStart(width - left.length)}\n`;
}

/** @param share 0 to 1 */
function bar(share: number): string {
  return BARS[Math.ceil(share * (BARS.length - 1))] as string;
}
