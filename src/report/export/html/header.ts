import type { Fault } from '../../../domain/event.ts';
import { failuresOf } from '../../../history/export/failures.ts';
import type { Outcome } from '../../../history/outcome/outcome.ts';
import type { ConversationStats } from '../../../history/stats.ts';
import { sumUsage } from '../../../history/usage.ts';
import { truncateEnd } from '../../../text/truncate.ts';
import { andMore, pluralize } from '../../../text/wording.ts';
import { formatInstant } from '../../../time/instant.ts';
import type { Zone } from '../../../time/zone.ts';
import { atLeast, costText, fromEvent, jumpsNote, usageGaps } from '../../facts/coverage-text.ts';
import { subagentList, subagentsLine } from '../../subagents/text.ts';
import { formatDuration, formatNumber, formatSize } from '../../text/amounts.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import { formatTime } from '../../text/time.ts';
import type { ExportReport } from '../types.ts';
import { type Anchors, anchorOf } from './anchors.ts';
import { type Html, html } from './escape.ts';

/** A title can be the user's first words, of any length. In code points. */
const MAX_TITLE_CHARS = 160;

/** The conversation's title on one line, else its id. */
export function titleOf({ title, conversation }: ExportReport): string {
  const line = safeLine(title ?? '') || conversation.id;
  return line.length <= MAX_TITLE_CHARS ? line : `${truncateEnd(line, MAX_TITLE_CHARS)}…`;
}

export function renderHeader(report: ExportReport, anchors: Anchors): Html {
  const { conversation } = report;
  const facts = [...factsOf(report, anchors), ...usageFactsOf(report.stats)];
  return html`<header class="page">
<p class="kicker">OpenHands conversation</p>
<h1 dir="auto">${titleOf(report)}</h1>
<p class="id"><code>${conversation.id}</code></p>
${renderEnding(report, anchors)}<dl class="facts">${facts.map(([name, fact]) => html`<div><dt>${name}</dt><dd>${fact}</dd></div>\n`)}</dl>
${renderNotes(report)}</header>\n`;
}

const ENDING_TITLES: Partial<Record<Outcome, [tone: string, title: string]>> = {
  finished: ['good', 'How it ended'],
  running: ['open', 'Where it stands'],
  waiting: ['open', 'Where it stands'],
  paused: ['open', 'Where it stands'],
};

/** How it ended, why, and what failed last. */
function renderEnding({ ending }: ExportReport, anchors: Anchors): Html | undefined {
  if (!ending) return undefined;
  const { outcome, reason, lastError } = ending;
  const anchor = lastError && anchors.get(lastError.record.slot.name);
  const index = lastError && `#${lastError.record.slot.index}`;
  const link = anchor ? html`<a class="to-event" href="#${anchor}">${index}</a>` : index;
  const [tone, title] = ENDING_TITLES[outcome] ?? ['bad', 'What went wrong'];
  return html`<section class="ending ${tone}" aria-labelledby="ending"><h2 id="ending">${title}</h2>
<p><strong class="how">${outcome}</strong>: ${safeLine(reason)}</p>
${lastError && html`<p>Last error: ${link} ${safeLine(lastError.text)}</p>\n`}</section>\n`;
}

type Fact = [name: string, value: Html];

function factsOf(report: ExportReport, anchors: Anchors): Fact[] {
  const { stats, shown, isPart, zone } = report;
  const { facts: known, time } = stats;
  const { status, model } = known;
  const { from, total } = time;
  const facts: Fact[] = [];
  if (status) {
    const value = html`<span class="status">${status.value}</span>${fromEvent(status.source)}`;
    facts.push(['Status', value]);
  }
  if (model) facts.push(['Model', html`${model.value}${fromEvent(model.source)}`]);
  if (from !== undefined) facts.push(['Began', renderTime(from, zone)]);
  if (total !== undefined) {
    facts.push(['Took', html`${atLeast(formatDuration(total), time.coverage)}`]);
  }
  facts.push([
    'Events',
    html`${formatNumber(stats.events)}${isPart && `, ${formatNumber(shown.length)} of them here`} <small>${formatSize(stats.bytes)}</small>`,
  ]);
  facts.push(['Errors', renderErrors(report, anchors)]);
  return facts;
}

/** Links to failures in the header: the key e goes on from there. */
const MAX_LINKED_FAILURES = 12;

