import { type JsonValue, own, ownString } from '../../text/json-value.ts';
import { largest } from '../numbers/extremes.ts';
import type { Slots } from '../slot.ts';
import { leafIn, type StateFile, titleOf } from '../state-file.ts';
import type { Fact, FactName, FactSource, Facts } from './facts.ts';
import { metricsByUsageId, stateFacts, withSource } from './stated-facts.ts';

/** What is needed to judge whether an event is newer than base_state.json. */
export interface LogAge {
  /** Index of an event; undefined if there is no event with the id. */
  indexOf(id: string): number | undefined;
  /** Index of the last event that is neither a state update nor a log; −1 if there is none. */
  readonly lastMain: number;
  /** When an event's file was written, in ms since the epoch; undefined if that is not known. */
  writtenAt(name: string): number | undefined;
}

/** See LogAge. @param lastMain index of the last main event; −1 if there is none */
export function logAge(slots: Slots, lastMain: number, writtenAt: LogAge['writtenAt']): LogAge {
  return {
    lastMain,
    writtenAt,
    indexOf(id) {
      for (const slot of slots) if (slot.id === id) return slot.index;
      return undefined;
    },
  };
}

export interface FactSources {
  readonly state: StateFile;
  readonly meta: StateFile;
  /** For each fact, the newest event that gives it. */
  readonly inEvents: Facts;
  readonly log: LogAge;
}

/** Copying a conversation can set the times of its files in any order, but within this time. */
const MAX_COPY_MS = 60_000;

/**
 * Decides which facts about a conversation are known, and where they are from. base_state.json and meta.json count. The
 * newest event that gives a fact counts where the file lacks it, can't be read, or is older than the event:
 *
 * 1. The state is newer if it names this event or a later one (as leaf, or as the user's last message).
 * 2. Otherwise the file that was written over a minute after the other is newer.
 * 3. Otherwise the event is newer if no message, action or result follows it, because the SDK saves the state before it
 *    writes the event.
 *
 * Usage only grows, so of two records of it the larger one is newer.
 */
export function knownFacts(sources: FactSources): Facts {
  const { state, meta, inEvents } = sources;
  const inState =
    state.kind === 'valid' ? withSource(stateFacts(state.value), { kind: 'state' }) : {};
  const names: FactName[] = ['status', 'model', 'workspace', 'maxIterations'];
  const picked = names.map((name) => [name, newer(inState[name], inEvents[name], sources)]);
  const inMeta = withSource({ title: titleOf(meta) }, { kind: 'meta' });
  const known = [
    ...picked,
    ['title', inMeta.title ?? inEvents.title ?? inState.title],
    ['stats', larger(inState.stats, inEvents.stats)],
  ];
  return Object.fromEntries(known.filter(([, fact]) => fact !== undefined)) as Facts;
}

function newer<T>(
  inState: Fact<T> | undefined,
  inEvent: Fact<T> | undefined,
  sources: FactSources,
): Fact<T> | undefined {
  if (!inState || !inEvent) return inState ?? inEvent;
  return inState.value !== inEvent.value && isNewerThanState(inEvent, sources) ? inEvent : inState;
}

/**
 * base_state.json as the tree is built from it: if it is missing or can't be read, the leaf that the newest event names,
 * unless a main event follows that event, because the leaf has moved on then.
 */
export function stateWithLeaf(
  state: StateFile,
  inEvents: Facts,
  lastMain: number,
): { readonly state: StateFile; readonly leafSource: FactSource | undefined } {
  const { leaf } = inEvents;
  if (state.kind === 'valid') {
    return { state, leafSource: leafIn(state) === undefined ? undefined : { kind: 'state' } };
  }
  const isLast = leaf?.source.kind === 'event' && leaf.source.slot.index > lastMain;
  if (!leaf || !isLast) return { state, leafSource: undefined };
  return {
    state: { kind: 'valid', value: { leaf_event_id: leaf.value } },
    leafSource: leaf.source,
  };
}

/** See knownFacts. */
function isNewerThanState({ source }: Fact<unknown>, { state, log }: FactSources): boolean {
  if (source.kind !== 'event' || state.kind !== 'valid') return false;
  const { index, name } = source.slot;
  if (lastNamedEvent(state, log) >= index) return false;
  const age = (log.writtenAt(name) ?? Number.NaN) - (state.writtenAt ?? Number.NaN);
  if (Math.abs(age) > MAX_COPY_MS) return age > 0;
  return index > log.lastMain;
}

/** Index of the last event that the state names; −1 if it names none of the log. */
function lastNamedEvent(state: StateFile, log: LogAge): number {
  if (state.kind !== 'valid') return -1;
  const ids = ['leaf_event_id', 'last_user_message_id'].map((key) => ownString(state.value, key));
  return largest(ids.map((id) => (id === undefined ? -1 : (log.indexOf(id) ?? -1))));
}

/** Whether an event of the log can be newer than the state, although other events follow it. */
export function canBeOlderThanLog(state: StateFile, newestWrittenAt: number | undefined): boolean {
  if (state.kind !== 'valid') return true;
  return (newestWrittenAt ?? 0) - (state.writtenAt ?? Number.POSITIVE_INFINITY) > MAX_COPY_MS;
}

function larger(
  inState: Fact<JsonValue> | undefined,
  inEvent: Fact<JsonValue> | undefined,
): Fact<JsonValue> | undefined {
  if (!inState || !inEvent) return inState ?? inEvent;
  const [a, b] = [amountIn(inState.value), amountIn(inEvent.value)];
  const difference = b.tokens - a.tokens || b.cost - a.cost || b.responses - a.responses;
  return difference > 0 ? inEvent : inState;
}

/** How much usage a record of it contains. */
function amountIn(stats: JsonValue): { tokens: number; cost: number; responses: number } {
  const amount = { tokens: 0, cost: 0, responses: 0 };
  const add = (value: JsonValue | undefined) => (typeof value === 'number' ? value : 0);
  for (const metrics of Object.values(metricsByUsageId(stats))) {
    const tokens = own(metrics, 'accumulated_token_usage');
    const list = own(metrics, 'token_usages');
    amount.cost += add(own(metrics, 'accumulated_cost'));
    amount.tokens += add(own(tokens, 'prompt_tokens')) + add(own(tokens, 'completion_tokens'));
    amount.responses += Array.isArray(list) ? list.length : 0;
  }
  return amount;
}
