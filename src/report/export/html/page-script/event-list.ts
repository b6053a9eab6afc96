/**
 * The events of the page, in order, and which of them the filter shows.
 * The position of an event is its place in this list, from 0; positions count hidden events, too.
 */
export class EventList {
  readonly articles: readonly HTMLElement[];
  readonly kinds: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #isShown: boolean[];
  #shown: readonly number[];

  constructor() {
    this.articles = [...document.querySelectorAll<HTMLElement>('.event')];
    this.kinds = this.articles.map(({ dataset }) => dataset.kind ?? '');
    this.#positions = new Map(this.articles.map((article, position) => [article.id, position]));
    this.#isShown = this.articles.map(() => true);
    this.#shown = [...this.articles.keys()];
  }

  /** Positions of the events that are shown, ascending. */
  get shown(): readonly number[] {
    return this.#shown;
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

  /** Shows the events that pass the test, and hides the others. */
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
