import { type Coverage, isPartial } from '../../domain/facts/coverage.ts';
import type { FactSource } from '../../domain/facts/facts.ts';
import { isCostKnown, type UsageCoverage } from '../../history/totals/usage-coverage.ts';
import { sumUsage, type Usage } from '../../history/usage.ts';
import { listSome, pluralize } from '../../text/wording.ts';
import { formatCost, formatDuration } from '../text/amounts.ts';

/* How totals say what they lack, and facts where they are from: the same words in every view. */

/** `at least $0.01` for a total that lacks something. */
export function atLeast(text: string, coverage: Coverage): string {
  return isPartial(coverage) ? `at least ${text}` : text;
}

const UNITS = { responses: 'response', events: 'event', calls: 'call', steps: 'step' } as const;

/** `1 of 4 responses`; undefined if nothing is missing, or if it is not known what is missing. */
export function partOf({ known, of, unit, isComplete }: Coverage): string | undefined {
  if (isComplete !== false || known === undefined) return undefined;
  return `${known} of ${pluralize(of, UNITS[unit])}`;
}

/** What the tokens and the cost of a conversation lack, a sentence each, without the total itself. */
export function usageGaps({ tokens, cost }: UsageCoverage): string[] {
  const gaps: string[] = [];
  const ofTokens = partOf(tokens);
  if (ofTokens !== undefined) gaps.push(`usage is known for ${ofTokens}`);
  else if (isPartial(tokens)) gaps.push('usage is a total from before the last response');
  else if (tokens.known === undefined && tokens.of > 0) {
    const responses = pluralize(tokens.of, UNITS.responses);
    gaps.push(`it is not known how many of ${responses} the usage covers`);
  }
  const ofCost = partOf(cost);
  if (ofCost !== undefined && cost.known !== tokens.known) {
    gaps.push(`the cost is known for ${ofCost}: the others have no price`);
  }
  return gaps;
}

/** `usage is known for 1 of 4 responses: cost at least $0.01`. Empty if nothing is missing. */
export function usageNotes(usages: readonly Usage[], coverage: UsageCoverage): string[] {
  const total = sumUsage(usages, ({ cost }) => cost);
  const isCounted = total !== undefined && (total > 0 || coverage.cost.known !== 0);
  return usageGaps(coverage).map((gap, at) =>
    at === 0 && isCounted && isPartial(coverage.cost)
      ? `${gap}${gap.includes(':') ? '; ' : ': '}cost at least ${formatCost(total)}`
      : gap,
  );
}

/** The cost of a conversation: `$0.30`, `at least $0.01`, or `-` if it is not known. */
export function costText(usages: readonly Usage[], { cost }: UsageCoverage): string {
  const total = sumUsage(usages, (usage) => usage.cost);
  if (total === undefined || !isCostKnown(total, cost)) return '-';
  return atLeast(formatCost(total), cost);
}

/** The same, short enough for a column: `≥$0.01`. */
export function costCell(usages: readonly Usage[], coverage: UsageCoverage): string {
  return costText(usages, coverage).replace('at least ', '≥');
}

/** ` (from event #5)` for a fact that is from an event. Empty for one from where it belongs. */
export function fromEvent(source: FactSource | undefined): string {
  return source?.kind === 'event' ? ` (from event #${source.slot.index})` : '';
}

/** A jump of the clock: `set back 6h59m between #2 and #3`. */
function jumpText(size: number, before: number, after: number): string {
  const direction = size < 0 ? 'back' : 'forward';
  return `set ${direction} ${formatDuration(Math.abs(size))} between #${before} and #${after}`;
}

/** A list of jumps names no more. */
const MAX_NAMED_JUMPS = 5;

/** `the clock was set back …, set forward …; the time across these jumps is not counted`. Undefined without jumps. */
export function jumpsNote(
  jumps: readonly { before: { index: number }; after: { index: number }; size: number }[],
): string | undefined {
  if (jumps.length === 0) return undefined;
  const texts = jumps.map(({ size, before, after }) => jumpText(size, before.index, after.index));
  const across = jumps.length === 1 ? 'this jump' : 'these jumps';
  return `the clock was ${listSome(texts, MAX_NAMED_JUMPS)}; the time across ${across} is not counted`;
}
