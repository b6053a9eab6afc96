import type { Slot } from '../../domain/slot.ts';
import type {
  BranchStatus,
  BranchStatuses,
  StatusesOfEvents,
} from '../../history/branch-status.ts';
import type { EventRecord } from '../../history/event-record.ts';

/** Side events are not marked. They belong to no branch. */
const MARK_TEXTS = {
  active: '',
  off: 'off branch',
  side: '',
  beyond: 'beyond a gap',
  unknown: 'branch not known',
} as const;

/** A short mark for an event that is, or can be, off the active branch or forgotten; empty for all others. */
export function markOf(
  statuses: StatusesOfEvents,
  record: Pick<EventRecord, 'slot' | 'fields'>,
): string {
  return statuses.forgottenBy(record) ? 'forgotten' : MARK_TEXTS[statuses.of(record)];
}

/** The mark in brackets, with a space after it; empty if the mark is empty. */
export function bracketed(mark: string): string {
  return mark === '' ? '' : `[${mark}] `;
}

/** The marks of events, looked up by slot. */
export interface BranchMarks {
  /** As `markOf`; empty for an unknown event. */
  of(slot: Slot): string;
  /** Fields for JSON output; undefined for an unknown event. */
  meta(slot: Slot): BranchFields | undefined;
}

/** Where an event is in the tree, for JSON output. */
interface BranchFields {
  readonly branch: BranchStatus;
  readonly forgotten: boolean | null;
  readonly forgotten_by: string | null;
}

export function branchFields(
  statuses: StatusesOfEvents,
  record: Pick<EventRecord, 'slot' | 'fields'>,
): BranchFields {
  return {
    branch: statuses.of(record),
    forgotten: statuses.isForgotten(record) ?? null,
    forgotten_by: statuses.forgottenBy(record)?.slot.id ?? null,
  };
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
      return record && branchFields(statuses, record);
    },
  };
}
