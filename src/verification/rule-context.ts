import { LogClock } from '../domain/clock/log-clock.ts';
import type { Fault, LoadedEvent } from '../domain/event.ts';
import { isMain } from '../domain/event-kinds.ts';
import { type EventLinks, linksOf } from '../domain/event-links.ts';
import { buildTree, type EventTree } from '../domain/event-tree.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { knownFacts, logAge } from '../domain/facts/known-facts.ts';
import { factsStatedBy } from '../domain/facts/stated-facts.ts';
import { LostEvents } from '../domain/knowledge/lost-events.ts';
import { ALL_EVENTS, type EventSource } from '../domain/scan.ts';
import type { SealChanges } from '../domain/seal-manifest.ts';
import { reachable as countReachable, type Slot } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import { ownString } from '../text/json-value.ts';
import type { Timestamp } from '../time/timestamp.ts';
import type { Zone } from '../time/zone.ts';
import { checkEvent, type SchemaCheck } from './schema-check.ts';

/** An event file as rules see it: either its fault or its fields. */
export interface CheckedEvent {
  readonly slot: Slot;
  /** Why the file could not be read. */
  readonly fault?: Fault;
  readonly fields?: CheckedFields;
}

/** The fields of an event that rules use. A field that the event does not have is undefined. */
export interface CheckedFields extends EventLinks {
  /** The kind as the event spells it: a class name or, in very old logs, a dotted path. */
  readonly rawKind: string;
  readonly id: string | undefined;
  readonly stamp: Timestamp | undefined;
  readonly toolName: string | undefined;
  readonly isFromUser: boolean;
  readonly schema: SchemaCheck;
}

/** Everything that rules need to know about a conversation, read once. */
export interface RuleContext {
  /** The conversation id in the folder name; undefined where the name is not an id. */
  readonly folderId: string | undefined;
  /** In index order; files with the same index in name order. */
  readonly events: readonly CheckedEvent[];
  /** Paths of files in the events folder that are not event files, relative to the conversation. */
  readonly unrecognized: readonly string[];
  /** How many events the SDK's index would contain. */
  readonly reachable: number;
  /** How many bytes of event files were read. */
  readonly bytes: number;
  /** base_state.json. */
  readonly state: StateFile;
  /** meta.json. */
  readonly meta: StateFile;
  /** owner_lease.json. */
  readonly lease: StateFile;
  /** Whether an agent seems to be writing to the conversation. */
  readonly isLive: boolean;
  /** The time of the check, in ms since the epoch. */
  readonly now: number;
  /** The zone of timestamps without an offset, and of times in messages. */
  readonly zone: Zone;
  readonly clock: LogClock;
  /** Status and model, as base_state.json or newer events give them. */
  readonly facts: Facts;
  readonly tree: EventTree<CheckedEvent>;
  /**
   * The events whose contents are not known. An event that seems to lack a partner may have a lost one. Rules about
   * partners leave such events out, because the loss itself has a finding.
   */
  readonly lost: LostEvents;
  /** What has changed since the conversation was sealed; undefined without a manifest. */
  readonly seal: SealChanges | undefined;
}

/** What `makeRuleContext` needs: the events, and the parts of the context that it does not compute. */
export interface RuleContextInput
  extends Omit<RuleContext, 'events' | 'reachable' | 'bytes' | 'tree' | 'lost' | 'clock' | 'facts'>,
    Pick<EventSource, 'slots' | 'scan'> {
  /** When an event's file was written, in ms since the epoch; undefined if that is not known. */
  writtenAt(name: string): number | undefined;
}

/**
 * Reads every event and keeps what the rules need.
 *
 * @throws ConversationGone where the folder disappears during the scan
 */
export async function makeRuleContext(input: RuleContextInput): Promise<RuleContext> {
  const { slots, scan, writtenAt, ...rest } = input;
  const events: CheckedEvent[] = [];
  let bytes = 0;
  let inEvents: Facts = {};
  await scan([...slots.keys()], ALL_EVENTS, {
    entry({ slot }, event) {
      if (event) {
        events.push({ slot, fields: readFields(event) });
        inEvents = { ...inEvents, ...factsStatedBy(event) };
      }
      bytes += event?.bytes ?? 0;
      return undefined;
    },
    fault(fault) {
      events.push({ slot: fault.slot, fault });
      bytes += fault.bytes;
      return undefined;
    },
  });
  const reachable = countReachable(
    events.length,
    (position) => (events[position] as CheckedEvent).slot.index,
  );
  const lastMain = events.findLast(({ fields }) => !fields || isMain(fields.kind));
  const log = logAge(slots, lastMain?.slot.index ?? -1, writtenAt);
  const { state, meta } = rest;
  const tree = buildTree(events, reachable, state);
  const isLeafLost = tree.isLeafFromState && events.every(({ slot }) => slot.id !== tree.leaf);
  return {
    ...rest,
    events,
    bytes,
    reachable,
    tree,
    lost: new LostEvents(events, isLeafLost),
    clock: new LogClock(
      events.map(({ fields }) => fields),
      rest.zone,
    ),
    facts: knownFacts({ state, meta, inEvents, log }),
  };
}

/** Picks the fields that rules use, and checks the event against the schema of its kind. */
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
