import type { z } from 'zod';
import { isPartial } from '../../domain/facts/coverage.ts';
import type { TreeStats } from '../../history/subagents/tree-stats.ts';
import type { Tokens } from '../../history/usage.ts';
import { pluralize } from '../../text/wording.ts';
import { coverageJson } from '../facts/coverage-json.ts';
import { partOf, usageGaps } from '../facts/coverage-text.ts';
import type { statsDocument } from '../schemas/stats.ts';
import { shortId } from '../subagents/short-ids.ts';
import { formatCost, formatNumber } from '../text/amounts.ts';
import { type Cell, type Column, renderColumns, right } from '../text/columns.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { tokensJson } from './tokens-json.ts';

const TITLES = ['conversation', 'events', 'errors', 'tokens in', 'out', 'cost'];

/** A table of the conversation and its subagents, with their sum, and a sentence on what the sum covers. */
export async function treeStatsText(tree: TreeStats, style: Style): Promise<string> {
  const { parts, copied } = tree;
  const amounts = (tokens: Tokens | undefined, cost: number | undefined) => [
    tokens ? formatNumber(tokens.prompt) : '-',
    tokens ? formatNumber(tokens.completion) : '-',
    cost === undefined ? '-' : formatCost(cost),
  ];
  const rows = parts.map(({ id, depth, events, errors, tokens, cost }) => [
    '  '.repeat(depth) + safeText(shortId(id, parts)),
    formatNumber(events),
    formatNumber(errors),
    ...amounts(tokens, cost),
  ]);
  if (copied.cost > 0) rows.push(['copied', '-', '-', ...amounts(copied.tokens, copied.cost)]);
  const sum = ['all', formatNumber(tree.events), formatNumber(tree.errors)];
  const head = TITLES.map((text): Cell => ({ text, paint: style.chalk.bold }));
  const cells = rows.map((row) => row.map((text): Cell => ({ text })));
  const total = isUsageKnown(tree) ? amounts(tree.tokens, tree.cost) : ['-', '-', '-'];
  const last = [...sum, ...total].map((text): Cell => ({ text, paint: style.chalk.bold }));
  const columns = TITLES.map((_, at): Column => (at === 0 ? {} : right));
  return `${await renderColumns(columns, [head, ...cells, last], style)}${coverageText(tree)}\n`;
}

/** Whether the tokens and the cost of any of the conversations are known. */
function isUsageKnown({ parts, unknown, copied }: TreeStats): boolean {
  return unknown < parts.length || copied.cost > 0;
}

function usageGapsOf({ usageCoverage }: TreeStats): string[] {
  const { tokens } = usageCoverage;
  if (tokens.known !== undefined) return usageGaps(usageCoverage);
  return isPartial(tokens) ? ['usage is not known for all responses'] : [];
}

/** What the sum covers. */
function coverageText(tree: TreeStats): string {
  const { parts, cost, unknown, isAtLeast, copied } = tree;
  const amount = isUsageKnown(tree)
    ? `${isAtLeast ? 'at least ' : ''}${formatCost(cost)}`
    : 'cost not known';
  const known = `usage is known for ${parts.length - unknown} of ${pluralize(parts.length, 'conversation')}`;
  const read = partOf(tree.eventCoverage);
  return [
    `with ${pluralize(parts.length - 1, 'subagent')}: ${amount}; ${known}`,
    ...usageGapsOf(tree),
    ...(read === undefined ? [] : [`${read} can be read`]),
    ...(copied.cost > 0
      ? ['copied: what a parent records of subagents that have no record of their own']
      : []),
  ].join('\n');
}

export function treeStatsJson(tree: TreeStats): z.infer<typeof statsDocument>['sum'] {
  const { parts, events, bytes, errors, tokens, cost, copied } = tree;
  return {
    conversations: parts.map((part) => ({
      id: part.id,
      depth: part.depth,
      events: part.events,
      bytes: part.bytes,
      errors: part.errors,
      tokens: part.tokens ? tokensJson(part.tokens) : null,
      cost: part.cost ?? null,
    })),
    copied: { ...tokensJson(copied.tokens), cost: copied.cost },
    total: { events, bytes, errors, ...tokensJson(tokens), cost },
    coverage: {
      known: parts.length - tree.unknown,
      conversations: parts.length,
      is_at_least: tree.isAtLeast,
      events: coverageJson(tree.eventCoverage),
      usage: coverageJson(tree.usageCoverage.tokens),
      cost: coverageJson(tree.usageCoverage.cost),
    },
  };
}
