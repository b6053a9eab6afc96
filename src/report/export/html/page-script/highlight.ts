/** Marks in one event: more would make the browser slow. */
const MAX_MARKS_PER_EVENT = 500;

/**
 * Marks the filter's matches in events that come into sight. It uses the browser's highlights, which need no
 * change of the elements. A browser without highlights marks nothing.
 */
export class MatchHighlighter {
  readonly #highlight: Highlight | undefined;
  readonly #observer: IntersectionObserver;
  #needle = '';
  #marked = new Set<Element>();

  constructor() {
    const isSupported = 'Highlight' in window && 'highlights' in CSS;
    this.#highlight = isSupported ? new Highlight() : undefined;
    if (this.#highlight) CSS.highlights.set('found', this.#highlight);
    this.#observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.#mark(target);
    });
  }

  /**
   * @param needle normalized text to mark; nothing where it is empty
   * @param articles events that contain it
   */
  show(needle: string, articles: Iterable<Element>): void {
    if (!this.#highlight) return;
    this.#needle = needle;
    this.#marked = new Set();
    this.#highlight.clear();
    this.#observer.disconnect();
    if (needle === '') return;
    for (const article of articles) this.#observer.observe(article);
  }

  #mark(article: Element): void {
    if (this.#marked.has(article)) return;
    this.#marked.add(article);
    let left = MAX_MARKS_PER_EVENT;
    for (const node of textNodesOf(article)) {
      for (const start of matchesIn(node.data, this.#needle)) {
        if (left-- <= 0) return;
        this.#highlight?.add(rangeIn(node, start, this.#needle.length));
        openFoldAround(node);
      }
    }
  }
}

function* textNodesOf(article: Element): Generator<Text> {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node as Text;
}

/** Where the needle starts in the text, in UTF-16 units. */
function* matchesIn(original: string, needle: string): Generator<number> {
  const text = original.toLowerCase();
  // Where lower case is longer than upper case, the positions would not fit the original text.
  if (text.length !== original.length) return;
  let from = text.indexOf(needle);
  while (from >= 0) {
    yield from;
    from = text.indexOf(needle, from + needle.length);
  }
}

function rangeIn(node: Text, start: number, length: number): Range {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, start + length);
  return range;
}

/** The reader should see a match inside a fold. */
function openFoldAround(node: Text): void {
  let fold = node.parentElement?.closest('details');
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest('details');
  }
}
