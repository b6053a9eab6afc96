import { elementById } from './elements.ts';

/** Kinds that get a box of their own; the rarest kinds beyond these share one. */
const MAX_KIND_BOXES = 16;

/** A box of the toolbar that shows or hides the events of some kinds. */
export interface KindSwitch {
  readonly box: HTMLInputElement;
  readonly kinds: readonly string[];
}

interface KindGroup {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly count: number;
}

/** Adds a checked box for every kind to the menu, the most frequent kind first. */
export function addKindSwitches(kinds: readonly string[]): KindSwitch[] {
  const fieldset = document.querySelector('#kinds fieldset');
  return groupKinds(kinds).map(({ name, kinds, count }) => {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = true;
    const number = document.createElement('span');
    number.className = 'many';
    number.textContent = count.toLocaleString('en');
    label.append(box, name, number);
    fieldset?.append(label);
    return { box, kinds };
  });
}

function groupKinds(kinds: readonly string[]): KindGroup[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sorted = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => ({ name: kind, kinds: [kind], count }));
  const rest = sorted.slice(MAX_KIND_BOXES);
  if (rest.length === 0) return sorted;
  const others = {
    name: `${rest.length} other kinds`,
    kinds: rest.map(({ name }) => name),
    count: rest.reduce((sum, { count }) => sum + count, 0),
  };
  return [...sorted.slice(0, MAX_KIND_BOXES), others];
}

/** The menu of kinds closes when the reader clicks elsewhere or moves the focus elsewhere. */
export function setUpKindMenu(): void {
  const menu = kindMenu();
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('#kinds')) menu.open = false;
  });
}

/** Closes the menu of kinds. A focus inside goes back to the menu's button. */
export function closeKindMenu(): void {
  const menu = kindMenu();
  if (menu.open && menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
  menu.open = false;
}

const kindMenu = () => elementById('kinds', HTMLDetailsElement);
