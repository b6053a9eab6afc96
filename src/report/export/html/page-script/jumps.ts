import type { EventList } from './event-list.ts';
import type { ReadingPosition } from './reading-position.ts';
import { showCount } from './status.ts';

/** What the jump buttons and keys lead to. */
type JumpTarget = 'event' | 'error' | 'user';
/** 1: later. -1: earlier. */
type Direction = 1 | -1;
export type Jump = (target: JumpTarget, direction: Direction) => void;

/** Goes to the next or previous shown event of a sort, or reports that there is none. */
export function jumpIn(events: EventList, reading: ReadingPosition): Jump {
  const targets: Record<JumpTarget, { name: string; fits: (position: number) => boolean }> = {
    event: { name: 'event', fits: () => true },
    error: { name: 'error', fits: (position) => events.isError(position) },
    user: { name: 'event of the user', fits: (position) => events.isFromUser(position) },
  };
  return (target, direction) => {
    const { name, fits } = targets[target];
    const from = reading.current() ?? 0;
    const next =
      direction > 0
        ? events.shown.find((position) => position > from && fits(position))
        : events.shown.findLast((position) => position < from && fits(position));
    if (next === undefined) {
      showCount(events, `No ${direction > 0 ? 'later' : 'earlier'} ${name}.`);
      return;
    }
    showCount(events);
    reading.goTo(next);
  };
}

export function setUpJumpButtons(jump: Jump): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-jump]')) {
    const { jump: target, way } = button.dataset;
    button.addEventListener('click', () => jump(target as JumpTarget, Number(way) as Direction));
  }
}
