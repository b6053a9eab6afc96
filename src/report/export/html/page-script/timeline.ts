import type { EventList } from './event-list.ts';

const ARROW_DIRECTIONS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowLeft', -1],
]);

/** The columns of the timeline, which are links to events. */
export function setUpTimeline(events: EventList): void {
  const columns = [...document.querySelectorAll<SVGAElement>('.timeline a')];
  for (const column of columns) pointToShown(column, events);
  // The Tab key stops at one column only; the arrow keys go on from there.
  columns[0]?.setAttribute('tabindex', '0');
  const picture = document.querySelector<SVGSVGElement>('.timeline svg');
  picture?.addEventListener('keydown', (event) => {
    const direction = ARROW_DIRECTIONS.get(event.key);
    if (direction === undefined) return;
    const focused = columns.findIndex((column) => column.matches(':focus'));
    const next = columns[focused + direction];
    if (!next) return;
    event.preventDefault();
    document.activeElement?.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  });
}

/** If the page does not have the event that the column links to, links it to the next one that it has. */
function pointToShown(column: SVGAElement, events: EventList): void {
  const id = column.getAttribute('href')?.slice(1) ?? '';
  if (events.positionOf(id) !== undefined) return;
  const next = events.articles.find((article) => indexIn(article.id) >= indexIn(id));
  if (next) column.setAttribute('href', `#${next.id}`);
  else column.removeAttribute('href');
}

/** @param id `event-12` or `event-12-2` */
function indexIn(id: string): number {
  return Number(id.split('-')[1]);
}
