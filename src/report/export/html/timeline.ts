import type { EventRecord } from '../../../history/event-record.ts';
import { type TimelinePart, timelineOf } from '../../../history/timeline.ts';
import { pluralize } from '../../../text/wording.ts';
import { toInstant } from '../../../time/zone.ts';
import { formatDuration } from '../../text/amounts.ts';
import { formatTime } from '../../text/time.ts';
import type { ExportReport } from '../types.ts';
import { type Html, html } from './escape.ts';
import type { Anchors } from './event.ts';

/** Equal parts of the conversation's time, each a column of so many units. */
const PARTS = 120;
const WIDTH = 8;
/** Where the lanes begin, and their height. */
const LANES = { events: [0, 44], model: [52, 10], tools: [66, 10], marks: [84, 10] } as const;
const HEIGHT = 98;

interface Part extends TimelinePart {
  /** Share of it, 0 to 1, in which the model was waited for. */
  readonly model: number;
  readonly first: EventRecord | undefined;
}

/** What went on when: a column is a link to the first event in it. */
export function renderTimeline(report: ExportReport, anchors: Anchors): Html | undefined {
  const { from, to } = report.stats.time;
  if (from === undefined || to === undefined) return undefined;
  const parts = partsOf(report, from, to);
  const most = Math.max(...parts.map(({ events }) => events));
  const columns = parts.flatMap((part, at) =>
    part.events > 0 ? columnOf(part, at, most, anchors, report) : waiting(part, at),
  );
  const at = (us: number) => formatTime({ us, naive: false }, report.zone, false).slice(0, 19);
  return html`<div class="panel timeline"><h3 id="timeline">Timeline</h3>
<div class="lanes"><p class="lane-names" aria-hidden="true"><span>events</span><span>model</span><span>tools</span><span>marks</span></p>
<svg viewBox="0 0 ${PARTS * WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-labelledby="timeline" aria-describedby="timeline-says">
${columns}</svg></div>
<p class="ends"><span>${at(from)}</span><span>${at(to)}</span></p>
<p id="timeline-says" class="says">${saysOf(report, to - from)}</p>
<ul class="legend"><li><span class="swatch events"></span>events</li><li><span class="swatch model"></span>waiting for the model</li><li><span class="swatch tools"></span>in tools</li><li><span class="swatch error"></span>error</li><li><span class="swatch user"></span>from the user</li><li><span class="swatch condensation"></span>condensation</li></ul>
</div>\n`;
}

function partsOf(report: ExportReport, from: number, to: number): Part[] {
  const { records, calls, stats, zone } = report;
  const moments = timelineOf(records, calls, PARTS, zone);
  // As `timelineOf` divides it.
  const width = (to - from) / PARTS || 1;
  const partOf = (time: number) =>
    Math.max(0, Math.min(PARTS - 1, Math.floor((time - from) / width)));
  const firsts = new Array<EventRecord | undefined>(PARTS).fill(undefined);
  for (const record of report.shown) {
    const { stamp } = record.entry;
    if (stamp) firsts[partOf(toInstant(stamp, zone))] ??= record;
  }
  const model = new Array<number>(PARTS).fill(0);
  const byIndex = new Map(records.map((record) => [record.slot.index, record]));
  for (const { index, waited, usage } of stats.steps) {
    const stamp = byIndex.get(index)?.entry.stamp;
    const took = usage?.latency === undefined ? waited : usage.latency * 1e6;
    if (!stamp || !took) continue;
    const end = toInstant(stamp, zone);
    const start = Math.max(from, end - took);
    for (let part = partOf(start); part <= partOf(end); part++) {
      const [low, high] = [from + part * width, from + (part + 1) * width];
      const share = (Math.min(end, high) - Math.max(start, low)) / width;
      model[part] = Math.min(1, (model[part] ?? 0) + Math.max(0, share));
    }
  }
  return moments.map((moment, part) => ({
    ...moment,
    model: model[part] ?? 0,
    first: firsts[part],
  }));
}

/** A part without events can be full of waiting. */
function waiting(part: Part, at: number): Html[] {
  return [share('model', part.model, at), share('tools', part.tools, at)];
}

function columnOf(
  part: Part,
  at: number,
  most: number,
  anchors: Anchors,
  { zone }: ExportReport,
): Html[] {
  const { first } = part;
  const [top, height] = LANES.events;
  const high = Math.max(3, (part.events / most) * height);
  const fields = [
    pluralize(part.events, 'event'),
    ...(part.errors > 0 ? [pluralize(part.errors, 'error')] : []),
    ...(part.fromUser > 0 ? [`${part.fromUser} from the user`] : []),
    ...(part.condensations > 0 ? [pluralize(part.condensations, 'condensation')] : []),
  ].join(', ');
  const marks = [
    part.errors > 0 && 'error',
    part.fromUser > 0 && 'user',
    part.condensations > 0 && 'condensation',
  ].filter((mark) => mark !== false);
  const drawn = [
    rect('hit', at, 0, HEIGHT, WIDTH),
    rect('events', at, top + height - high, high),
    ...waiting(part, at),
    ...marks.map((mark, position) => {
      const each = LANES.marks[1] / marks.length;
      return rect(mark, at, LANES.marks[0] + position * each, each);
    }),
  ];
  const anchor = first && anchors.get(first.slot.name);
  // None of its events is on the page.
  if (!first || !anchor) return [html`<g><title>${fields}, not shown</title>${drawn}</g>\n`];
  const says = `${formatTime(first.entry.stamp, zone, true)}, from event ${first.slot.index}: ${fields}`;
  return [
    html`<a href="#${anchor}" tabindex="-1" aria-label="${says}"><title>${says}</title>${drawn}</a>\n`,
  ];
}

function share(lane: 'model' | 'tools', of: number, at: number): Html {
  if (of === 0) return html``;
  const [top, height] = LANES[lane];
  const high = Math.max(1.5, of * height);
  return rect(lane, at, top + height - high, high, WIDTH);
}

function rect(is: string, at: number, y: number, height: number, width = WIDTH - 1): Html {
  return html`<rect class="${is}" x="${at * WIDTH}" y="${y.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"/>`;
}

/** Events named one by one where the picture's text says what it shows. */
const MAX_LISTED_EVENTS = 12;

/** What the picture shows, for who does not see it. */
function saysOf({ records, stats }: ExportReport, took: number): Html {
  const named = (what: string, some: readonly EventRecord[]) => {
    if (some.length === 0) return `no ${what}`;
    const list = some.slice(0, MAX_LISTED_EVENTS).map(({ slot }) => slot.index);
    const more = some.length - list.length;
    return `${what} at ${list.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  };
  const { model, tools } = stats.time;
  return html`${pluralize(records.length, 'event')} over ${formatDuration(took)}; ${formatDuration(model)} waiting for the model, ${formatDuration(tools)} in tools; ${[
    named(
      'errors',
      records.filter(({ entry }) => entry.failed),
    ),
    named(
      'events of the user',
      records.filter(({ entry }) => entry.source === 'user'),
    ),
    named(
      'condensations',
      records.filter(({ fields }) => fields.kind === 'Condensation'),
    ),
  ].join('; ')}.`;
}
