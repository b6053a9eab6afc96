import { type Coverage, isPartial, sumCoverages } from '../../domain/facts/coverage.ts';
import type { ConversationStats } from '../stats.ts';
import type { UsageCoverage } from '../totals/usage-coverage.ts';
import type { Tokens, Usage } from '../usage.ts';
import { copiesIn, ownUsages, type RecordedUsages, sumOfCosts } from './copied-usage.ts';

/** What a conversation, or one of its subagents, contributes to a sum over all of them. */
interface TreePart {
  readonly id: string;
  /** 0 for the outermost conversation, 1 for its subagents, and so on. */
  readonly depth: number;
  readonly events: number;
  readonly bytes: number;
  readonly errors: number;
  /** Its own: without the copies of its subagents' tokens and costs. Undefined if they are not known. */
  readonly tokens: Tokens | undefined;
  /** In US dollars. */
  readonly cost: number | undefined;
}

/** A conversation and all its subagents, each counted once. */
export interface TreeStats {
  /** Each parent comes before its subagents. */
  readonly parts: readonly TreePart[];
  readonly events: number;
  readonly bytes: number;
  readonly errors: number;
  readonly tokens: Tokens;
  readonly cost: number;
  /** What parents record of subagents that are not stored any more, or whose own record is lost. */
  readonly copied: { readonly tokens: Tokens; readonly cost: number };
  /** How many of the conversations have no known usage. */
  readonly unknown: number;
  /** How many events of all conversations can be read. */
  readonly eventCoverage: Coverage;
  /** For how many responses of all conversations it is known. */
  readonly usageCoverage: UsageCoverage;
  /** Tokens and cost are at least this much. */
  readonly isAtLeast: boolean;
}

/** One conversation to sum up. They come in the same order as the parts. */
export interface TreeMember {
  readonly id: string;
  readonly depth: number;
  readonly stats: ConversationStats;
}

const NO_TOKENS: Tokens = { prompt: 0, completion: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

/** Sums up a conversation and its subagents. @param isIncomplete a subagent can't be opened */
export function treeStatsOf(members: readonly TreeMember[], isIncomplete: boolean): TreeStats {
  const parts = members.map(partOf);
  const copies = copiesIn(
    members.map(({ depth, stats }) => ({ depth, usages: recordedBy(stats) })),
  );
  const covered = (of: keyof UsageCoverage) =>
    sumCoverages(
      'responses',
      members.map(({ stats }) => stats.usageCoverage[of]),
    );
  const usageCoverage = { tokens: covered('tokens'), cost: covered('cost') };
  const copied = { tokens: sumOfTokens(copies.needed), cost: sumOfCosts(copies.needed) };
  const sum = (of: (part: TreePart) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    parts,
    events: sum(({ events }) => events),
    bytes: sum(({ bytes }) => bytes),
    errors: sum(({ errors }) => errors),
    tokens: [...parts.flatMap(({ tokens }) => tokens ?? []), copied.tokens].reduce(addTokens),
    cost: sum(({ cost }) => cost ?? 0) + copied.cost,
    copied,
    unknown: parts.filter(({ cost }) => cost === undefined).length,
    eventCoverage: sumCoverages(
      'events',
      members.map(({ stats }) => stats.eventCoverage),
    ),
    usageCoverage,
    isAtLeast:
      isIncomplete ||
      !copies.isExact ||
      isPartial(usageCoverage.tokens) ||
      isPartial(usageCoverage.cost),
  };
}

function partOf({ id, depth, stats }: TreeMember): TreePart {
  const { events, bytes, errors } = stats;
  const own = ownUsages(recordedBy(stats));
  return {
    id,
    depth,
    events,
    bytes,
    errors,
    tokens: own && sumOfTokens(own),
    cost: own && sumOfCosts(own),
  };
}

function recordedBy({ usages }: ConversationStats): RecordedUsages {
  return usages.length > 0 ? usages : undefined;
}

function sumOfTokens(usages: readonly Usage[]): Tokens {
  return usages.map(({ tokens }) => tokens).reduce(addTokens, NO_TOKENS);
}

function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    prompt: a.prompt + b.prompt,
    completion: a.completion + b.completion,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    reasoning: a.reasoning + b.reasoning,
  };
}
