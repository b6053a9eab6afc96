import type { EventList } from './event-list.ts';
import type { Filter } from './filter.ts';
import type { ReadingPosition } from './reading-position.ts';

/** A filter of the export may have left the other half of a call out of the page: no link then. */
export function removeDeadLinks(events: EventList): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.other')) {
    if (events.positionOf(link.hash.slice(1)) === undefined) link.removeAttribute('href');
  }
}

/** Goes to the event that the address bar names, whenever it names another. Clears a filter that hides it. */
export function followLinks(events: EventList, filter: Filter, reading: ReadingPosition): void {
  const follow = () => {
    const position = events.positionOf(location.hash.slice(1));
    if (position === undefined) return;
    filter.reveal(position);
    reading.goTo(position);
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
