import { largest } from '../../../domain/numbers/extremes.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import {
  divideTime,
  firstEvents,
  modelShares,
  type TimelinePart,
  timelineOf,
} from '../../../history/timeline.ts';
import { clockOf } from '../../../history/totals/clock.ts';
import { listSome, pluralize } from '../../../text/wording.ts';
import { atLeast } from '../../facts/coverage-text.ts';
import { formatDuration } from '../../text/amounts.ts';
import { formatTime } from '../../text/time.ts';
import type { ExportReport } from '../types.ts';
import type { Anchors } from './anchors.ts';
import { type Html, html } from './escape.ts';

/** Columns of the picture: equal parts of the conversation's time. */
const COLUMNS = 120;
/** Width of a column and height of the picture, in units of its view box. */
const COLUMN_WIDTH = 8;
const HEIGHT = 98;
/** Top and height of each lane, in the same units. The names beside them are placed in charts.css. */
const LANES = { events: [0, 44], model: [52, 10], tools: [66, 10], marks: [84, 10] } as const;
/** The least height of a bar, so that it can be seen. */
const MIN_EVENTS_HEIGHT = 3;
const MIN_SHARE_HEIGHT = 1.5;

interface Column extends TimelinePart {
  /** From 0, left to right. */
  readonly position: number;
  /** Share of the time, 0 to 1, in which the agent waited for the model. */
  readonly model: number;
  /** The first exported event; undefined where the filter left none of them. */
  readonly first: EventRecord | undefined;
}

/**
 * A picture of what happened when. Each column is a link to its first event.
 * @returns undefined if no event has a time
 */
export function renderTimeline(report: ExportReport, anchors: Anchors): Html | undefined {
  const { from, to } = report.stats.time;
  const columns = columnsOf(report);
  if (!columns || from === undefined || to === undefined) return undefined;
  const mostEvents = largest(columns.map(({ events }) => events));
  const drawn = columns.map((column) =>
    column.events > 0 ? renderColumn(column, mostEvents, anchors, report) : renderShares(column),
  );
  const format = (us: number) => formatTime({ us, naive: false }, report.zone, false).slice(0, 19);
  return html`<div class="panel timeline"><h3 id="timeline">Timeline</h3>
<div class="lanes"><p class="lane-names" aria-hidden="true"><span>events</span><span>model</span><span>tools</span><span>marks</span></p>
<svg viewBox="0 0 ${COLUMNS * COLUMN_WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-labelledby="timeline" aria-describedby="timeline-says">
${drawn}</svg></div>
<p class="ends"><span>${format(from)}</span><span>${format(to)}</span></p>
<p id="timeline-says" class="says">${describe(report)}</p>
<ul class="legend"><li><span class="swatch events"></span>events</li><li><span class="swatch model"></span>waiting for the model</li><li><span class="swatch tools"></span>in tools</li><li><span class="swatch error"></span>error</li><li><span class="swatch user"></span>from the user</li><li><span class="swatch condensation"></span>condensation</li></ul>
</div>\n`;
}

function columnsOf({ records, calls, shown, stats, zone }: ExportReport): Column[] | undefined {
  const scale = divideTime(stats.time, COLUMNS);
  if (!scale) return undefined;
  const clock = clockOf({ records }, zone);
  const model = modelShares(records, stats.steps, scale, clock);
  const firsts = firstEvents(shown, scale, clock);
  return timelineOf(records, calls, scale, clock).map((part, position) => ({
    ...part,
    position,
    model: model[position] ?? 0,
    first: firsts[position],
  }));
}

function renderColumn(
  column: Column,
  mostEvents: number,
  anchors: Anchors,
  { zone }: ExportReport,
): Html {
  const { first } = column;
  const counts = countsOf(column);
  const bars = renderBars(column, mostEvents);
  const anchor = first && anchors.get(first.slot.name);
  if (!first || !anchor) return html`<g><title>${counts}, not shown</title>${bars}</g>\n`;
  const label = `${formatTime(first.entry.stamp, zone, true)}, from event ${first.slot.index}: ${counts}`;
  return html`<a href="#${anchor}" tabindex="-1" aria-label="${label}"><title>${label}</title>${bars}</a>\n`;
}

/** `3 events, 1 error`. */
function countsOf({ events, errors, fromUser, condensations }: TimelinePart): string {
  return [
    pluralize(events, 'event'),
    ...(errors > 0 ? [pluralize(errors, 'error')] : []),
    ...(fromUser > 0 ? [`${fromUser} from the user`] : []),
    ...(condensations > 0 ? [pluralize(condensations, 'condensation')] : []),
  ].join(', ');
}

/** The first rectangle is transparent: it makes the whole column react to the pointer. */
function renderBars(column: Column, mostEvents: number): Html[] {
  const { position, events } = column;
  const [top, laneHeight] = LANES.events;
  const height = Math.max(MIN_EVENTS_HEIGHT, (events / mostEvents) * laneHeight);
  return [
    rect('hit', position, 0, HEIGHT, COLUMN_WIDTH),
    rect('events', position, top + laneHeight - height, height),
    ...renderShares(column),
    ...renderMarks(column),
  ];
}

/** Waiting for the model, and calls: columns without events can have them, too. */
function renderShares({ model, tools, position }: Column): Html[] {
  return [renderShare('model', model, position), renderShare('tools', tools, position)];
}

function renderShare(lane: 'model' | 'tools', share: number, position: number): Html {
  if (share === 0) return html``;
  const [top, laneHeight] = LANES[lane];
  const height = Math.max(MIN_SHARE_HEIGHT, share * laneHeight);
  return rect(lane, position, top + laneHeight - height, height, COLUMN_WIDTH);
}

/** Marks of one column share the height of the lane. */
function renderMarks({ position, errors, fromUser, condensations }: Column): Html[] {
  const marks = [
    ...(errors > 0 ? ['error'] : []),
    ...(fromUser > 0 ? ['user'] : []),
    ...(condensations > 0 ? ['condensation'] : []),
  ];
  const [top, laneHeight] = LANES.marks;
  const height = laneHeight / marks.length;
  return marks.map((mark, row) => rect(mark, position, top + row * height, height));
}

function rect(
  name: string,
  position: number,
  y: number,
  height: number,
  width = COLUMN_WIDTH - 1,
): Html {
  return html`<rect class="${name}" x="${position * COLUMN_WIDTH}" y="${y.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"/>`;
}

/** Events listed by index in the description: the rest are counted. */
const MAX_LISTED_EVENTS = 12;

/** The picture in words, for readers who cannot see it. */
function describe({ records, stats, skipped }: ExportReport): Html {
  const { total, model, tools, coverage } = stats.time;
  const errors = records.filter(({ entry }) => entry.failed);
  const fromUser = records.filter(({ entry }) => entry.source === 'user');
  const condensations = records.filter(({ fields }) => fields.kind === 'Condensation');
  const read = skipped.length > 0 ? ' among those that can be read' : '';
  const lists = [
    listEvents('errors', errors),
    listEvents('events of the user', fromUser),
    listEvents('condensations', condensations),
  ];
  return html`${pluralize(records.length, 'event')} over ${atLeast(formatDuration(total), coverage)}; ${formatDuration(model)} waiting for the model, ${formatDuration(tools)} in tools; ${lists.join('; ')}${read}.`;
}

/** `errors at 3, 4`, `no errors`. */
function listEvents(name: string, records: readonly EventRecord[]): string {
  if (records.length === 0) return `no ${name}`;
  const indices = records.map(({ slot }) => String(slot.index));
  return `${name} at ${listSome(indices, MAX_LISTED_EVENTS)}`;
}
