import { isPartial } from '../../domain/facts/coverage.ts';
import { OUTCOMES, type Outcome } from '../../history/outcome/outcome.ts';
import type { ListTotals } from '../../history/totals/list-totals.ts';
import { pluralize } from '../../text/wording.ts';
import { atLeast } from '../facts/coverage-text.ts';
import { formatCompact, formatCost, formatNumber } from '../text/amounts.ts';
import type { Style } from '../text/style.ts';
import type { LsReport } from './types.ts';

/** `12 conversations, 1,050 events, 7 finished, 2 failed, 3 lost, at least $7.35 and 11.2M tokens`. */
export function totalsLines(
  { totals }: Pick<LsReport, 'totals'>,
  { chalk, columns }: Style,
): string {
  const { conversations, events, unreadable } = totals;
  const unread = unreadable > 0 ? ` (${unreadable} can't be read)` : '';
  const parts = [
    pluralize(conversations, 'conversation'),
    `${formatNumber(events)} ${events === 1 ? 'event' : 'events'}${unread}`,
    ...outcomeParts(totals),
    ...usageParts(totals),
  ];
  return inLines(parts, columns)
    .map((line) => `${chalk.dim(line)}\n`)
    .join('');
}

/** Neither finished nor failed, in the order in which they are counted. */
const OPEN_OUTCOMES = OUTCOMES.filter(
  (outcome) => outcome !== 'finished' && outcome !== 'error' && outcome !== 'stuck',
);

/** What became of the conversations. `failed` is there even if none did, because people look for it. */
function outcomeParts({ failed, outcomes }: ListTotals): string[] {
  const countOf = (outcome: Outcome) => outcomes.get(outcome) ?? 0;
  const counted = OPEN_OUTCOMES.filter((outcome) => countOf(outcome) > 0);
  return [
    ...(countOf('finished') > 0 ? [`${formatNumber(countOf('finished'))} finished`] : []),
    `${formatNumber(failed)} failed`,
    ...counted.map((outcome) => `${formatNumber(countOf(outcome))} ${outcome}`),
  ];
}

/** Joins parts with commas, in as many lines as the width of the terminal makes necessary. */
function inLines(parts: readonly string[], columns = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  for (const [at, part] of parts.entries()) {
    const text = at < parts.length - 1 ? `${part},` : part;
    const line = lines.at(-1);
    const isRoom = line !== undefined && line.length + 1 + text.length <= columns;
    if (isRoom) lines[lines.length - 1] = `${line} ${text}`;
    else lines.push(text);
  }
  return lines;
}

function usageParts({ cost, tokens, usageCoverage }: ListTotals): string[] {
  if (cost === undefined && tokens === undefined) return ['cost and tokens not known'];
  const [ofCost, ofTokens] = [usageCoverage.cost, usageCoverage.tokens];
  const costText = cost === undefined ? 'cost not known' : atLeast(formatCost(cost), ofCost);
  if (tokens === undefined) return [costText, 'tokens not known'];
  const tokensText = `${formatCompact(tokens)} tokens`;
  const isSame = cost !== undefined && isPartial(ofCost) === isPartial(ofTokens);
  return isSame ? [`${costText} and ${tokensText}`] : [costText, atLeast(tokensText, ofTokens)];
}
