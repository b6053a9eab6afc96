import { shortKind } from '../../../domain/event-kinds.ts';
import { type Call, hasFailed, resultOf } from '../../../history/calls.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import { sectionsOf } from '../../../history/sections/event-sections.ts';
import { ownString } from '../../../text/json-value.ts';
import { toInstant } from '../../../time/zone.ts';
import { formatDuration } from '../../text/amounts.ts';
import { markOf } from '../../text/branch-marks.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import { formatTime } from '../../text/time.ts';
import type { ExportedEvent, ExportLimits, ExportReport } from '../types.ts';
import { type Html, html } from './escape.ts';
import { datetime } from './header.ts';
import { renderSection } from './section.ts';

/** Ids of the events' elements, by the events' names: two events can share an index. */
export type Anchors = ReadonlyMap<string, string>;

export function anchorsOf(records: readonly EventRecord[]): Anchors {
  const times = new Map<number, number>();
  return new Map(
    records.map(({ slot: { name, index } }) => {
      const time = (times.get(index) ?? 0) + 1;
      times.set(index, time);
      return [name, `event-${index}${time > 1 ? `-${time}` : ''}`];
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
  const parts = sectionsOf(value).map((section) => renderSection(section, limits.isWhole));
  const body = html`<div class="parts">\n${parts}</div>`;
  return html`<article class="event ${sizeOf(body)}" id="${anchor}" aria-labelledby="name-of-${anchor}" tabindex="-1" data-kind="${safeLine(kind)}" data-source="${safeLine(source)}"${isError && html` data-error`}>
<header><h3 id="name-of-${anchor}"><a class="index" href="#${anchor}" title="link to this event">${slot.index}</a> <span class="kind">${safeLine(kind)}</span>${source === 'user' && html` <span class="source">user</span>`}${tool !== undefined && html` <span class="tool">${safeLine(tool)}</span>`}</h3>
<p class="facts">${factsOf(record, call, isError, context)}${timeOf(record, report)}</p></header>
${body}</article>\n`;
}

/** How a call went, where its other half is, and what is special about the event. */
function factsOf(
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
  const isAction = call.action === record;
  const { loop } = call;
  if (isAction && loop)
    facts.push(html`<span class="mark">loop ${loop.number}: ${loop.times}×</span> `);
  const state = hasFailed(call) ? 'failed' : call.outcome === 'ok' ? 'ok' : 'open';
  facts.push(html`<span class="outcome ${state}">${resultOf(call)}</span> `);
  if (call.duration !== undefined)
    facts.push(html`<span class="took">${formatDuration(call.duration)}</span> `);
  const other = isAction ? call.answer : call.action;
  const anchor = other && anchors.get(other.slot.name);
  if (other && other !== record && anchor) {
    facts.push(
      html`<a class="other" href="#${anchor}">${isAction ? 'answer' : 'call'} ${other.slot.index}</a> `,
    );
  }
  return facts;
}

function timeOf({ entry: { stamp } }: EventRecord, { zone }: ExportReport): Html {
  if (!stamp) return html`<span class="time">no time</span>`;
  return html`<time${datetime(toInstant(stamp, zone))}>${formatTime(stamp, zone, false)}</time>`;
}

/** How high it will be, about: what is out of sight is laid out when it comes near. */
function sizeOf({ markup }: Html): string {
  const lines = markup.split('\n').length;
  return lines < 8 ? 'low' : lines < 24 ? 'middling' : lines < 60 ? 'high' : 'highest';
}
