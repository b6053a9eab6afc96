import { isMain } from '../../domain/event-kinds.ts';
import type { FactName, Facts } from '../../domain/facts/facts.ts';
import { canBeOlderThanLog, knownFacts, logAge } from '../../domain/facts/known-facts.ts';
import { canStateFacts, factsStatedBy, stateFacts } from '../../domain/facts/stated-facts.ts';
import type { EventSource, ScanOptions } from '../../domain/scan.ts';
import type { StateFile } from '../../domain/state-file.ts';

/** What is known about a conversation before its events are read. */
export interface FactFiles {
  readonly state: StateFile;
  readonly meta: StateFile;
  /** When an event's file was written, in ms since the epoch; undefined if that is not known. */
  writtenAt(name: string): number | undefined;
}

const NEWEST_FIRST: ScanOptions = {
  needsBody: ({ kind }) => canStateFacts(kind),
  mayNeedBodies: true,
};

/**
 * Facts about a conversation, without reading all of its events: from the end, it reads only state updates and logs of
 * completions, and stops when no earlier one can matter. The leaf is given only if no message, action or result follows
 * the event that names it.
 *
 * @param names the facts that are wanted
 * @throws ConversationGone
 */
export async function readFacts(
  source: EventSource,
  { state, meta, writtenAt }: FactFiles,
  names: readonly FactName[],
): Promise<Facts> {
  const inState = state.kind === 'valid' ? stateFacts(state.value) : {};
  const newest = source.slots.at(-1);
  const isStateOld = canBeOlderThanLog(state, newest && writtenAt(newest.name));
  let inEvents: Facts = {};
  let lastMain = -1;
  const note = (index: number) => {
    lastMain = Math.max(lastMain, index);
  };
  /** A fact in the state is compared with later events only; usage, with all. */
  const isSettled = (name: FactName) =>
    (name === 'leaf' && (state.kind === 'valid' || lastMain >= 0)) ||
    inEvents[name] !== undefined ||
    (name !== 'stats' && inState[name] !== undefined && lastMain >= 0 && !isStateOld);
  const isEnough = () => names.every(isSettled);
  await source.scan([...source.slots.keys()].reverse(), NEWEST_FIRST, {
    entry({ kind, slot }, event) {
      if (isMain(kind)) note(slot.index);
      if (event) inEvents = { ...factsStatedBy(event), ...inEvents };
      return isEnough();
    },
    fault({ slot }) {
      note(slot.index); // it could be any kind of event
      return isEnough();
    },
  });
  const { leaf } = inEvents;
  const isNewest = leaf?.source.kind === 'event' && leaf.source.slot.index > lastMain;
  return {
    ...knownFacts({ state, meta, inEvents, log: logAge(source.slots, lastMain, writtenAt) }),
    ...(isNewest && { leaf }),
  };
}
