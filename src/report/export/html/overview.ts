import type { ConversationStats } from '../../../history/stats.ts';
import type { TimeSpent } from '../../../history/totals/time-spent.ts';
import {
  formatCost,
  formatCount,
  formatDuration,
  formatNumber,
  percentages,
} from '../../text/amounts.ts';
import { safeLine } from '../../text/terminal-safe.ts';
import type { ExportReport } from '../types.ts';
import type { Anchors } from './anchors.ts';
import { type Html, html } from './escape.ts';
import { renderTimeline } from './timeline.ts';

/** The timeline, where the time went, and what tools and models were used. */
export function renderOverview(report: ExportReport, anchors: Anchors): Html {
  const { stats } = report;
  return html`<section class="overview" aria-labelledby="overview">
<h2 id="overview">Overview</h2>
${renderTimeline(report, anchors)}${renderTimeSpent(stats.time)}${renderTools(stats)}${renderUsages(stats)}</section>\n`;
}

function renderTimeSpent({ model, tools, other }: TimeSpent): Html | undefined {
  const total = model + tools + other;
  if (total === 0) return undefined;
  const shares = [
    { name: 'Waiting for the model', kind: 'model', took: model },
    { name: 'In tools', kind: 'tools', took: tools },
    { name: 'Neither', kind: 'other', took: other },
  ];
  const percents = percentages(shares.map(({ took }) => took));
  let left = 0;
  const bars = shares.map(({ kind, took }) => {
    const [x, width] = [left, (took / total) * 1000];
    left += width;
    return html`<rect class="${kind}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
  });
  const legend = shares.map(
    ({ name, kind, took }, at) =>
      html`<li><span class="swatch ${kind}"></span>${name} <b>${formatDuration(took)}</b> <small>${percents[at]}%</small></li>\n`,
  );
  return html`<div class="panel"><h3>Where the time went</h3>
<svg class="spent" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<ul class="legend">
${legend}</ul></div>\n`;
}

function renderTools({ tools }: ConversationStats): Html | undefined {
  if (tools.length === 0) return undefined;
  const rows = tools.map(({ tool, calls, failed, unanswered, unknown, durations }) => [
    safeLine(tool) || '-',
    formatNumber(calls),
    failed > 0
      ? html`<span class="failed">${formatCount(failed, unknown)}</span>`
      : formatCount(0, unknown),
    formatCount(unanswered, unknown),
    formatDuration(durations?.median),
    formatDuration(durations?.p95),
    formatDuration(durations?.longest),
  ]);
  const titles = ['tool', 'calls', 'failed', 'unanswered', 'median', 'p95', 'longest'];
  return renderTable('Tools', titles, rows);
}

function renderUsages({ usages, usageCoverage }: ConversationStats): Html | undefined {
  if (usages.length === 0) return undefined;
  const rows = usages.map(({ id, model, steps, tokens, cost }) => [
    safeLine(model) || '-',
    safeLine(id),
    formatNumber(steps.length),
    formatNumber(tokens.prompt),
    formatNumber(tokens.cacheRead),
    formatNumber(tokens.completion),
    cost === 0 && usageCoverage.cost.known === 0 ? '-' : formatCost(cost),
  ]);
  const titles = [
    'model',
    'used for',
    'responses',
    'tokens in',
    'from cache',
    'tokens out',
    'cost',
  ];
  return renderTable('Tokens and cost', titles, rows);
}

/** The first column contains the row's name. A table too wide for the page scrolls in a box of its own. */
function renderTable(
  name: string,
  titles: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const head = titles.map((title) => html`<th scope="col">${title}</th>`);
  const body = rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  );
  return html`<div class="panel tabled"><h3>${name}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div></div>\n`;
}
