import { isForModel } from '../domain/event-kinds.ts';
import { walkToRoot } from '../domain/event-tree.ts';
import type { EventRecord } from './event-record.ts';
import type { BranchNode, History } from './history.ts';

/** What the model is shown: an event, or the summary that a condensation put in the place of some. */
export interface ViewItem {
  readonly record: EventRecord;
  /** It is the summary of this condensation. */
  readonly isSummary: boolean;
}

/** What a tool, or the SDK in its place, says to a call. */
const RESULT_KINDS = new Set(['ObservationEvent', 'UserRejectObservation', 'AgentErrorEvent']);

/** Readable events on the way from a root to an event, that one included. */
export function pathTo({ tree }: History, id: string): EventRecord[] {
  const indices = walkToRoot(id, tree).branch.toReversed();
  return indices.flatMap((index) => (tree.events[index] as BranchNode).record ?? []);
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
    const { kind, forgotten, hasSummary, summaryOffset } = record.fields;
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

const callOf = ({ fields }: EventRecord) => fields.toolCallId ?? '';
const isAction = ({ fields }: EventRecord) => fields.kind === 'ActionEvent';
const isResult = ({ fields }: EventRecord) => RESULT_KINDS.has(fields.kind);

/**
 * Drops what may not stand alone: the second result of a call; calls of one response of which another is
 * gone; calls without a result, and results without their call; rounds that begin with thinking, where a part
 * is gone. What goes takes others along, until nothing more goes. The SDK asks its rules over and over, to
 * the same end.
 */
function settled(items: ViewItem[], branch: readonly EventRecord[]): ViewItem[] {
  const view = new Set(items.flatMap(({ record, isSummary }) => (isSummary ? [] : record)));
  dropSecondResults(view);
  const groups = [...grouped(branch.filter(isAction), responseOf), ...thinkingLoops(branch)];
  const groupsOf = new Map<EventRecord, EventRecord[][]>();
  for (const group of groups) {
    for (const record of group) groupsOf.set(record, [...(groupsOf.get(record) ?? []), group]);
  }
  const calls = setsBy([...view].filter(isAction), callOf);
  const results = setsBy([...view].filter(isResult), callOf);
  const gone: EventRecord[] = [];
  const drop = (record: EventRecord) => {
    if (view.delete(record)) gone.push(record);
  };
  const torn = new Set<EventRecord[]>();
  const tear = (group: EventRecord[]) => {
    if (torn.has(group)) return;
    torn.add(group);
    group.forEach(drop);
  };
  for (const group of groups) if (!group.every((record) => view.has(record))) tear(group);
  for (const [id, actions] of calls) if (!results.has(id)) actions.forEach(drop);
  for (const [id, answers] of results) if (!calls.has(id)) answers.forEach(drop);
  for (let record = gone.pop(); record; record = gone.pop()) {
    groupsOf.get(record)?.forEach(tear);
    const [own, other] = isAction(record) ? [calls, results] : [results, calls];
    const same = own.get(callOf(record));
    same?.delete(record);
    if (same?.size === 0) other.get(callOf(record))?.forEach(drop);
  }
  return items.filter(({ record, isSummary }) => isSummary || view.has(record));
}

const responseOf = ({ fields }: EventRecord) => fields.responseId ?? '';

function dropSecondResults(view: Set<EventRecord>): void {
  const seen = new Set<string>();
  for (const record of [...view].filter(isResult)) {
    if (seen.has(callOf(record))) view.delete(record);
    seen.add(callOf(record));
  }
}

function setsBy(
  records: readonly EventRecord[],
  keyOf: (record: EventRecord) => string,
): Map<string, Set<EventRecord>> {
  const sets = new Map<string, Set<EventRecord>>();
  for (const record of records) {
    const set = sets.get(keyOf(record)) ?? new Set();
    sets.set(keyOf(record), set.add(record));
  }
  return sets;
}

function grouped(
  records: readonly EventRecord[],
  keyOf: (record: EventRecord) => string,
): EventRecord[][] {
  return [...setsBy(records, keyOf).values()].map((set) => [...set]);
}

function thinkingLoops(branch: readonly EventRecord[]): EventRecord[][] {
  const loops: EventRecord[][] = [];
  let current: EventRecord[] | undefined;
  for (const record of branch) {
    if (isAction(record) && record.fields.hasThinking) {
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
  const forgotten = new Set(branch.flatMap(({ fields }) => fields.forgotten));
  return branch
    .filter((record) => !seen.has(record))
    .map((record) => {
      const { slot, fields } = record;
      const dropped = isForModel(fields.kind) ? 'dropped' : 'not for it';
      return { record, why: forgotten.has(slot.id) ? 'forgotten' : dropped };
    });
}
