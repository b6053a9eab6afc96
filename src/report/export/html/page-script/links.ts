import type { EventList } from './event-list.ts';
import type { Filter } from './filter.ts';
import type { ReadingPosition } from './reading-position.ts';

/** An event that could not be read when the page was written is not on it: no link then. */
export function removeDeadLinks(events: EventList): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.to-event')) {
    if (events.positionOf(link.hash.slice(1)) === undefined) link.removeAttribute('href');
  }
}

/** Goes to the event that the address bar names, whenever it names another. Clears a filter that hides it. */
export function followLinks(events: EventList, filter: Filter, reading: ReadingPosition): void {
  const follow = () => {
    const id = location.hash.slice(1);
    const position = events.positionOf(id);
    const element = document.getElementById(id);
    if (position === undefined || !element) return;
    filter.reveal(position, element);
    reading.goTo(position, element);
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    const href = link?.getAttribute('href');
    // For a link to where the page already is, the browser reports no change.
    if (href && href === location.hash) follow();
  });
  follow();
}
