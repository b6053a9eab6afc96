import { isForModel } from '../model/kinds.ts';
import { walk } from '../model/tree.ts';
import type { Branching, History } from './history.ts';
import type { EventRecord } from './record.ts';

/** What the model is shown: an event, or the summary that a condensation put in the place of some. */
export interface ViewItem {
  readonly record: EventRecord;
  /** It is the summary of this condensation. */
  readonly isSummary: boolean;
}

/** What a tool, or the SDK in its place, says to a call. */
const RESULTS = new Set(['ObservationEvent', 'UserRejectObservation', 'AgentErrorEvent']);

/** Readable events on the way from a root to an event, that one included. */
export function wayTo({ tree }: History, id: string): EventRecord[] {
  const indices = walk(id, tree).branch.toReversed();
  return indices.flatMap((index) => (tree.events[index] as Branching).record ?? []);
}

/**
 * What the model is shown of a branch: what condensations forgot is out, their summaries stand in place,
 * and what has lost its partner is dropped, for model APIs refuse it. Source: openhands-sdk 1.58.2,
 * context/view/view.py and its properties.
 *
 * @param branch from the root on
 */
export function viewOf(branch: readonly EventRecord[]): ViewItem[] {
  let items: ViewItem[] = [];
  for (const record of branch) {
    const { kind, forgotten, hasSummary, summaryOffset } = record.told;
    if (kind === 'Condensation') {
      const gone = new Set(forgotten);
      items = items.filter((item) => !gone.has(idOf(item)));
      if (hasSummary && summaryOffset !== undefined) {
        items.splice(summaryOffset, 0, { record, isSummary: true });
      }
    } else if (isForModel(kind)) items.push({ record, isSummary: false });
  }
  return settled(items, branch);
}

/** A summary has an id of its own, by which a later condensation can forget it. */
function idOf({ record, isSummary }: ViewItem): string {
  return isSummary ? `${record.slot.id}-summary` : record.slot.id;
}

type Rule = (view: readonly EventRecord[], branch: readonly EventRecord[]) => Set<EventRecord>;

/** In the SDK's order: after one has dropped something, all are asked again from the first. */
const RULES: readonly Rule[] = [secondAnswers, tornBatches, unpaired, tornLoops];

function settled(items: ViewItem[], branch: readonly EventRecord[]): ViewItem[] {
  let rest = items;
  for (let at = 0; at < RULES.length; ) {
    const view = rest.flatMap(({ record, isSummary }) => (isSummary ? [] : record));
    const dropped = (RULES[at] as Rule)(view, branch);
    if (dropped.size > 0) {
      rest = rest.filter(({ record, isSummary }) => isSummary || !dropped.has(record));
      at = 0;
    } else at++;
  }
  return rest;
}

const callOf = ({ told }: EventRecord) => told.toolCallId ?? '';
const isAction = ({ told }: EventRecord) => told.kind === 'ActionEvent';
const isResult = ({ told }: EventRecord) => RESULTS.has(told.kind);

/** Of two answers to one call, the later. */
function secondAnswers(view: readonly EventRecord[]): Set<EventRecord> {
  const seen = new Set<string>();
  const dropped = new Set<EventRecord>();
  for (const record of view.filter(isResult)) {
    if (seen.has(callOf(record))) dropped.add(record);
    seen.add(callOf(record));
  }
  return dropped;
}

/** Calls of one response, where others of it are gone. */
function tornBatches(
  view: readonly EventRecord[],
  branch: readonly EventRecord[],
): Set<EventRecord> {
  const sizeOf = (records: readonly EventRecord[]) => {
    const sizes = new Map<string | undefined, number>();
    for (const { told } of records.filter(isAction)) {
      sizes.set(told.responseId, (sizes.get(told.responseId) ?? 0) + 1);
    }
    return sizes;
  };
  const [here, all] = [sizeOf(view), sizeOf(branch)];
  return new Set(
    view.filter(
      (record) =>
        isAction(record) && here.get(record.told.responseId) !== all.get(record.told.responseId),
    ),
  );
}

/** Calls without an answer, and answers without their call. */
function unpaired(view: readonly EventRecord[]): Set<EventRecord> {
  const called = new Set(view.filter(isAction).map(callOf));
  const answered = new Set(view.filter(isResult).map(callOf));
  return new Set(
    view.filter(
      (record) =>
        (isAction(record) && !answered.has(callOf(record))) ||
        (isResult(record) && !called.has(callOf(record))),
    ),
  );
}

/** Rounds of calls and answers that begin with thinking, where a part is gone. */
function tornLoops(view: readonly EventRecord[], branch: readonly EventRecord[]): Set<EventRecord> {
  const there = new Set(view);
  const dropped = new Set<EventRecord>();
  for (const loop of thinkingLoops(branch)) {
    if (loop.every((record) => there.has(record))) continue;
    for (const record of loop) if (there.has(record)) dropped.add(record);
  }
  return dropped;
}

function thinkingLoops(branch: readonly EventRecord[]): EventRecord[][] {
  const loops: EventRecord[][] = [];
  let current: EventRecord[] | undefined;
  for (const record of branch) {
    if (isAction(record) && record.told.hasThinking) {
      current = [record];
      loops.push(current);
    } else if (isAction(record) || isResult(record)) current?.push(record);
    else current = undefined;
  }
  return loops;
}

/** Why the model does not see an event of its branch. */
type Hidden = 'forgotten' | 'dropped' | 'not for it';

/** The events of a branch that its view leaves out, in order. */
export function hiddenOf(
  branch: readonly EventRecord[],
  view: readonly ViewItem[],
): { record: EventRecord; why: Hidden }[] {
  const seen = new Set(view.flatMap(({ record, isSummary }) => (isSummary ? [] : record)));
  const forgotten = new Set(branch.flatMap(({ told }) => told.forgotten));
  return branch
    .filter((record) => !seen.has(record))
    .map((record) => {
      const { slot, told } = record;
      const dropped = isForModel(told.kind) ? 'dropped' : 'not for it';
      return { record, why: forgotten.has(slot.id) ? 'forgotten' : dropped };
    });
}
