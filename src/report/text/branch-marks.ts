import type { Slot } from '../../domain/slot.ts';
import type { BranchStatus, BranchStatuses } from '../../history/branch-status.ts';
import type { EventRecord } from '../../history/event-record.ts';

const MARK_TEXTS = { active: '', off: 'off branch', side: '', beyond: 'beyond a gap' } as const;

/** Says in a few words that the conversation does not go on from an event, or that the model forgot it. */
export function markOf(
  statuses: BranchStatuses,
  record: Pick<EventRecord, 'slot' | 'fields'>,
): string {
  return statuses.forgottenBy(record) ? 'forgotten' : MARK_TEXTS[statuses.of(record)];
}

/** The mark in brackets, with a space after it; nothing for an event without one. */
export function bracketed(mark: string): string {
  return mark === '' ? '' : `[${mark}] `;
}

/** Marks of events by their slots. */
export interface BranchMarks {
  /** As `markOf`; nothing for an event that is not known. */
  of(slot: Slot): string;
  /** For JSON. */
  meta(slot: Slot): { branch: BranchStatus; forgotten_by: string | null } | undefined;
}

export function makeMarks(statuses: BranchStatuses): BranchMarks {
  const records = new Map(
    statuses.history.records.map((record) => [record.slot.name, record] as const),
  );
  return {
    of({ name }) {
      const record = records.get(name);
      return record ? markOf(statuses, record) : '';
    },
    meta({ name }) {
      const record = records.get(name);
      if (!record) return undefined;
      const forgotten = statuses.forgottenBy(record)?.slot.id ?? null;
      return { branch: statuses.of(record), forgotten_by: forgotten };
    },
  };
}
