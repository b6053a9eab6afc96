import { sumOfCosts } from '../../history/subagents/copied-usage.ts';
import type { Subagent, SubagentCost, Subagents } from '../../history/subagents/subagents.ts';
import { andMore, pluralize } from '../../text/wording.ts';
import { formatCost } from '../text/amounts.ts';
import { safeLine } from '../text/terminal-safe.ts';
import { shortId } from './short-ids.ts';

/** A smaller part of a cost is not worth mentioning. In US dollars. */
const MIN_COST = 1e-6;

/** `1 subagent, 4 events, $7.25, not counted here`. Empty if there are none. */
export function subagentsLine(subagents: Subagents): string {
  const { items, events, cost } = subagents;
  if (items.length === 0) return '';
  const lost = items.filter((item) => item.events === undefined).length;
  const opened = items.length - lost;
  if (opened === 0) return `${pluralize(lost, 'subagent')} can't be opened`;
  const facts = [
    pluralize(opened, 'subagent'),
    pluralize(events, 'event'),
    totalOf(cost),
    ...(cost.counted < MIN_COST ? ['not counted here'] : []),
  ].join(', ');
  const counted = cost.counted < MIN_COST ? [] : [countedPart(cost)];
  return [facts, ...counted, ...(lost > 0 ? [`${lost} more can't be opened`] : [])].join('; ');
}

function totalOf({ total, isAtLeast, unknown }: SubagentCost): string {
  if (total === undefined) return 'cost not known';
  if (!isAtLeast) return formatCost(total);
  const why = unknown > 0 ? ` (the cost of ${unknown} is not known)` : '';
  return `at least ${formatCost(total)}${why}`;
}

/** Which part of the cost the conversation's own cost includes. */
function countedPart({ total = 0, counted }: SubagentCost): string {
  const isWhole = total - counted < MIN_COST;
  const part = isWhole ? 'the cost is' : `${formatCost(counted)} of the cost is`;
  return `${part} counted here, the events are not`;
}

/** Longer lists are cut. */
const MAX_LISTED_SUBAGENTS = 10;

/** One line for each subagent, indented by its depth. */
export function subagentList(subagents: Subagents): string[] {
  const { items } = subagents;
  const lines = items
    .slice(0, MAX_LISTED_SUBAGENTS)
    .map((item) => `${'  '.repeat(item.depth)}${subagentFacts(item, subagents)}`);
  const more = andMore(items.length - lines.length).trimStart();
  return more === '' ? lines : [...lines, `  ${more}`];
}

/** `5ab00000: 4 events, $7.25, finished`. */
export function subagentFacts(item: Subagent, { items }: Subagents): string {
  return `${safeLine(shortId(item.id, items))}: ${aboutOf(item)}`;
}

/** `4 events, $7.25, finished`. */
function aboutOf({ events, usages, status, problem }: Subagent): string {
  if (events === undefined) return `can't be opened: ${safeLine(problem ?? '')}`;
  const cost = usages && sumOfCosts(usages);
  return [
    pluralize(events, 'event'),
    cost === undefined ? 'cost not known' : formatCost(cost),
    ...(status === undefined ? [] : [safeLine(status)]),
    ...(problem === undefined ? [] : [safeLine(problem)]),
  ].join(', ');
}

/** The line and the list, for a report of several lines. Empty if there are no subagents. */
export function subagentsText(subagents: Subagents): string {
  const line = subagentsLine(subagents);
  return line === '' ? '' : [line, ...subagentList(subagents)].map((one) => `${one}\n`).join('');
}
