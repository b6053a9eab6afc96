import type { Entry } from '../../domain/entry.ts';
import type { Fault } from '../../domain/event.ts';
import { isStep } from '../../domain/event-kinds.ts';
import { leafOf, type PathNode } from '../../domain/knowledge/known-path.ts';
import type { Slot } from '../../domain/slot.ts';
import type { StateFile } from '../../domain/state-file.ts';
import { BranchWalk, parentAt, positionOf, type WalkedLog } from './branch-walk.ts';
import { isUserMessage } from './clauses.ts';

/** An event at the end of a log. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly position: number;
}

/** How an event log ends, on the branch that the conversation goes on from. */
export interface LogEnd {
  /** How many event files there are. */
  readonly events: number;
  /** The last event of the branch; undefined if it is not known, or if there is none. */
  readonly leaf: Slot | undefined;
  /** The last message, action, result, condensation or pause; undefined if there is none that can be read. */
  readonly last: PlacedEntry | undefined;
  /** The newest such event of another branch, if it was written after the leaf: somebody went back then. */
  readonly otherBranch: PlacedEntry | undefined;
  /** The error of the conversation after `last`; if the status is `error`, the last one after the user's last message. */
  readonly error: PlacedEntry | undefined;
  /** The first event after `last` whose contents are not known. */
  readonly lost: LostEnd | undefined;
  /** Positions of the last steps after the user's last message, and after any lost event. At most MAX_TURN_EVENTS. */
  readonly turn: readonly number[];
}

/** An event at the end whose contents are not known. */
interface LostEnd {
  readonly index: number;
  readonly kind: 'missing' | 'unreadable' | 'in-flight';
}

/** A log whose end is looked at. */
export interface EndedLog extends WalkedLog {
  /** The entry at each position; undefined where the event can't be read. */
  readonly entries: readonly (Entry | undefined)[];
  /** Why events can't be read. */
  readonly faults: readonly Fault[];
  /** `execution_status`; undefined if it is not known. */
  readonly status: string | undefined;
  /** base_state.json as the tree is built from it, see stateWithLeaf. */
  readonly treeState: StateFile;
}

/** As many steps as the SDK looks at to see whether the agent repeats itself: six calls with their results. */
const MAX_TURN_EVENTS = 12;

/** Looks at the end of a log. It reads only the events whose parents it needs. */
export async function logEndOf(log: EndedLog): Promise<LogEnd> {
  const { slots, entries, status } = log;
  const start = await startOf(log);
  const isKnown = start !== undefined;
  const walk = new BranchWalk(log, start ?? slots.length - 1, isKnown);
  const { otherBranch, lost: lostAfter } = afterLeaf(log, start ?? slots.length - 1);
  const { last, lost } = await lastStep(log, walk, lostAfter);
  const isTurnNeeded = (status === undefined || status === 'stuck') && !lost;
  return {
    events: slots.length,
    leaf: isKnown && start >= 0 ? slots.at(start) : undefined,
    last: last === undefined ? undefined : { entry: entries[last] as Entry, position: last },
    otherBranch,
    error: await errorOf(log, walk, last ?? -1),
    lost,
    turn: isTurnNeeded ? await turnOf(log, walk) : [],
  };
}

/** Position of the leaf: −1 if there is none, undefined if it is not known. */
async function startOf(log: EndedLog): Promise<number | undefined> {
  const { slots, status, treeState } = log;
  const positionIn = (state: StateFile): number | undefined => {
    const leaf = leafOf(nodesBack(log), state);
    if ('unknown' in leaf) return undefined;
    return leaf.id === null ? -1 : positionOf(slots, leaf.id);
  };
  const stated = positionIn(treeState);
  if (status !== 'running' || stated === undefined) return stated;
  // A running agent writes an event before it saves the state, so its newest event counts.
  const newest = positionIn({ kind: 'absent' });
  if (newest === undefined || newest === stated) return newest;
  return (await new BranchWalk(log, newest, true).passes(stated)) ? newest : stated;
}

function* nodesBack({ slots, entries }: EndedLog): Generator<PathNode> {
  for (let position = slots.length - 1; position >= 0; position--) {
    const kind = entries[position]?.kind;
    const slot = slots.at(position) as Slot;
    yield { slot, fields: kind === undefined ? undefined : { kind, parentId: undefined } };
  }
}

