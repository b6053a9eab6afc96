import type { EventRecord } from '../../../history/event-record.ts';

/** Id of each event's element, by the name of the event's file: two events can have the same index. */
export type Anchors = ReadonlyMap<string, string>;

export function anchorsOf(records: readonly EventRecord[]): Anchors {
  const counts = new Map<number, number>();
  return new Map(
    records.map(({ slot: { name, index } }) => {
      const count = (counts.get(index) ?? 0) + 1;
      counts.set(index, count);
      return [name, `event-${index}${count > 1 ? `-${count}` : ''}`];
    }),
  );
}

export function anchorOf({ slot }: EventRecord, anchors: Anchors): string {
  return anchors.get(slot.name) ?? `event-${slot.index}`;
}
