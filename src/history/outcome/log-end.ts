import type { Entry } from '../../domain/entry.ts';
import type { Fault } from '../../domain/event.ts';
import { isStep } from '../../domain/event-kinds.ts';
import type { Slots } from '../../domain/slot.ts';

/** An event at the end of a log. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly position: number;
}

/** How an event log ends, from its entries alone. */
export interface LogEnd {
  /** How many event files there are. */
  readonly events: number;
  /** The last message, action, result, condensation or pause; undefined if there is none that can be read. */
  readonly last: PlacedEntry | undefined;
  /** The last error of the conversation after the user's last message. */
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

/** As many steps as the SDK looks at to see whether the agent repeats itself: six calls with their results. */
const MAX_TURN_EVENTS = 12;

/**
 * @param slots the event files
 * @param entries the entry at each position; undefined where the event can't be read
 * @param faults why events can't be read
 */
export function logEndOf(
  slots: Slots,
  entries: readonly (Entry | undefined)[],
  faults: readonly Fault[],
): LogEnd {
  const turn: number[] = [];
  let last: PlacedEntry | undefined;
  let error: PlacedEntry | undefined;
  let lost: (Omit<LostEnd, 'kind'> & { readonly isMissing: boolean }) | undefined;
  let isTurnOver = false;
  let next: number | undefined;
  for (let position = slots.length - 1; position >= 0; position--) {
    const index = slots.at(position)?.index ?? 0;
    const isAfterGap = next !== undefined && index < next - 1;
    next = index;
    const entry = entries[position];
    if (isAfterGap || !entry) {
      isTurnOver = true;
      if (!last && isAfterGap) lost = { index: index + 1, isMissing: true };
      if (!last && !entry) lost = { index, isMissing: false };
      if (!entry) continue;
    }
    if (entry.kind === 'ConversationErrorEvent') error ??= { entry, position };
    if (!isStep(entry.kind)) continue;
    last ??= { entry, position };
    if (entry.kind === 'MessageEvent' && entry.source === 'user') break;
    if (!isTurnOver && turn.length < MAX_TURN_EVENTS) turn.unshift(position);
  }
  const kind = lost && (lost.isMissing ? 'missing' : faultKind(faults, lost.index));
  return {
    events: slots.length,
    last,
    error,
    lost: lost && kind && { index: lost.index, kind },
    turn,
  };
}

function faultKind(faults: readonly Fault[], index: number): LostEnd['kind'] {
  const fault = faults.find(({ slot }) => slot.index === index);
  return fault?.code === 'in-flight-write' ? 'in-flight' : 'unreadable';
}
