import { shortKind } from '../../../domain/event-kinds.ts';
import { type Call, hasFailed, resultOf, whyUnknown } from '../../../history/calls.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import { isFailure } from '../../../history/export/failures.ts';
import { EXIT_CODE_TITLE, sectionsOf } from '../../../history/sections/event-sections.ts';
import { clockOf } from '../../../history/totals/clock.ts';
import type { ModelStep } from '../../../history/totals/model-steps.ts';
import { ownString } from '../../../text/json-value.ts';
import { formatLoop } from '../../calls/loop-text.ts';
import { formatDuration } from '../../text/amounts.ts';
import { markOf } from '../../text/branch-marks.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import { formatTime } from '../../text/time.ts';
import { stepUsageText } from '../step-usage.ts';
import type { ExportedEvent, ExportLimits, ExportReport } from '../types.ts';
import { type Anchors, anchorOf } from './anchors.ts';
import { type Html, html } from './escape.ts';
import { datetime } from './header.ts';
import { renderSection } from './section.ts';

export interface EventContext {
  readonly report: ExportReport;
  readonly limits: ExportLimits;
  readonly anchors: Anchors;
  /** The last exported event of each call. */
  readonly lastOf: ReadonlyMap<Call, EventRecord>;
  /** The first event of each response of the model. */
  readonly steps: ReadonlyMap<EventRecord, ModelStep>;
}

/** Ends the card of an event or of a call. */
export const CARD_END = '</article>\n';

/**
 * The beginning of a card, and the event in it. The card of a call also contains its other events: they follow, see
 * renderFollowing. CARD_END ends the card.
 */
export function renderCard(exported: ExportedEvent, context: EventContext): Html {
  const { record, value, call } = exported;
  const { report, anchors } = context;
  const anchor = anchorOf(record, anchors);
  const kind = shortKind(ownString(value, 'kind') ?? '') || 'no kind';
  const source = ownString(value, 'source') ?? '';
  const isError = isFailure(record, call);
  return html`<article class="event ${heightClassOf(record, call)}" id="${anchor}" aria-labelledby="name-of-${anchor}" tabindex="-1" data-kind="${safeLine(kind)}" data-source="${safeLine(source)}"${isError && html` data-error`}>
<header><h3 id="name-of-${anchor}">${renderName(exported, kind, anchor)}</h3>
<p class="facts">${renderFacts(record, call, isError, context)}${renderTime(record, report)}</p></header>
${renderBody(exported, context)}`;
}

/** An event of a call after its first one, within the card of the call: an answer, or a change of a call over ACP. */
export function renderFollowing(exported: ExportedEvent, context: EventContext): Html {
  const { record, value, call } = exported;
  const { report, anchors } = context;
  const anchor = anchorOf(record, anchors);
  const kind = shortKind(ownString(value, 'kind') ?? '') || 'no kind';
  const { exitCode } = record.fields;
  const mark = markOf(report.statuses, record);
  const isNew = call === undefined || mark !== markOf(report.statuses, call.action);
  // The outcome of the call is that of its last answer. Others have their own.
  const failed = record.entry.failed && call?.answer !== record;
  return html`<section class="answer" id="${anchor}" aria-labelledby="name-of-${anchor}" tabindex="-1" data-kind="${safeLine(kind)}"${record.entry.failed && html` data-error`}>
<header><h4 id="name-of-${anchor}">${renderName({ value, record }, kind, anchor)}</h4>
<p class="facts">${mark && isNew && html`<span class="mark">${mark}</span> `}${failed && html`<span class="outcome failed">error</span> `}${exitCode !== undefined && html`<span>exit code ${exitCode}</span> `}${renderTime(record, report)}</p></header>
${renderBody(exported, context)}</section>\n`;
}

function renderName(
  { value, record }: Pick<ExportedEvent, 'value' | 'record'>,
  kind: string,
  anchor: string,
): Html {
  const tool = ownString(value, 'tool_name');
  const isFromUser = ownString(value, 'source') === 'user';
  return html`<a class="index" href="#${anchor}" title="link to this event">${record.slot.index}</a> <span class="kind">${safeLine(kind)}</span>${isFromUser && html` <span class="source">user</span>`}${tool !== undefined && html` <span class="tool">${safeLine(tool)}</span>`}`;
}

/** What the event contains. Of a call over ACP, each event repeats what is known, so only the last one is not folded. */
function renderBody({ record, value, call }: ExportedEvent, context: EventContext): Html {
  const { limits, lastOf } = context;
  const sections = sectionsOf(value)
    // The header has it.
    .filter(({ title }) => title !== EXIT_CODE_TITLE || record.fields.exitCode === undefined)
    .map((section) => renderSection(section, limits.isWhole));
  const body = html`<div class="parts">\n${sections}</div>`;
  const isRepeated =
    record.fields.kind === 'ACPToolCallEvent' && call !== undefined && lastOf.get(call) !== record;
  if (!isRepeated) return body;
  return html`<details class="earlier"><summary>the call as it was then</summary>${body}</details>`;
}

/** How the call went, what the response of the model cost, and marks such as the event's branch. */
function renderFacts(
  record: EventRecord,
  call: Call | undefined,
  isError: boolean,
  { report, steps }: EventContext,
): Html[] {
  const facts: Html[] = [];
  const mark = markOf(report.statuses, record);
  if (mark) facts.push(html`<span class="mark">${mark}</span> `);
  if (call) facts.push(renderOutcome(record, call));
  else if (isError) facts.push(html`<span class="outcome failed">error</span> `);
  const step = steps.get(record);
  const usage = step && stepUsageText(step, report.stats);
  if (usage) facts.push(html`<span class="usage">${usage}</span> `);
  return facts;
}

function renderOutcome(record: EventRecord, call: Call): Html {
  const { loop } = call;
  const facts: Html[] = [];
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
  return html`${facts}`;
}

function renderTime(
  { entry: { stamp }, position }: EventRecord,
  { zone, records }: ExportReport,
): Html {
  const instant = clockOf({ records }, zone).instantAt(position);
  if (!stamp || instant === undefined) return html`<span class="time">no time</span>`;
  return html`<time${datetime(instant)}>${formatTime(stamp, zone, false)}</time>`;
}

/** Characters in a line of the page, about. */
const LINE_CHARS = 90;
/** Lines of an event that are not folded, and lines for its header, about. */
const [MAX_LINES, HEADER_LINES] = [24, 4];

/** About how high the card will be, for the scroll bar: a browser lays out a card only when it comes near. */
function heightClassOf(record: EventRecord, call: Call | undefined): string {
  const lines = (call?.events ?? [record]).reduce(
    (sum, { characters }) => sum + HEADER_LINES + Math.min(MAX_LINES, characters / LINE_CHARS),
    0,
  );
  if (lines < 8) return 'low';
  if (lines < 24) return 'middling';
  return lines < 60 ? 'high' : 'highest';
}
