import type { Outcome } from '../../src/domain/event.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { makeSubject, type Subject } from '../../src/verification/rule-context.ts';
import { memorySource } from './memory.ts';

/** A subject of events alone: at rest, with nothing beside them. */
export function subjectOf(
  slots: readonly Slot[],
  outcomeOf: (slot: Slot) => Outcome,
): Promise<Subject> {
  return makeSubject({
    ...memorySource(slots.map(outcomeOf)),
    strangers: [],
    folderId: undefined,
    state: { is: 'absent' },
    meta: { is: 'absent' },
    lease: { is: 'absent' },
    isLive: false,
    now: 0,
    seal: undefined,
  });
}
