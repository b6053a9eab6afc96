import { elementById } from './elements.ts';
import type { EventList } from './event-list.ts';

/** Shows how many events the filter leaves, and optionally a sentence about what just happened. */
export function showCount({ kinds, eventsShown }: EventList, sentence?: string): void {
  const total = kinds.length;
  const count =
    eventsShown === total
      ? `${format(total)} event${total === 1 ? '' : 's'}`
      : `${format(eventsShown)} of ${format(total)} events shown`;
  const output = elementById('shown', HTMLOutputElement);
  output.textContent = sentence === undefined ? count : `${count}. ${sentence}`;
}

const format = (count: number) => count.toLocaleString('en');
