/** Longest time that reading ahead takes from the browser in one go. */
const MAX_READ_AHEAD_MS = 10;
/** The same, for a browser that does not say how much time is left. */
const DEFAULT_READ_AHEAD_MS = 5;
const IDLE_FALLBACK_MS = 50;

/** Text as the filter compares it. Letters with accents can be written in two ways: NFC makes them one. */
export function normalizeText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** The normalized texts of the events: each is read when first needed, or while the browser is idle. */
export class SearchTexts {
  readonly #articles: readonly HTMLElement[];
  readonly #texts: string[] = [];
  #next = 0;

  constructor(articles: readonly HTMLElement[]) {
    this.#articles = articles;
  }

  textOf(position: number): string {
    this.#texts[position] ??= normalizeText(this.#articles[position]?.textContent ?? '');
    return this.#texts[position];
  }

  readAhead(): void {
    whenIdle((deadline) => {
      const left = deadline?.timeRemaining() ?? DEFAULT_READ_AHEAD_MS;
      const end = performance.now() + Math.min(MAX_READ_AHEAD_MS, left);
      while (this.#next < this.#articles.length && performance.now() < end) {
        this.textOf(this.#next++);
      }
      if (this.#next < this.#articles.length) this.readAhead();
    });
  }
}

/** Safari has no idle callbacks. */
function whenIdle(work: (deadline?: IdleDeadline) => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work);
  else setTimeout(work, IDLE_FALLBACK_MS);
}
