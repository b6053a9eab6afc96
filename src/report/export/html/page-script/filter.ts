import { elementById } from './elements.ts';
import { type EventList, isHidden } from './event-list.ts';
import { MatchHighlighter } from './highlight.ts';
import { addKindSwitches, type KindSwitch } from './kinds.ts';
import type { ReadingPosition } from './reading-position.ts';
import { normalizeText, SearchTexts } from './search-text.ts';
import { showCount } from './status.ts';

/** Pause in typing after which the filter is applied. */
const TYPING_PAUSE_MS = 90;

/** The filter of the toolbar: a text, kinds, errors only. */
export class Filter {
  readonly input = elementById('filter', HTMLInputElement);
  readonly #events: EventList;
  readonly #reading: ReadingPosition;
  readonly #errorsOnly = elementById('errors', HTMLInputElement);
  readonly #kindSwitches: readonly KindSwitch[];
  readonly #texts: SearchTexts;
  readonly #highlighter = new MatchHighlighter();
  readonly #emptyNote = addEmptyNote();

  constructor(events: EventList, reading: ReadingPosition) {
    this.#events = events;
    this.#reading = reading;
    this.#texts = new SearchTexts(events.articles);
    this.#texts.readAhead();
    this.#kindSwitches = addKindSwitches(events.kinds);
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.apply(), TYPING_PAUSE_MS);
    });
    elementById('tools', HTMLElement).addEventListener('change', () => this.apply());
  }

  /** Shows the events that pass. Stays at the event being read, or goes to the next one that is left. */
  apply(): void {
    const events = this.#events;
    const before = this.#reading.isInEvents() ? this.#reading.current() : undefined;
    const needle = normalizeText(this.input.value.trim());
    const hiddenKinds = this.#hiddenKinds();
    events.showWhere(
      (position) =>
        events.hasOtherKind(position, hiddenKinds) &&
        (!this.#errorsOnly.checked || events.isError(position)) &&
        (needle === '' || this.#texts.textOf(position).includes(needle)),
    );
    events.hideWithin(hiddenKinds);
    this.#emptyNote.hidden = events.shown.length > 0 || events.articles.length === 0;
    showCount(events);
    this.#highlighter.show(needle, articlesShown(events));
    if (before !== undefined) this.#scrollNear(before);
  }

  /** Clears the filter if it hides an event. @param element the event's, at the position or within its card */
  reveal(position: number, element: HTMLElement): void {
    if (this.#events.isShown(position) && !isHidden(element)) return;
    this.input.value = '';
    this.#errorsOnly.checked = false;
    for (const { box } of this.#kindSwitches) box.checked = true;
    this.apply();
    showCount(this.#events, 'The filter was cleared.');
  }

  #hiddenKinds(): Set<string> {
    const off = this.#kindSwitches.filter(({ box }) => !box.checked);
    return new Set(off.flatMap(({ kinds }) => kinds));
  }

  #scrollNear(position: number): void {
    const { shown } = this.#events;
    const next = shown.find((one) => one >= position) ?? shown.at(-1);
    if (next !== undefined) this.#reading.scrollTo(next);
    else document.getElementById('events-title')?.scrollIntoView();
  }
}

function* articlesShown({ shown, articles }: EventList): Generator<HTMLElement> {
  for (const position of shown) {
    const article = articles[position];
    if (article) yield article;
  }
}

/** The sentence that takes the place of the events where the filter leaves none. */
function addEmptyNote(): HTMLElement {
  const note = document.createElement('p');
  note.className = 'none';
  note.textContent = 'No event matches the filter.';
  note.hidden = true;
  elementById('tools', HTMLElement).after(note);
  return note;
}
