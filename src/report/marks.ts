import type { EventRecord } from '../history/record.ts';
import type { Standings } from '../history/standing.ts';

const MARKS = { active: '', off: 'off branch', side: '', beyond: 'beyond a gap' } as const;

/** Says in a few words that the conversation does not go on from an event, or that the model forgot it. */
export function markOf(standings: Standings, record: Pick<EventRecord, 'slot' | 'told'>): string {
  const mark = MARKS[standings.of(record)];
  const forgotten = standings.forgottenBy(record);
  return forgotten ? `forgotten by ${forgotten.slot.index}` : mark;
}

/** The mark in brackets, with a space after it; nothing for an event without one. */
export function bracketed(mark: string): string {
  return mark === '' ? '' : `[${mark}] `;
}
