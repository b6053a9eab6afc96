import type { Entry } from '../domain/entry.ts';
import type { LoadedEvent } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';

/**
 * One condition of a filter. The level says how much of an event it needs: the name of its file, its entry, or the
 * event itself.
 */
export type Condition =
  | { readonly level: 'name'; readonly holds: (slot: Slot) => boolean }
  | { readonly level: 'entry'; readonly holds: (entry: Entry) => boolean }
  | BodyCondition;

/** @throws UndecidedMatch, from `holds` */
export interface BodyCondition {
  readonly level: 'body';
  readonly holds: (event: LoadedEvent) => boolean;
}
