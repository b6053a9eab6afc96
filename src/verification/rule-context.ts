import type { Fault, LoadedEvent } from '../domain/event.ts';
import { type EventLinks, linksOf } from '../domain/event-links.ts';
import { ALL_EVENTS, type EventSource } from '../domain/event-source.ts';
import { buildTree, type EventTree } from '../domain/event-tree.ts';
import type { SealChanges } from '../domain/manifest.ts';
import { reachable, type Slot } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import { ownString } from '../text/json-value.ts';
import type { Timestamp } from '../time/timestamp.ts';
import { checkEvent, type SchemaCheck } from './event-schemas.ts';

/** What rules know of one event file. */
export interface CheckedEvent {
  readonly slot: Slot;
  /** Why it could not be read; nothing below is known then. */
  readonly fault?: Fault;
  readonly fields?: CheckedFields;
}

/** What an event tells, as far as rules ask for it. Undefined is what it does not tell. */
export interface CheckedFields extends EventLinks {
  /** The kind as it is written. */
  readonly rawKind: string;
  readonly id: string | undefined;
  readonly stamp: Timestamp | undefined;
  readonly toolName: string | undefined;
  readonly isFromUser: boolean;
  /** What does not fit the schema of its kind. */
  readonly schema: SchemaCheck;
}

/** A conversation as rules see it: everything they need, read once. */
export interface RuleContext {
  /** Id that the folder's name gives; undefined where the name is none. */
  readonly folderId: string | undefined;
  readonly events: readonly CheckedEvent[];
  /** Names in the events folder that are not event files, relative to the conversation. */
  readonly unrecognized: readonly string[];
  /** How many events the SDK's index would hold. */
  readonly reachable: number;
  /** Bytes of events read. */
  readonly bytes: number;
  readonly state: StateFile;
  readonly meta: StateFile;
  readonly lease: StateFile;
  /** Something seems to be writing to the conversation. */
  readonly isLive: boolean;
  /** ms since the epoch. */
  readonly now: number;
  readonly tree: EventTree<CheckedEvent>;
  /** What became of it since it was sealed; undefined without a manifest to compare with. */
  readonly seal: SealChanges | undefined;
}

/** What a subject is made of. */
export interface RuleContextInput
  extends Omit<RuleContext, 'events' | 'reachable' | 'bytes' | 'tree'>,
    Pick<EventSource, 'slots' | 'scan'> {}

/** Reads every event into what the rules need of it. @throws ConversationGone */
export async function makeRuleContext(stored: RuleContextInput): Promise<RuleContext> {
  const { slots, scan, ...rest } = stored;
  const events: CheckedEvent[] = [];
  let bytes = 0;
  await scan([...slots.keys()], ALL_EVENTS, {
    entry({ slot }, event) {
      if (event) events.push({ slot, fields: readFields(event) });
      bytes += event?.bytes ?? 0;
      return undefined;
    },
    fault(fault) {
      events.push({ slot: fault.slot, fault });
      bytes += fault.bytes;
      return undefined;
    },
  });
  const count = reachable(
    events.length,
    (position) => (events[position] as CheckedEvent).slot.index,
  );
  return { ...rest, events, bytes, reachable: count, tree: buildTree(events, count, rest.state) };
}

/** What an event tells. */
export function readFields(event: LoadedEvent): CheckedFields {
  const { value } = event;
  const { kind, source, stamp, tool } = event.entry;
  return {
    ...linksOf(event),
    rawKind: ownString(value, 'kind') ?? '',
    id: ownString(value, 'id'),
    stamp,
    toolName: tool,
    isFromUser: source === 'user',
    schema: checkEvent(kind, event),
  };
}
