import { isForModel, isResult } from '../domain/event-kinds.ts';
import type { KnownPath } from '../domain/knowledge/known-path.ts';
import type { EventRecord } from './event-record.ts';
import type { BranchNode, History } from './history.ts';

/** An item of what the model sees: an event, or the summary that a condensation inserted in place of events. */
export interface ViewItem {
  readonly record: EventRecord;
  /** The item is the summary of this condensation. */
  readonly isSummary: boolean;
}

/** The readable events on the path from a root to an event, which is included. @param id id of the event */
export function pathTo({ paths }: History, id: string): EventRecord[] {
  return paths
    .from(id)
    .events.toReversed()
    .flatMap(({ record }) => record ?? []);
}

/** The path from a root to an event, as far as it is known. */
interface SeenPath {
  /** In order, without those that can't be read. */
  readonly events: readonly EventRecord[];
  /** `not known beyond #5: the event can't be read`; undefined if the path is known to its root. */
  readonly unknownPart: string | undefined;
}

/**
 * The path from the root to the last event that the model could see at some event. If the model made that event, the
 * path ends before the response that the event belongs to. Undefined if the event is on no branch.
 */
export function pathSeenBy(history: History, at: EventRecord): SeenPath | undefined {
  const { slot, fields } = at;
  if (history.tree.events[slot.index]?.slot.name !== slot.name) return undefined;
  const path = pathTo(history, slot.id);
  if (path.at(-1) !== at) return undefined;
  const unknownPart = unknownPartOf(history.paths.from(slot.id));
  const { responseId } = fields;
  if (responseId === undefined || fields.kind === 'Condensation') {
    return { events: path, unknownPart };
  }
  const start = path.findIndex((event) => event.fields.responseId === responseId);
  return { events: path.slice(0, start), unknownPart };
}

/**
 * What is not known of a path; undefined if nothing is. The first event can be unreadable although the path is known: it has
 * no parent.
 */
export function unknownPartOf({ events, limit }: KnownPath<BranchNode>): string | undefined {
  if (limit) return `not known${limit.reason}`;
  const unreadable = events.find(({ record }) => !record);
  return unreadable && `not known at #${unreadable.slot.index}: the event can't be read`;
}

/**
 * What the model sees of a branch. Events that condensations forgot are left out, and the summaries are inserted.
 * Incomplete parts are dropped, such as a call without its result, because model APIs refuse them.
 * Source: openhands-sdk 1.58.2, context/view/view.py and its properties.
 *
 * @param branch the events of the branch, from the root to the leaf
 */
export function viewOf(branch: readonly EventRecord[]): ViewItem[] {
  const items = new ItemList();
  for (const record of branch) {
    const { kind, forgotten, hasSummary, summaryOffset } = record.fields;
    if (kind === 'Condensation') {
      for (const id of forgotten) items.forget(id);
      if (hasSummary && summaryOffset !== undefined) {
        items.insert({ record, isSummary: true }, summaryOffset);
      }
    } else if (isForModel(kind)) items.add({ record, isSummary: false });
  }
  return dropIncomplete(items.all(), branch);
}

/** Items in order. Forgotten ones are taken out only when places are asked for, and not if none of the ids is there. */
class ItemList {
  #items: ViewItem[] = [];
  readonly #ids = new Set<string>();
  readonly #forgotten = new Set<string>();

