import { type Coverage, coverageOf } from '../domain/facts/coverage.ts';
import type { Facts } from '../domain/facts/facts.ts';
import type { Zone } from '../time/zone.ts';
import { type Call, hasFailed } from './calls.ts';
import { type DurationStats, durationStats } from './duration-stats.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { clockOf } from './totals/clock.ts';
import { type ModelStep, stepsOf } from './totals/model-steps.ts';
import { type TimeSpent, timeSpent } from './totals/time-spent.ts';
import { type UsageCoverage, usageCoverageOf } from './totals/usage-coverage.ts';
import { type Usage, usageOf } from './usage.ts';

/** What a conversation consists of, what it cost, and where its time went. Times are in µs. */
export interface ConversationStats {
  /** Status, model, usage …, and where each is from. */
  readonly facts: Facts;
  /** Events that can be read. */
  readonly events: number;
  /** How many of all events these are. */
  readonly eventCoverage: Coverage;
  /** Size of all events that can be read. */
  readonly bytes: number;
  /** Class name of a kind → how many events. The most frequent kind is first. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Events that report a failure. */
  readonly errors: number;
  readonly usages: readonly Usage[];
  readonly usageCoverage: UsageCoverage;
  readonly steps: readonly ModelStep[];
  readonly tools: readonly ToolStats[];
  readonly time: TimeSpent;
}

/** The calls of one tool. */
interface ToolStats {
  /** Empty for calls without a tool. */
  readonly tool: string;
  readonly calls: number;
  readonly answered: number;
  /** Calls that could be executed and have no answer. */
  readonly unanswered: number;
  /** Calls without an answer that can be read, where an event that is lost could be the answer. */
  readonly unknown: number;
  readonly failed: number;
  /** Of the answered calls whose durations are known. */
  readonly durations: DurationStats | undefined;
  readonly durationCoverage: Coverage;
}

/** Computes the statistics. @param calls all calls of the conversation, in index order */
export function statsOf(
  history: History,
  calls: readonly Call[],
  facts: Facts,
  zone: Zone,
): ConversationStats {
  const { records, faults } = history;
  const usages = usageOf(facts.stats);
  const clock = clockOf(history, zone);
  const steps = stepsOf(records, usages, clock);
  const kinds = new Map<string, number>();
  for (const { entry } of records) kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1);
  return {
    facts,
    events: records.length,
    eventCoverage: coverageOf('events', records.length, records.length + faults.length),
    bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    kinds: byCount(kinds),
    errors: records.filter(({ entry }) => entry.failed).length,
    usages,
    usageCoverage: usageCoverageOf(responsesOf(records), usages, facts.stats),
    steps,
    tools: toolsOf(calls),
    time: timeSpent(records, calls, steps, usages, clock),
  };
}

/** Id of a response → index of its first event. */
function responsesOf(records: readonly EventRecord[]): Map<string, number> {
  const responses = new Map<string, number>();
  for (const { fields, slot } of records) {
    const { responseId } = fields;
    if (responseId && !responses.has(responseId)) responses.set(responseId, slot.index);
  }
  return responses;
}

/** Sorts by count, the highest first. */
function byCount(counts: Map<string, number>): Map<string, number> {
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

function toolsOf(calls: readonly Call[]): ToolStats[] {
  const byTool = new Map<string, Call[]>();
  for (const call of calls) {
    const tool = call.subject.entry.tool ?? '';
    const toolCalls = byTool.get(tool);
    if (toolCalls) toolCalls.push(call);
    else byTool.set(tool, [call]);
  }
  const tools = [...byTool].map(([tool, toolCalls]) => {
    const answered = toolCalls.filter(({ answer }) => answer).length;
    const durations = durationStats(toolCalls.flatMap(({ duration }) => duration ?? []));
    return {
      tool,
      calls: toolCalls.length,
      answered,
      unanswered: toolCalls.filter(({ outcome }) => outcome === 'unanswered').length,
      unknown: toolCalls.filter(({ outcome }) => outcome === 'unknown').length,
      failed: toolCalls.filter(hasFailed).length,
      durations,
      durationCoverage: coverageOf('calls', durations?.count ?? 0, answered),
    };
  });
  return tools.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}