/** How many events report a failure, and a link to each failure that the page contains. */
function renderErrors({ stats, skipped, records, calls }: ExportReport, anchors: Anchors): Html {
  const { errors } = stats;
  const linked = failuresOf(records, calls).flatMap(({ events }) => {
    const first = events.find(({ slot }) => anchors.has(slot.name));
    return first ? [first] : [];
  });
  const links = linked
    .slice(0, MAX_LINKED_FAILURES)
    .map(
      (record) =>
        html` <a class="to-event" href="#${anchorOf(record, anchors)}">#${record.slot.index}</a>`,
    );
  const more = andMore(linked.length - links.length).trim();
  const none = skipped.length > 0 ? 'none in what can be read' : 'none';
  const count = errors > 0 ? html`<span class="failed">${formatNumber(errors)}</span>` : none;
  return html`${count}${links.length > 0 && html`<span class="links">${links}${more !== '' && ` ${more}`}</span>`}`;
}

/** @param us µs since the epoch */
function renderTime(us: number, zone: Zone): Html {
  const shown = formatTime({ us, naive: false }, zone, false).slice(0, 19);
  return html`<time${datetime(us)}>${shown}</time>`;
}

/**
 * The attribute of a `time` element. HTML allows only years of four digits here.
 * @param us µs since the epoch
 * @returns undefined for other years
 */
export function datetime(us: number): Html | undefined {
  const instant = formatInstant(us);
  return /^\d{4}-/.test(instant) ? html` datetime="${instant}"` : undefined;
}

function usageFactsOf({ usages, usageCoverage, facts }: ConversationStats): Fact[] {
  const promptTokens = sumUsage(usages, ({ tokens }) => tokens.prompt);
  const completionTokens = sumUsage(usages, ({ tokens }) => tokens.completion);
  if (promptTokens === undefined || completionTokens === undefined) return [];
  const tokens = `${formatNumber(promptTokens)} in, ${formatNumber(completionTokens)} out`;
  return [
    ['Tokens', html`${atLeast(tokens, usageCoverage.tokens)}`],
    ['Cost', html`${costText(usages, usageCoverage)}${fromEvent(facts.stats?.source)}`],
  ];
}

function renderNotes(report: ExportReport): Html | undefined {
  const { isPart, stats, shown, unknownPart, skipped, fileOf } = report;
  const notes: Html[] = [];
  if (isPart) {
    const left = pluralize(stats.events - shown.length, 'event');
    notes.push(
      html`<li>${left} left out by a filter. The numbers here, and the timeline, are of the whole conversation.</li>\n`,
    );
  }
  const jumps = jumpsNote(stats.time.jumps);
  const gaps = [...usageGaps(stats.usageCoverage), ...(jumps === undefined ? [] : [jumps])];
  for (const gap of gaps) notes.push(html`<li>${capitalized(gap)}.</li>\n`);
  if (unknownPart !== undefined) {
    notes.push(html`<li>The branch is ${safeLine(unknownPart)}.</li>\n`);
  }
  const subagents = report.subagents();
  if (subagents.items.length > 0) {
    const list = subagentList(subagents).map((line) => html`<li>${line.trim()}</li>\n`);
    notes.push(html`<li>${subagentsLine(subagents)}:<ul>\n${list}</ul></li>\n`);
  }
  if (skipped.length > 0) notes.push(renderSkipped(skipped, fileOf));
  return notes.length > 0 ? html`<ul class="notes">\n${notes}</ul>\n` : undefined;
}

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Unreadable events listed by file: the rest are counted. */
const MAX_LISTED_FAULTS = 20;

/** The events that could not be read, as a list item with a list of them. */
export function renderSkipped(skipped: readonly Fault[], fileOf: ExportReport['fileOf']): Html {
  const listed = skipped
    .slice(0, MAX_LISTED_FAULTS)
    .map(
      ({ slot, code, message }) =>
        html`<li><code>${safeLine(fileOf(slot))}</code>: ${code}: ${safeLine(message)}</li>\n`,
    );
  const more = andMore(skipped.length - listed.length).trimStart();
  return html`<li>${pluralize(skipped.length, 'event')} could not be read:<ul>\n${listed}${more !== '' && html`<li>${more}</li>`}</ul></li>\n`;
}
