import { decode } from '../../src/conversation/decode.ts';
import { isFault, type LoadedEvent, type Outcome } from '../../src/model/event.ts';
import type { Slot } from '../../src/model/slot.ts';
import type { Source } from '../../src/query/source.ts';

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
  const event = decode(slot, Buffer.from(text));
  if (isFault(event)) throw new Error(event.message);
  return event;
}

/** A source that holds its outcomes in memory, and tells which slots were read. */
export function memorySource(outcomes: readonly Outcome[]): Source & { reads: Slot[] } {
  const reads: Slot[] = [];
  const known = new Map(outcomes.map((outcome) => [outcome.slot.name, outcome]));
  return {
    slots: outcomes.map(({ slot }) => slot),
    reads,
    async *read(slots) {
      for (const slot of slots) {
        reads.push(slot);
        yield known.get(slot.name) as Outcome;
      }
    },
  };
}

/** `2026-01-01T00:00:00` and so many microseconds, as the SDK writes it. */
export function stampAt(us: number): string {
  const base = new Date(Date.UTC(2026, 0, 1) + Math.floor(us / 1000)).toISOString().slice(0, 19);
  const fraction = us % 1_000_000;
  return fraction === 0 ? base : `${base}.${String(fraction).padStart(6, '0')}`;
}
