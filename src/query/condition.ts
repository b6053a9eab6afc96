import type { Entry } from '../domain/entry.ts';
import type { LoadedEvent } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';

/**
 * One thing that a filter asks, by how much of an event it takes to answer: its file's name, its
 * digest, or all of it.
 */
export type Condition =
  | { readonly level: 'name'; readonly holds: (slot: Slot) => boolean }
  | { readonly level: 'entry'; readonly holds: (entry: Entry) => boolean }
  | { readonly level: 'body'; readonly holds: (event: LoadedEvent) => boolean };
