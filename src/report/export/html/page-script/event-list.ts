/** A card of the page: an event, or a call with its answers. */
interface Card {
  readonly article: HTMLElement;
  /** The events in the card, each with its kind. The first one's element is the card itself. */
  readonly events: readonly { readonly element: HTMLElement; readonly kind: string }[];
}

/**
 * The cards of the page, in order, and which of them the filter shows.
 * The position of a card is its place in this list, from 0; positions count hidden cards, too.
 */
export class EventList {
  readonly articles: readonly HTMLElement[];
  /** The kind of each event of the page, answers within cards included. */
  readonly kinds: readonly string[];
  readonly #cards: readonly Card[];
  /** Id of an event's element → the position of its card. */
  readonly #positions = new Map<string, number>();
  readonly #isShown: boolean[];
  #shown: readonly number[];

  constructor() {
    this.articles = [...document.querySelectorAll<HTMLElement>('.event')];
    this.#cards = this.articles.map((article) => ({
      article,
      events: [article, ...article.querySelectorAll<HTMLElement>('.answer')].map((element) => ({
        element,
        kind: element.dataset.kind ?? '',
      })),
    }));
    this.kinds = this.#cards.flatMap(({ events }) => events.map(({ kind }) => kind));
    for (const [position, { events }] of this.#cards.entries()) {
      for (const { element } of events) this.#positions.set(element.id, position);
    }
    this.#isShown = this.articles.map(() => true);
    this.#shown = [...this.articles.keys()];
  }

  /** Positions of the cards that are shown, ascending. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** How many events are in the cards that are shown. */
  get eventsShown(): number {
    const counts = this.#shown.map(
      (position) =>
        this.#cards[position]?.events.filter(({ element }) => !isHidden(element)).length ?? 0,
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  isShown(position: number): boolean {
    return this.#isShown[position] === true;
  }

  /** @param id of the event's element */
  positionOf(id: string | undefined): number | undefined {
    return id === undefined ? undefined : this.#positions.get(id);
  }

  isError(position: number): boolean {
    return this.articles[position]?.dataset.error !== undefined;
  }

  isFromUser(position: number): boolean {
    return this.articles[position]?.dataset.source === 'user';
  }

  /** Whether a card has an event of a kind that is not hidden. */
  hasOtherKind(position: number, hiddenKinds: ReadonlySet<string>): boolean {
    return this.#cards[position]?.events.some(({ kind }) => !hiddenKinds.has(kind)) ?? false;
  }

  /** Hides the events of some kinds within their cards. Of a call whose action is hidden, the header stays. */
  hideWithin(hiddenKinds: ReadonlySet<string>): void {
    for (const { article, events } of this.#cards) {
      if (events.length === 1) continue;
      for (const { element, kind } of events) {
        const hides = hiddenKinds.has(kind);
        if (element === article) element.classList.toggle('answers-only', hides);
        else if (element.hidden !== hides) element.hidden = hides;
      }
    }
  }

  /** Shows the cards that pass the test, and hides the others. */
  showWhere(passes: (position: number) => boolean): void {
    const shown: number[] = [];
    for (const [position, article] of this.articles.entries()) {
      const isShown = passes(position);
      if (isShown) shown.push(position);
      // Writing `hidden` costs time even where it changes nothing.
      if (isShown === this.#isShown[position]) continue;
      this.#isShown[position] = isShown;
      article.hidden = !isShown;
    }
    this.#shown = shown;
  }
}

/** Whether the filter hides an event within its card. */
export function isHidden(element: HTMLElement): boolean {
  return element.hasAttribute('hidden') || element.classList.contains('answers-only');
}
