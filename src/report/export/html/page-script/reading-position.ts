import { elementById } from './elements.ts';
import type { EventList } from './event-list.ts';

/** Room between the toolbar and an event that was jumped to. */
const GAP_PX = 8;
/** An event that ends less than this below the toolbar is no longer the one being read. */
const READING_LINE_PX = 12;

/** Which event the reader is at, and how to go to another. */
export class ReadingPosition {
  readonly #events: EventList;
  readonly #toolbar = elementById('tools', HTMLElement);
  /** The event that was jumped to last. A click on a jump button moves the focus away from it. */
  #reached: number | undefined;

  constructor(events: EventList) {
    this.#events = events;
    new ResizeObserver(() => {
      const height = `${this.#toolbar.offsetHeight + GAP_PX}px`;
      document.documentElement.style.setProperty('--stuck', height);
    }).observe(this.#toolbar);
  }

  /** Whether the reader has scrolled down to the events: the toolbar is then stuck to the top. */
  isInEvents(): boolean {
    return this.#toolbar.getBoundingClientRect().top <= 0;
  }

  /**
   * Position of the event being read: the focused event or the one last jumped to, if in sight, else the first
   * shown event below the toolbar. If that event starts further down, half a position less, so that "next"
   * leads to it. Undefined where the page has no events.
   */
  current(): number | undefined {
    const { shown, articles } = this.#events;
    const visible = this.#focusedOrReached();
    if (visible !== undefined) return visible;
    const line = this.#toolbar.getBoundingClientRect().bottom + READING_LINE_PX;
    const position = shown[Math.min(this.#firstShownBelow(line), shown.length - 1)] ?? 0;
    const article = articles[position];
    if (!article) return undefined;
    return article.getBoundingClientRect().top > line ? position - 0.5 : position;
  }

  #focusedOrReached(): number | undefined {
    const focused = this.#events.positionOf(document.activeElement?.closest('.event')?.id);
    return [focused, this.#reached].find((position) => {
      if (position === undefined || !this.#events.isShown(position)) return false;
      const box = this.#events.articles[position]?.getBoundingClientRect();
      return box !== undefined && box.bottom > 0 && box.top < innerHeight;
    });
  }

  /**
   * @param line vertical position in the window, in CSS pixels
   * @returns place in `shown` of the first event that ends below the line, else the number of events shown
   */
  #firstShownBelow(line: number): number {
    const { shown, articles } = this.#events;
    let [low, high] = [0, shown.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const article = articles[shown[middle] as number] as HTMLElement;
      if (article.getBoundingClientRect().bottom > line) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** @param element in the card at the position; the card itself if undefined */
  scrollTo(position: number, element = this.#events.articles[position]): void {
    element?.scrollIntoView({ block: 'start' });
    // Events that came into sight are laid out only now, which may have moved this one.
    requestAnimationFrame(() => element?.scrollIntoView({ block: 'start' }));
  }

  /**
   * Scrolls to an event, focuses it, and puts its link into the address bar.
   * @param element an event in the card at the position; the card itself if undefined
   */
  goTo(position: number, element = this.#events.articles[position]): void {
    if (!element) return;
    this.#reached = position;
    this.scrollTo(position, element);
    element.focus({ preventScroll: true });
    try {
      history.replaceState(null, '', `#${element.id}`);
    } catch {
      // A sandboxed frame must not change its address, and Safari limits how often a page may.
    }
  }

  /** Moves the focus from a field to the event being read, or to the page: single keys work again. */
  takeFocus(): void {
    const position = this.isInEvents() ? this.current() : undefined;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (position === undefined) return;
    this.#events.articles[Math.ceil(position)]?.focus({ preventScroll: true });
  }
}