/** What was written after the leaf. */
function afterLeaf(log: EndedLog, leaf: number): Pick<LogEnd, 'otherBranch' | 'lost'> {
  const { slots, entries } = log;
  let first: number | undefined;
  for (let position = slots.length - 1; position > leaf; position--) {
    const entry = entries[position];
    if (entry && isStep(entry.kind)) return { otherBranch: { entry, position }, lost: undefined };
    if (!entry || missingAfter(log, position - 1)) first = position;
  }
  // Finding a fault takes time, so only the first event is looked up.
  const lost =
    first === undefined ? undefined : (missingAfter(log, first - 1) ?? unreadableAt(log, first));
  return { otherBranch: undefined, lost };
}

/** The event at a position, if it can't be read. */
function unreadableAt({ slots, entries, faults }: EndedLog, position: number): LostEnd | undefined {
  const index = slots.at(position)?.index ?? 0;
  return entries[position] ? undefined : { index, kind: faultKind(faults, index) };
}

/** The first event that is missing between a position and the next one. */
function missingAfter({ slots }: EndedLog, position: number): LostEnd | undefined {
  const [slot, next] = [slots.at(position), slots.at(position + 1)];
  if (!slot || !next || next.index <= slot.index + 1) return undefined;
  return { index: slot.index + 1, kind: 'missing' };
}

function faultKind(faults: readonly Fault[], index: number): LostEnd['kind'] {
  const fault = faults.find(({ slot }) => slot.index === index);
  return fault?.code === 'in-flight-write' ? 'in-flight' : 'unreadable';
}

/** The last step of the branch, and the first event after it whose contents are not known. */
async function lastStep(
  log: EndedLog,
  walk: BranchWalk,
  lostAfter: LostEnd | undefined,
): Promise<{ readonly last: number | undefined; readonly lost: LostEnd | undefined }> {
  let missing = lostAfter;
  let unreadable: number | undefined;
  // Finding a fault takes time, so only the first event is looked up.
  const lost = () => (unreadable === undefined ? missing : unreadableAt(log, unreadable));
  for await (const { position, isKnown } of walk.steps()) {
    const entry = log.entries[position];
    const gap = isKnown ? undefined : missingAfter(log, position);
    if (gap) [missing, unreadable] = [gap, undefined];
    if (entry && isStep(entry.kind)) return { last: position, lost: lost() };
    if (!entry) unreadable = position;
  }
  return { last: undefined, lost: lost() };
}

/** See LogEnd.error. @param last position of the last step; −1 if there is none */
async function errorOf(
  log: EndedLog,
  walk: BranchWalk,
  last: number,
): Promise<PlacedEntry | undefined> {
  const { entries, slots, status } = log;
  for (let position = slots.length - 1; position >= 0; position--) {
    if (status !== 'error' && position < last) return undefined;
    const entry = entries[position];
    if (entry?.kind !== 'ConversationErrorEvent') continue;
    const parent = await parentAt(log, position);
    if (parent === null) return { entry, position };
    if (parent !== undefined && !(await walk.passes(parent))) continue;
    return (parent ?? position) < (await userMessageAt(log, walk))
      ? undefined
      : { entry, position };
  }
  return undefined;
}

/** Position of the user's last message of the branch; −1 if there is none. */
async function userMessageAt({ entries }: EndedLog, walk: BranchWalk): Promise<number> {
  for await (const { position } of walk.steps()) {
    const entry = entries[position];
    if (entry && isUserMessage(entry)) return position;
  }
  return -1;
}

/** See LogEnd.turn. */
async function turnOf(log: EndedLog, walk: BranchWalk): Promise<number[]> {
  const turn: number[] = [];
  for await (const { position, isKnown } of walk.steps()) {
    const entry = log.entries[position];
    const isAfterLost = !entry || (!isKnown && missingAfter(log, position));
    if (isAfterLost || isUserMessage(entry) || turn.length === MAX_TURN_EVENTS) break;
    if (isStep(entry.kind)) turn.unshift(position);
  }
  return turn;
}
