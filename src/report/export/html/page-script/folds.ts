import type { EventList } from './event-list.ts';
import type { ReadingPosition } from './reading-position.ts';

/** Opens all folds in the event being read; closes them where all are open. */
export function toggleFolds(events: EventList, reading: ReadingPosition): void {
  const position = Math.ceil(reading.current() ?? -1);
  const folds = [...(events.articles[position]?.querySelectorAll('details') ?? [])];
  const isOpening = folds.some(({ open }) => !open);
  for (const fold of folds) fold.open = isOpening;
}
