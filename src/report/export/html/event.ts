import { shortKind } from '../../../domain/event-kinds.ts';
import { type Call, hasFailed, resultOf, whyUnknown } from '../../../history/calls.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import { sectionsOf } from '../../../history/sections/event-sections.ts';
import { clockOf } from '../../../history/totals/clock.ts';
import { ownString } from '../../../text/json-value.ts';
import { formatLoop } from '../../calls/loop-text.ts';
import { formatDuration } from '../../text/amounts.ts';
import { markOf } from '../../text/branch-marks.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import { formatTime } from '../../text/time.ts';
import type { ExportedEvent, ExportLimits, ExportReport } from '../types.ts';
import { type Html, html } from './escape.ts';
import { datetime } from './header.ts';
import { renderSection } from './section.ts';

/** Id of each event's element, by the name of the event's file: two events can have the same index. */
export type Anchors = ReadonlyMap<string, string>;

export function anchorsOf(records: readonly EventRecord[]): Anchors {
  const counts = new Map<number, number>();
  return new Map(
    records.map(({ slot: { name, index } }) => {
      const count = (counts.get(index) ?? 0) + 1;
      counts.set(index, count);
      return [name, `event-${index}${count > 1 ? `-${count}` : ''}`];
    }),
  );
}

export interface EventContext {
  readonly report: ExportReport;
  readonly limits: ExportLimits;
  readonly anchors: Anchors;
}

export function renderEvent(exported: ExportedEvent, context: EventContext): Html {
  const { record, value, call } = exported;
  const { entry, slot } = record;
  const { report, limits, anchors } = context;
  const anchor = anchors.get(slot.name) ?? `event-${slot.index}`;
  const kind = shortKind(ownString(value, 'kind') ?? '') || 'no kind';
  const tool = ownString(value, 'tool_name');
  const source = ownString(value, 'source') ?? '';
  const isError = entry.failed || (call?.action === record && hasFailed(call));
  const sections = sectionsOf(value).map((section) => renderSection(section, limits.isWhole));
  const body = html`<div class="parts">\n${sections}</div>`;
  return html`<article class="event ${heightClassOf(body)}" id="${anchor}" aria-labelledby="name-of-${anchor}" tabindex="-1" data-kind="${safeLine(kind)}" data-source="${safeLine(source)}"${isError && html` data-error`}>
<header><h3 id="name-of-${anchor}"><a class="index" href="#${anchor}" title="link to this event">${slot.index}</a> <span class="kind">${safeLine(kind)}</span>${source === 'user' && html` <span class="source">user</span>`}${tool !== undefined && html` <span class="tool">${safeLine(tool)}</span>`}</h3>
<p class="facts">${renderFacts(record, call, isError, context)}${renderTime(record, report)}</p></header>
${body}</article>\n`;
}

/** How the call went, a link to its other half, and marks such as the event's branch. */
function renderFacts(
  record: EventRecord,
  call: Call | undefined,
  isError: boolean,
  { report, anchors }: EventContext,
): Html[] {
  const facts: Html[] = [];
  const mark = markOf(report.statuses, record);
  if (mark) facts.push(html`<span class="mark">${mark}</span> `);
  if (!call) {
    if (isError) facts.push(html`<span class="outcome failed">error</span> `);
    return facts;
  }
  const { loop } = call;
  if (call.action === record && loop) {
    facts.push(html`<span class="mark">${formatLoop(loop)}</span> `);
  }
  const outcome = hasFailed(call) ? 'failed' : call.outcome === 'ok' ? 'ok' : 'open';
  facts.push(html`<span class="outcome ${outcome}">${resultOf(call)}</span> `);
  if (call.duration !== undefined) {
    facts.push(html`<span class="took">${formatDuration(call.duration)}</span> `);
  }
  const why = call.action === record ? whyUnknown(call) : undefined;
  if (why) facts.push(html`<span class="mark">${why}</span> `);
  const link = renderOtherHalf(record, call, anchors);
  if (link) facts.push(link);
  return facts;
}

/** A link from an action to its answer, or from an answer to its action, if the page contains it. */
function renderOtherHalf(record: EventRecord, call: Call, anchors: Anchors): Html | undefined {
  const isAnswer = call.answer === record;
  const other = isAnswer ? call.action : call.answer;
  const anchor = other && anchors.get(other.slot.name);
  if (!other || other === record || !anchor) return undefined;
  return html`<a class="other" href="#${anchor}">${isAnswer ? 'call' : 'answer'} ${other.slot.index}</a> `;
}

function renderTime(
  { entry: { stamp }, position }: EventRecord,
  { zone, records }: ExportReport,
): Html {
  const instant = clockOf({ records }, zone).instantAt(position);
  if (!stamp || instant === undefined) return html`<span class="time">no time</span>`;
  return html`<time${datetime(instant)}>${formatTime(stamp, zone, false)}</time>`;
}

/** About how high the event will be, for the scroll bar: a browser lays out an event only when it comes near. */
function heightClassOf({ markup }: Html): string {
  const lines = markup.split('\n').length;
  if (lines < 8) return 'low';
  if (lines < 24) return 'middling';
  return lines < 60 ? 'high' : 'highest';
}
