import type { Document } from '../domain/state-file.ts';
import { type Fault, isFault, type LoadedEvent, ownString } from '../domain/event.ts';
import { type Relations, relationsOf } from '../domain/event-links.ts';
import type { SealChanges } from '../domain/manifest.ts';
import { reachable, type Slot } from '../domain/slot.ts';
import type { Source } from '../domain/event-source.ts';
import type { Timestamp } from '../time/timestamp.ts';
import { buildTree, type Tree } from '../domain/event-tree.ts';
import { checkShape, type Shape } from './event-schemas.ts';

/** What rules know of one event file. */
export interface Checked {
  readonly slot: Slot;
  /** Why it could not be read; nothing below is known then. */
  readonly fault?: Fault;
  readonly told?: Told;
}

/** What an event tells, as far as rules ask for it. Undefined is what it does not tell. */
export interface Told extends Relations {
  /** The kind as it is written. */
  readonly rawKind: string;
  readonly id: string | undefined;
  readonly stamp: Timestamp | undefined;
  readonly toolName: string | undefined;
  readonly isFromUser: boolean;
  /** What does not fit the schema of its kind. */
  readonly shape: Shape;
}

/** A conversation as rules see it: everything they need, read once. */
export interface Subject {
  /** Id that the folder's name gives; undefined where the name is none. */
  readonly folderId: string | undefined;
  readonly events: readonly Checked[];
  /** Names in the events folder that are not event files, relative to the conversation. */
  readonly strangers: readonly string[];
  /** How many events the SDK's index would hold. */
  readonly reachable: number;
  /** Bytes of events read. */
  readonly bytes: number;
  readonly state: Document;
  readonly meta: Document;
  readonly lease: Document;
  /** Something seems to be writing to the conversation. */
  readonly isLive: boolean;
  /** ms since the epoch. */
  readonly now: number;
  readonly tree: Tree<Checked>;
  /** What became of it since it was sealed; undefined without a manifest to compare with. */
  readonly seal: SealChanges | undefined;
}

/** What a subject is made of. */
export interface Stored
  extends Omit<Subject, 'events' | 'reachable' | 'bytes' | 'tree'>,
    Pick<Source, 'slots' | 'visit'> {}

/** Reads every event into what the rules need of it. @throws ConversationGone */
export async function makeSubject(stored: Stored): Promise<Subject> {
  const { slots, visit, ...rest } = stored;
  const events: Checked[] = [];
  let bytes = 0;
  const ask = { body: () => true, mayNeedBody: true, isWhole: true, once: true };
  await visit([...slots.keys()], ask, (seen, event) => {
    const { slot } = seen;
    if (isFault(seen)) events.push({ slot, fault: seen });
    else if (event) events.push({ slot, told: tell(event) });
    bytes += isFault(seen) ? seen.bytes : (event?.bytes ?? 0);
    return undefined;
  });
  const count = reachable(events.length, (place) => (events[place] as Checked).slot.index);
  return { ...rest, events, bytes, reachable: count, tree: buildTree(events, count, rest.state) };
}

/** What an event tells. */
export function tell(event: LoadedEvent): Told {
  const { value } = event;
  const { kind, source, stamp, tool } = event.entry;
  return {
    ...relationsOf(event),
    rawKind: ownString(value, 'kind') ?? '',
    id: ownString(value, 'id'),
    stamp,
    toolName: tool,
    isFromUser: source === 'user',
    shape: checkShape(kind, event),
  };
}
