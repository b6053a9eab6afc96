import { endsWait, isLog, isSide } from '../domain/event-kinds.ts';
import type { StateFile } from '../domain/state-file.ts';
import { statusOf } from '../domain/state-file.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import { type Call, hasFailed, timeBetween } from './calls.ts';
import { type DurationStats, durationStats } from './duration-stats.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { type ResponseUsage, type Usage, usageByResponse, usageOf } from './usage.ts';

/** What a conversation took, and where its time went. Times in µs. */
export interface ConversationStats {
  readonly status: string | undefined;
  readonly events: number;
  readonly bytes: number;
  readonly kinds: ReadonlyMap<string, number>;
  /** Events that tell of a failure. */
  readonly errors: number;
  readonly usages: readonly Usage[];
  readonly steps: readonly ModelStep[];
  readonly tools: readonly ToolStats[];
  readonly time: TimeSpent;
}

/** A response of the model, with what came of it. */
export interface ModelStep {
  readonly responseId: string;
  /** Index of its first event. */
  readonly index: number;
  readonly calls: number;
  /** From the event that the model answered to its response. */
  readonly waited: number | undefined;
  /** What the state tells of it. */
  readonly usage: ResponseUsage | undefined;
}

interface ToolStats {
  readonly tool: string;
  readonly calls: number;
  readonly answered: number;
  /** That could be executed, and have no answer. */
  readonly unanswered: number;
  readonly failed: number;
  /** Of the answered. */
  readonly durations: DurationStats | undefined;
}

export interface TimeSpent {
  /** Of the first event and the last, in µs since the epoch; undefined where none tells a time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Waiting for the model: as the state tells it, else from what it had to answer to its response. */
  readonly model: number;
  /** With at least one call at work. */
  readonly tools: number;
  /** Neither: waiting for the user, paused, or between runs. */
  readonly other: number;
}

/** @param calls of the whole conversation, in index order */
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
    kinds: mostFirst(kinds),
    errors: records.filter(({ entry }) => entry.failed).length,
    usages,
    steps,
    tools: toolsOf(calls),
    time: timeSpent(records, calls, steps, usages, zone),
  };
}

function mostFirst(counts: Map<string, number>): Map<string, number> {
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

function toolsOf(calls: readonly Call[]): ToolStats[] {
  const byTool = new Map<string, Call[]>();
  for (const call of calls) {
    const tool = call.action.entry.tool ?? '';
    const its = byTool.get(tool);
    if (its) its.push(call);
    else byTool.set(tool, [call]);
  }
  const tools = [...byTool].map(([tool, its]) => ({
    tool,
    calls: its.length,
    answered: its.filter(({ answer }) => answer).length,
    unanswered: its.filter(({ outcome }) => outcome === 'unanswered').length,
    failed: its.filter(hasFailed).length,
    // Stamps can run backwards, and time does not.
    durations: durationStats(
      its.flatMap(({ duration }) => (duration === undefined ? [] : Math.max(0, duration))),
    ),
  }));
  return tools.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

/** What comes up while the model is at work, and is not what it answers. */
function isAside({ fields }: EventRecord): boolean {
  return isSide(fields.kind) || isLog(fields.kind);
}

/** What says that the model was not being waited for up to here: a pause, or a new start. */
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
  let before: EventRecord | undefined;
  for (const record of records) {
    const { responseId, kind } = record.fields;
    if (responseId) {
      const known = found.get(responseId);
      const waited = before && timeBetween(before.entry, record.entry, zone);
      const step = known ?? { first: record, calls: 0, waited: waited && Math.max(0, waited) };
      if (kind === 'ActionEvent') step.calls++;
      found.set(responseId, step);
    }
    if (isBreak(record) || !isAside(record)) before = record;
  }
  return [...found].map(([responseId, { first, calls, waited }]) => ({
    responseId,
    index: first.slot.index,
    calls,
    waited,
    usage: byResponse.get(responseId),
  }));
}

/** As the state tells it, or where it does not, by timestamps. In µs. */
function timeOfModel(steps: readonly ModelStep[], usages: readonly Usage[]): number {
  const all = usages.flatMap((usage) => usage.steps);
  const fields = all.reduce((sum, { latency }) => sum + (latency ?? 0) * 1e6, 0);
  const untold = steps.filter((step) => step.usage?.latency === undefined);
  return untold.reduce((sum, { waited }) => sum + (waited ?? 0), fields);
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
  const atWork = calls.flatMap(({ action, answer, duration }): [number, number][] => {
    if (!answer || !action.entry.stamp || !duration || duration < 0) return [];
    const start = toInstant(action.entry.stamp, zone);
    return [[start, start + duration]];
  });
  const tools = covered(atWork);
  // What is told of the model can overlap with tools that were still at work.
  const model = Math.min(timeOfModel(steps, usages), to - from - tools);
  return { from, to, model, tools, other: Math.max(0, to - from - model - tools) };
}

/** How much time some spans cover together: calls of one response overlap. */
function covered(spans: [number, number][]): number {
  let [total, end] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, stop] of spans.sort((a, b) => a[0] - b[0])) {
    if (stop <= end) continue;
    total += stop - Math.max(start, end);
    end = stop;
  }
  return total;
}
