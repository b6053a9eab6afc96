import { isFault, type LoadedEvent, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventSource } from '../../src/domain/scan.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { decodeEvent } from '../../src/storage/decode-event.ts';

/** An event id for an index, of the shape that the SDK gives. */
export function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** The name under which the SDK writes an event. */
export function eventName(index: number, id: string): string {
  return `event-${String(index).padStart(5, '0')}-${id}.json`;
}

export function slotOf(index: number, id = idOf(index)): Slot {
  return { index, id, name: eventName(index, id), type: 'file' };
}

export function loaded(slot: Slot, value: object | string): LoadedEvent {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const event = decodeEvent(slot, Buffer.from(text));
  if (isFault(event)) throw new Error(event.message);
  return event;
}

/** A source that holds its outcomes in memory, and records which slots were read. */
export function memorySource(outcomes: readonly ReadOutcome[]): EventSource & { reads: Slot[] } {
  const reads: Slot[] = [];
  return {
    slots: outcomes.map(({ slot }) => slot),
    reads,
    confirmEntries: () => true,
    peekEntry: () => undefined,
    async scan(positions, _, visitor) {
      for (const position of positions) {
        const outcome = outcomes[position] as ReadOutcome;
        reads.push(outcome.slot);
        const isDone = isFault(outcome)
          ? visitor.fault(outcome, position)
          : visitor.entry(outcome.entry, outcome, position);
        if (isDone) return;
      }
    },
  };
}

const EACH_EVENT = { needsBody: () => true, mayNeedBodies: true };

/** All events of a source, each whole, or why it can't be read. */
export async function outcomesOf(
  source: Pick<EventSource, 'slots' | 'scan'>,
): Promise<ReadOutcome[]> {
  const outcomes: ReadOutcome[] = [];
  await source.scan([...source.slots.keys()], EACH_EVENT, {
    entry(_, event) {
      if (!event) throw new Error('an event that was asked for did not come');
      outcomes.push(event);
      return undefined;
    },
    fault(fault) {
      outcomes.push(fault);
      return undefined;
    },
  });
  return outcomes;
}

/** `2026-01-01T00:00:00` and so many microseconds, as the SDK writes it. */
export function stampAt(us: number): string {
  const base = new Date(Date.UTC(2026, 0, 1) + Math.floor(us / 1000)).toISOString().slice(0, 19);
  const fraction = us % 1_000_000;
  return fraction === 0 ? base : `${base}.${String(fraction).padStart(6, '0')}`;
}
