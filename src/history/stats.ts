import { endsWait, isLog, isSide } from '../domain/event-kinds.ts';
import type { StateFile } from '../domain/state-file.ts';
import { statusOf } from '../domain/state-file.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import { type Call, hasFailed, timeBetween } from './calls.ts';
import { type DurationStats, durationStats } from './duration-stats.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { type ResponseUsage, type Usage, usageByResponse, usageOf } from './usage.ts';

/** What a conversation consists of, what it cost, and where its time went. Times are in µs. */
export interface ConversationStats {
  readonly status: string | undefined;
  readonly events: number;
  /** Size of all events that can be read. */
  readonly bytes: number;
  /** Class name of a kind → how many events. The most frequent kind is first. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Events that report a failure. */
  readonly errors: number;
  readonly usages: readonly Usage[];
  readonly steps: readonly ModelStep[];
  readonly tools: readonly ToolStats[];
  readonly time: TimeSpent;
}

/** A response of the model, and the calls in it. */
export interface ModelStep {
  readonly responseId: string;
  /** Index of its first event. */
  readonly index: number;
  readonly calls: number;
  /** Time from the event that the model responded to until its response. */
  readonly waited: number | undefined;
  /** What base_state.json records about the response. */
  readonly usage: ResponseUsage | undefined;
}

/** The calls of one tool. */
interface ToolStats {
  /** Empty for calls without a tool. */
  readonly tool: string;
  readonly calls: number;
  readonly answered: number;
  /** Calls that could be executed and have no answer. */
  readonly unanswered: number;
  readonly failed: number;
  /** Of the answered calls. */
  readonly durations: DurationStats | undefined;
}

export interface TimeSpent {
  /** Times of the earliest and the latest event, in µs since the epoch; undefined if no event has a timestamp. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Spent waiting for the model: the latencies in base_state.json, else by timestamps. */
  readonly model: number;
  /** At least one call was running. */
  readonly tools: number;
  /** The rest: waiting for the user, paused, or between two runs. */
  readonly other: number;
}

/** Computes the statistics. @param calls all calls of the conversation, in index order */
export function statsOf(
  { records }: History,
  calls: readonly Call[],
  state: StateFile,
  zone: Zone,
): ConversationStats {
  const usages = usageOf(state);
  const steps = stepsOf(records, usages, zone);
  const kinds = new Map<string, number>();
  for (const { entry } of records) kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1);
  return {
    status: statusOf(state),
    events: records.length,
    bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    kinds: byCount(kinds),
    errors: records.filter(({ entry }) => entry.failed).length,
    usages,
    steps,
    tools: toolsOf(calls),
    time: timeSpent(records, calls, steps, usages, zone),
  };
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
  const tools = [...byTool].map(([tool, toolCalls]) => ({
    tool,
    calls: toolCalls.length,
    answered: toolCalls.filter(({ answer }) => answer).length,
    unanswered: toolCalls.filter(({ outcome }) => outcome === 'unanswered').length,
    failed: toolCalls.filter(hasFailed).length,
    // Timestamps can run backwards.
    durations: durationStats(
      toolCalls.flatMap(({ duration }) => (duration === undefined ? [] : Math.max(0, duration))),
    ),
  }));
  return tools.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

/** Whether the model does not respond to an event, which can be written while the model is working. */
function isIgnoredByModel({ fields }: EventRecord): boolean {
  return isSide(fields.kind) || isLog(fields.kind);
}

/** Whether nobody was waiting for the model just before an event: it is a pause, or a change of the status. */
function isBreak({ fields }: EventRecord): boolean {
  return endsWait(fields.kind) || fields.key === 'execution_status';
}

function stepsOf(
  records: readonly EventRecord[],
  usages: readonly Usage[],
  zone: Zone,
): ModelStep[] {
  const byResponse = usageByResponse(usages);
  const found = new Map<
    string,
    { first: EventRecord; calls: number; waited: number | undefined }
  >();
  /** The event that the model responds to next. */
  let request: EventRecord | undefined;
  for (const record of records) {
    const { responseId, kind } = record.fields;
    if (responseId) {
      const known = found.get(responseId);
      const waited = request && timeBetween(request.entry, record.entry, zone);
      const step = known ?? { first: record, calls: 0, waited: waited && Math.max(0, waited) };
      if (kind === 'ActionEvent') step.calls++;
      found.set(responseId, step);
    }
    if (isBreak(record) || !isIgnoredByModel(record)) request = record;
  }
  return [...found].map(([responseId, { first, calls, waited }]) => ({
    responseId,
    index: first.slot.index,
    calls,
    waited,
    usage: byResponse.get(responseId),
  }));
}

/** See TimeSpent.model. */
function timeWaitedForModel(steps: readonly ModelStep[], usages: readonly Usage[]): number {
  const responses = usages.flatMap((usage) => usage.steps);
  const recorded = responses.reduce((sum, { latency }) => sum + (latency ?? 0) * 1e6, 0);
  const unrecorded = steps.filter((step) => step.usage?.latency === undefined);
  return unrecorded.reduce((sum, { waited }) => sum + (waited ?? 0), recorded);
}

function timeSpent(
  records: readonly EventRecord[],
  calls: readonly Call[],
  steps: readonly ModelStep[],
  usages: readonly Usage[],
  zone: Zone,
): TimeSpent {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { entry } of records) {
    if (!entry.stamp) continue;
    const time = toInstant(entry.stamp, zone);
    [from, to] = [Math.min(from, time), Math.max(to, time)];
  }
  if (from > to) return { from: undefined, to: undefined, model: 0, tools: 0, other: 0 };
  const spans = calls.flatMap(({ action, answer, duration }): [number, number][] => {
    if (!answer || !action.entry.stamp || !duration || duration < 0) return [];
    const start = toInstant(action.entry.stamp, zone);
    return [[start, start + duration]];
  });
  const tools = lengthOfUnion(spans);
  // A recorded latency can overlap with tools that were still running.
  const model = Math.min(timeWaitedForModel(steps, usages), to - from - tools);
  return { from, to, model, tools, other: Math.max(0, to - from - model - tools) };
}

/** How much time some spans cover together. They overlap if one response makes several calls. */
function lengthOfUnion(spans: [number, number][]): number {
  let [total, end] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, stop] of spans.sort((a, b) => a[0] - b[0])) {
    if (stop <= end) continue;
    total += stop - Math.max(start, end);
    end = stop;
  }
  return total;
}
