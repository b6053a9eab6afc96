import type { Fault } from '../../../domain/event.ts';
import type { ConversationStats } from '../../../history/stats.ts';
import { pluralize } from '../../../text/wording.ts';
import type { Zone } from '../../../time/zone.ts';
import { formatCost, formatDuration, formatNumber, formatSize } from '../../text/amounts.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import { formatInstant, formatTime } from '../../text/time.ts';
import type { ExportReport } from '../types.ts';
import { type Html, html } from './escape.ts';

/** More of the user's first words than this is not a title. */
const MAX_TITLE_CHARS = 160;

export function titleOf({ title, conversation }: ExportReport): string {
  const line = safeLine(title ?? '') || conversation.id;
  const letters = [...line];
  return letters.length > MAX_TITLE_CHARS ? `${letters.slice(0, MAX_TITLE_CHARS).join('')}…` : line;
}

export function renderHeader(report: ExportReport): Html {
  const { conversation, model, stats, shown, isPart, zone } = report;
  const { status, errors, time } = stats;
  const { from, to } = time;
  const facts: [string, Html | undefined][] = [
    ['Status', status === undefined ? undefined : html`<span class="status">${status}</span>`],
    ['Model', model === undefined ? undefined : html`${model}`],
    ['Began', from === undefined ? undefined : pointInTime(from, zone)],
    [
      'Took',
      from === undefined || to === undefined ? undefined : html`${formatDuration(to - from)}`,
    ],
    [
      'Events',
      html`${formatNumber(stats.events)}${isPart && `, ${formatNumber(shown.length)} of them here`} <small>${formatSize(stats.bytes)}</small>`,
    ],
    ['Errors', errors > 0 ? html`<span class="failed">${formatNumber(errors)}</span>` : html`none`],
    ...usageFacts(stats),
  ];
  return html`<header class="page">
<p class="kicker">OpenHands conversation</p>
<h1 dir="auto">${titleOf(report)}</h1>
<p class="id"><code>${conversation.id}</code></p>
<dl class="facts">${facts.map(([name, fact]) => fact && html`<div><dt>${name}</dt><dd>${fact}</dd></div>\n`)}</dl>
${notesOf(report)}</header>\n`;
}

function pointInTime(us: number, zone: Zone): Html {
  const shown = formatTime({ us, naive: false }, zone, false).slice(0, 19);
  return html`<time${datetime(us)}>${shown}</time>`;
}

/** HTML knows no year of five digits. */
export function datetime(us: number): Html | undefined {
  const instant = formatInstant(us);
  return /^\d{4}-/.test(instant) ? html` datetime="${instant}"` : undefined;
}

function usageFacts({ usages }: ConversationStats): [string, Html][] {
  if (usages.length === 0) return [];
  const sum = (of: (usage: ConversationStats['usages'][number]) => number) =>
    usages.reduce((total, usage) => total + of(usage), 0);
  const [into, out] = [sum(({ tokens }) => tokens.prompt), sum(({ tokens }) => tokens.completion)];
  return [
    ['Tokens', html`${formatNumber(into)} in, ${formatNumber(out)} out`],
    ['Cost', html`${formatCost(sum(({ cost }) => cost))}`],
  ];
}

function notesOf({ isPart, stats, shown, skipped, fileOf }: ExportReport): Html | undefined {
  const notes: Html[] = [];
  if (isPart) {
    const left = pluralize(stats.events - shown.length, 'event');
    notes.push(
      html`<li>${left} left out by a filter. The numbers here, and the timeline, are of the whole conversation.</li>\n`,
    );
  }
  if (skipped.length > 0) notes.push(renderSkipped(skipped, fileOf));
  return notes.length > 0 ? html`<ul class="notes">\n${notes}</ul>\n` : undefined;
}

/** Faults named at once: the rest are counted. */
const MAX_LISTED_FAULTS = 20;

export function renderSkipped(skipped: readonly Fault[], fileOf: ExportReport['fileOf']): Html {
  const named = skipped
    .slice(0, MAX_LISTED_FAULTS)
    .map(
      ({ slot, code, message }) =>
        html`<li><code>${safeLine(fileOf(slot))}</code>: ${code}: ${safeLine(message)}</li>\n`,
    );
  const more = skipped.length - named.length;
  return html`<li>${pluralize(skipped.length, 'event')} could not be read:<ul>\n${named}${more > 0 && html`<li>and ${more} more</li>`}</ul></li>\n`;
}