  add(item: ViewItem): void {
    const id = idOf(item);
    if (this.#forgotten.has(id)) this.all();
    this.#ids.add(id);
    this.#items.push(item);
  }

  insert(item: ViewItem, at: number): void {
    this.all().splice(at, 0, item);
    this.#ids.add(idOf(item));
  }

  /** Takes out all items with this id. */
  forget(id: string): void {
    if (this.#ids.delete(id)) this.#forgotten.add(id);
  }

  all(): ViewItem[] {
    if (this.#forgotten.size > 0) {
      this.#items = this.#items.filter((item) => !this.#forgotten.has(idOf(item)));
      this.#forgotten.clear();
    }
    return this.#items;
  }
}

/** The id of an item. A summary has an id of its own, so that a later condensation can forget it. */
function idOf({ record, isSummary }: ViewItem): string {
  return isSummary ? `${record.slot.id}-summary` : record.slot.id;
}

const callIdOf = ({ fields }: EventRecord) => fields.toolCallId ?? '';
const isAction = ({ fields }: EventRecord) => fields.kind === 'ActionEvent';
const isAnswer = ({ fields }: EventRecord) => isResult(fields.kind);

/**
 * Drops the events that a model API would refuse:
 *
 * - a second result of the same call
 * - calls without a result, and results without a call
 * - groups that are not complete: the calls of one response, and the thinking loops
 *
 * Dropping one event can make others incomplete, so this repeats until nothing more is dropped. The SDK applies its
 * rules again and again, with the same result.
 */
function dropIncomplete(items: ViewItem[], branch: readonly EventRecord[]): ViewItem[] {
  const view = new Set(items.flatMap(({ record, isSummary }) => (isSummary ? [] : record)));
  dropSecondResults(view);
  const groups = [...groupBy(branch.filter(isAction), responseOf), ...thinkingLoops(branch)];
  const groupsOf = new Map<EventRecord, EventRecord[][]>();
  for (const group of groups) {
    for (const record of group) groupsOf.set(record, [...(groupsOf.get(record) ?? []), group]);
  }
  const calls = setsBy([...view].filter(isAction), callIdOf);
  const results = setsBy([...view].filter(isAnswer), callIdOf);
  const dropped: EventRecord[] = [];
  const drop = (record: EventRecord) => {
    if (view.delete(record)) dropped.push(record);
  };
  const droppedGroups = new Set<EventRecord[]>();
  const dropGroup = (group: EventRecord[]) => {
    if (droppedGroups.has(group)) return;
    droppedGroups.add(group);
    group.forEach(drop);
  };
  for (const group of groups) if (!group.every((record) => view.has(record))) dropGroup(group);
  for (const [id, actions] of calls) if (!results.has(id)) actions.forEach(drop);
  for (const [id, answers] of results) if (!calls.has(id)) answers.forEach(drop);
  for (let record = dropped.pop(); record; record = dropped.pop()) {
    groupsOf.get(record)?.forEach(dropGroup);
    // With the last call of an id its results go, and with the last result of an id its calls.
    const [sameKind, otherKind] = isAction(record) ? [calls, results] : [results, calls];
    const remaining = sameKind.get(callIdOf(record));
    remaining?.delete(record);
    if (remaining?.size === 0) otherKind.get(callIdOf(record))?.forEach(drop);
  }
  return items.filter(({ record, isSummary }) => isSummary || view.has(record));
}

const responseOf = ({ fields }: EventRecord) => fields.responseId ?? '';

function dropSecondResults(view: Set<EventRecord>): void {
  const seen = new Set<string>();
  for (const record of [...view].filter(isAnswer)) {
    if (seen.has(callIdOf(record))) view.delete(record);
    seen.add(callIdOf(record));
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

function groupBy(
  records: readonly EventRecord[],
  keyOf: (record: EventRecord) => string,
): EventRecord[][] {
  return [...setsBy(records, keyOf).values()].map((set) => [...set]);
}

/**
 * The thinking loops of a branch: each begins with an action that has thinking blocks, and goes on while actions and
 * results follow. The model must see a loop completely or not at all.
 */
function thinkingLoops(branch: readonly EventRecord[]): EventRecord[][] {
  const loops: EventRecord[][] = [];
  let current: EventRecord[] | undefined;
  for (const record of branch) {
    if (isAction(record) && record.fields.hasThinking) {
      current = [record];
      loops.push(current);
    } else if (isAction(record) || isAnswer(record)) current?.push(record);
    else current = undefined;
  }
  return loops;
}

/** Why the model does not see an event of its branch. `not known`: whether it does depends on events that are lost. */
type Hidden = 'forgotten' | 'dropped' | 'not for it' | 'not known';

/**
 * The events of a branch that the model does not see, in order.
 *
 * @param isWhole the branch is known to its root
 */
export function hiddenOf(
  branch: readonly EventRecord[],
  view: readonly ViewItem[],
  isWhole: boolean,
): { record: EventRecord; why: Hidden }[] {
  const seen = new Set(view.flatMap(({ record, isSummary }) => (isSummary ? [] : record)));
  const forgotten = new Set(branch.flatMap(({ fields }) => fields.forgotten));
  return branch
    .filter((record) => !seen.has(record))
    .map((record) => {
      const { slot, fields } = record;
      const dropped = !isForModel(fields.kind) ? 'not for it' : isWhole ? 'dropped' : 'not known';
      return { record, why: forgotten.has(slot.id) ? 'forgotten' : dropped };
    });
}
