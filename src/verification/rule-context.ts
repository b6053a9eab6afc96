import { LogClock } from '../domain/clock/log-clock.ts';
import { type Entry, makeEntry } from '../domain/entry.ts';
import type { Fault, LoadedEvent } from '../domain/event.ts';
import { isMain } from '../domain/event-kinds.ts';
import { type EventLinks, linksOf } from '../domain/event-links.ts';
import { buildTree, type EventTree } from '../domain/event-tree.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { knownFacts, logAge } from '../domain/facts/known-facts.ts';
import { factsStatedBy } from '../domain/facts/stated-facts.ts';
import { LostEvents } from '../domain/knowledge/lost-events.ts';
import {
  ALL_EVENTS,
  type EventSource,
  type ScanOptions,
  type ScanVisitor,
} from '../domain/scan.ts';
import type { SealChanges } from '../domain/seal-manifest.ts';
import { reachable as countReachable, type Slot } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import { ownString } from '../text/json-value.ts';
import type { Timestamp } from '../time/timestamp.ts';
import type { Zone } from '../time/zone.ts';
import { checkEvent, type SchemaCheck } from './schema-check.ts';
import type { Refusal } from './sdk/problem.ts';
import type { SdkVersion } from './sdk/sdk-version.ts';
import type { Verdict } from './verdict.ts';

/** An event file as rules see it: its fault or its fields, or both if the SDK reads what convoscope can't. */
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
  /** The SDK versions that judge whether the conversation can be resumed. The first is the newest. */
  readonly judges: readonly SdkVersion[];
  /** Why each of the judges does not load the state; undefined where it does, or where there is no state. */
  readonly stateRefusals: readonly (Refusal | undefined)[];
  /** What has changed since the conversation was sealed; undefined without a manifest. */
  readonly seal: SealChanges | undefined;
  /** That the conversation can't be resumed; undefined if it can, or if that is not known yet. */
  readonly verdict?: Verdict | undefined;
}

/** What `makeRuleContext` needs: the events, and the parts of the context that it does not compute. */
export interface RuleContextInput
  extends Omit<
      RuleContext,
      'events' | 'reachable' | 'bytes' | 'tree' | 'stateRefusals' | 'lost' | 'clock' | 'facts'
    >,
    Pick<EventSource, 'slots' | 'scan'> {
  /** When an event's file was written, in ms since the epoch; undefined if that is not known. */
  writtenAt(name: string): number | undefined;
}

/** What the rules need of the events, collected in one pass over them. */
export class CheckedEvents implements ScanVisitor {
  readonly events: CheckedEvent[] = [];
  /** How many bytes of event files were read. */
  bytes = 0;
  /** For each fact, the newest event that gives it. */
  facts: Facts = {};

  constructor(readonly judges: readonly SdkVersion[]) {}

  entry({ slot }: Entry, event: LoadedEvent | undefined): undefined {
    if (!event) return;
    this.events.push({ slot, fields: readFields(event, this.judges) });
    this.facts = { ...this.facts, ...factsStatedBy(event) };
    this.bytes += event.bytes;
  }

  fault(fault: Fault): undefined {
    this.events.push(checkedFault(fault, this.judges));
    this.bytes += fault.bytes;
  }
}

/**
 * Reads every event and keeps what the rules need.
 *
 * @param pass whether the events will be looked at again
 * @throws ConversationGone where the folder disappears during the scan
 */
export async function makeRuleContext(
  { scan, judges, ...rest }: RuleContextInput,
  pass: Pick<ScanOptions, 'isLastPass'> = { isLastPass: true },
): Promise<RuleContext> {
  const checked = new CheckedEvents(judges);
  await scan([...rest.slots.keys()], { ...ALL_EVENTS, ...pass }, checked);
  return ruleContextOf(rest, checked);
}

/** The context of events that were all read. */
export function ruleContextOf(
  { slots, writtenAt, ...rest }: Omit<RuleContextInput, 'scan' | 'judges'>,
  { events, bytes, facts: inEvents, judges }: CheckedEvents,
): RuleContext {
  const { state, meta } = rest;
  const reachable = countReachable(
    events.length,
    (position) => (events[position] as CheckedEvent).slot.index,
  );
  const lastMain = events.findLast(({ fields }) => !fields || isMain(fields.kind));
  const log = logAge(slots, lastMain?.slot.index ?? -1, writtenAt);
  const stateRefusals = judges.map((judge) => stateRefusal(state, judge));
  const tree = buildTree(events, reachable, state);
  const isLeafLost = tree.isLeafFromState && events.every(({ slot }) => slot.id !== tree.leaf);
  return {
    ...rest,
    judges,
    events,
    bytes,
    reachable,
    stateRefusals,
    tree,
    lost: new LostEvents(events, isLeafLost),
    clock: new LogClock(
      events.map(({ fields }) => fields),
      rest.zone,
    ),
    facts: knownFacts({ state, meta, inEvents, log }),
  };
}

/** A file that convoscope can't read. If the SDK reads it all the same, its fields are checked. */
function checkedFault(fault: Fault, judges: readonly SdkVersion[]): CheckedEvent {
  const { slot, python: value, bytes } = fault;
  if (!value) return { slot, fault };
  const event: LoadedEvent = {
    kind: 'event',
    slot,
    text: '',
    value,
    entry: makeEntry(slot, value),
    bytes,
  };
  return { slot, fault, fields: readFields(event, judges) };
}

function stateRefusal(state: StateFile, judge: SdkVersion): Refusal | undefined {
  if (state.kind === 'valid') return judge.refusalOfState(state.value);
  return state.kind === 'invalid' && state.python ? judge.refusalOfState(state.python) : undefined;
}

/** Picks the fields that rules use, and checks the event against the schemas of its kind. */
export function readFields(event: LoadedEvent, judges: readonly SdkVersion[]): CheckedFields {
  const { value } = event;
  const { kind, source, stamp, tool } = event.entry;
  return {
    ...linksOf(event),
    rawKind: ownString(value, 'kind') ?? '',
    id: ownString(value, 'id'),
    stamp,
    toolName: tool,
    isFromUser: source === 'user',
    schema: checkEvent(kind, event, judges),
  };
}
