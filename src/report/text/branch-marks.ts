import type { EventRecord } from '../../history/event-record.ts';
import type { Standing, Standings } from '../../history/branch-status.ts';
import type { Slot } from '../../domain/slot.ts';

const MARKS = { active: '', off: 'off branch', side: '', beyond: 'beyond a gap' } as const;

/** Says in a few words that the conversation does not go on from an event, or that the model forgot it. */
export function markOf(standings: Standings, record: Pick<EventRecord, 'slot' | 'told'>): string {
  return standings.forgottenBy(record) ? 'forgotten' : MARKS[standings.of(record)];
}

/** The mark in brackets, with a space after it; nothing for an event without one. */
export function bracketed(mark: string): string {
  return mark === '' ? '' : `[${mark}] `;
}

/** Marks of events by their slots. */
export interface Marks {
  /** As `markOf`; nothing for an event that is not known. */
  of(slot: Slot): string;
  /** For JSON. */
  meta(slot: Slot): { branch: Standing; forgotten_by: string | null } | undefined;
}

export function makeMarks(standings: Standings): Marks {
  const records = new Map(
    standings.history.records.map((record) => [record.slot.name, record] as const),
  );
  return {
    of({ name }) {
      const record = records.get(name);
      return record ? markOf(standings, record) : '';
    },
    meta({ name }) {
      const record = records.get(name);
      if (!record) return undefined;
      const forgotten = standings.forgottenBy(record)?.slot.id ?? null;
      return { branch: standings.of(record), forgotten_by: forgotten };
    },
  };
}
