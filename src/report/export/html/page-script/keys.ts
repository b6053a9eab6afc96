import { elementById } from './elements.ts';
import type { EventList } from './event-list.ts';
import type { Filter } from './filter.ts';
import { toggleFolds } from './folds.ts';
import type { Jump } from './jumps.ts';
import { closeKindMenu } from './kinds.ts';
import type { ReadingPosition } from './reading-position.ts';

/** What `keyCode` is while an input method composes a word; Safari reports it in no other way. */
const COMPOSING_KEY_CODE = 229;

/** Single keys, as the page's help lists them: see KEYS in page.ts. */
export function setUpKeys(
  events: EventList,
  filter: Filter,
  reading: ReadingPosition,
  jump: Jump,
): void {
  const help = elementById('help', HTMLDialogElement);
  elementById('ask', HTMLButtonElement).addEventListener('click', () => help.showModal());
  elementById('close', HTMLButtonElement).addEventListener('click', () => help.close());
  const actions = new Map<string, () => void>([
    ['j', () => jump('event', 1)],
    ['k', () => jump('event', -1)],
    ['e', () => jump('error', 1)],
    ['E', () => jump('error', -1)],
    ['u', () => jump('user', 1)],
    ['U', () => jump('user', -1)],
    ['o', () => toggleFolds(events, reading)],
    ['/', () => focusFilter(filter)],
    ['?', () => help.showModal()],
  ]);
  addEventListener('keydown', (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    // The Enter that ends a word of an input method belongs to the input method.
    if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return;
    if (key === 'Escape') closeKindMenu();
    if (event.target === filter.input) {
      keyInFilter(key, events, filter, reading);
      return;
    }
    const action = actions.get(key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function focusFilter({ input }: Filter): void {
  input.focus();
  input.select();
}

/** In the filter, Escape clears it and leaves it, Enter goes to the first event that it leaves; other keys are text. */
function keyInFilter(
  key: string,
  events: EventList,
  filter: Filter,
  reading: ReadingPosition,
): void {
  if (key !== 'Escape' && key !== 'Enter') return;
  if (key === 'Escape') filter.input.value = '';
  filter.apply();
  const first = events.shown[0];
  if (key === 'Enter' && first !== undefined) reading.goTo(first);
  if (key === 'Escape') reading.takeFocus();
}
