import { describeEvent } from '../domain/describe-event.ts';
import { type Fault, isFault, type LoadedEvent } from '../domain/event.ts';
import { ALL_EVENTS, type EventSource } from '../domain/scan.ts';
import type { Call } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { ExportedEvent } from '../history/exported-event.ts';
import { firstMessage } from '../history/overview.ts';
import type { ConversationStats } from '../history/stats.ts';
import type { Subagents } from '../history/subagents/subagents.ts';
import { itemsOf } from '../query/result-items.ts';
import { KnownSecrets } from '../redaction/detectors/known-secrets.ts';
import { makeRedactor, type Redactor } from '../redaction/redactor.ts';
import { own, ownString, type ReadableObject, type ReadableValue } from '../text/json-value.ts';
import { type ReadableEvent, readableEvent } from '../text/readable-event.ts';
import type { OpenedHistory } from './open-history.ts';

/* What is exported of a conversation, with its secrets replaced if that is wanted. */

/** Replaces secrets in the names that stats contain: events and states can choose them freely. */
export function redactStats(
  stats: ConversationStats,
  clean: (text: string) => string,
): ConversationStats {
  return {
    ...stats,
    status: stats.status && clean(stats.status),
    tools: stats.tools.map((tool) => ({ ...tool, tool: clean(tool.tool) })),
    usages: stats.usages.map((usage) => ({
      ...usage,
      id: clean(usage.id),
      model: clean(usage.model),
    })),
  };
}

/** Replaces secrets in what is shown of subagents: their names, and what their states contain. */
export function redactSubagents(
  { items, ...totals }: Subagents,
  clean: (text: string) => string,
): Subagents {
  return {
    ...totals,
    items: items.map((item) => ({
      ...item,
      id: clean(item.id),
      path: clean(item.path),
      way: clean(item.way),
      parent: clean(item.parent),
      status: item.status && clean(item.status),
      problem: item.problem && clean(item.problem),
    })),
  };
}

/**
 * A redactor that knows every secret that any event of the conversation reveals: the same secret can be in an earlier
 * event with nothing around it that shows what it is.
 *
 * @throws ConversationGone
 */
export async function trainRedactor(source: EventSource): Promise<Redactor> {
  const known = new KnownSecrets();
  const scout = makeRedactor(known);
  await source.scan(
    [...source.slots.keys()],
    { ...ALL_EVENTS, isLastPass: false },
    {
      entry(_, event) {
        // A secret can be readable only in one of the two forms.
        if (event) {
          scout.event(event.value);
          scout.event(readableEvent(event));
        }
        return undefined;
      },
      fault: () => undefined, // the export reports it
    },
  );
  return makeRedactor(known);
}

/**
 * The exported events, read as they are taken.
 *
 * @param skipped receives the events that can no longer be read
 * @throws ConversationGone
 */
export async function* exportedEvents(
  source: EventSource,
  records: readonly EventRecord[],
  calls: readonly Call[],
  skipped: Fault[],
  redactor: Redactor | undefined,
): AsyncGenerator<ExportedEvent> {
  const callOf = new Map<EventRecord, Call>();
  for (const call of calls) for (const record of call.events) callOf.set(record, call);
  const lines = records.map(({ position }) => ({ position, isHit: true, afterGap: false }));
  const byName = new Map(records.map((record) => [record.slot.name, record]));
  const items = itemsOf(source, lines, (event: LoadedEvent) => event, skipped);
  for await (const { slot, row: event } of items) {
    const record = byName.get(slot.name) as EventRecord;
    // These are getters because each format reads only one of them, and reading both would count every secret twice.
    yield {
      record,
      call: callOf.get(record),
      get value() {
        const readable = readableEvent(event);
        return redactor ? forReaders(readable, redactor) : readable;
      },
      get text() {
        return redactor?.json(event.text) ?? event.text;
      },
    };
  }
}

/**
 * An event for people to read, without its secrets. Where programs read the event, the ids and names that link events
 * to each other stay as they are; here they are text like any other.
 */
function forReaders(value: ReadableEvent, redactor: Redactor): ReadableEvent {
  const clean = (member: ReadableValue) =>
    typeof member === 'string' ? redactor.text(member) : member;
  const event = redactor.event(value);
  const call = own(event, 'tool_call');
  const name = ownString(call, 'name');
  const members = Object.entries(event).map(([key, member]) => [key, clean(member)] as const);
  const cleaned = Object.fromEntries(members);
  if (name === undefined) return cleaned as ReadableEvent;
  return {
    ...cleaned,
    tool_call: { ...(call as ReadableObject), name: clean(name) },
  } as ReadableObject as ReadableEvent;
}

/** The user's first words. Secrets are replaced before anything is cut. @throws ConversationGone */
export async function firstWords(
  { log, history }: OpenedHistory,
  redactor: Redactor | undefined,
): Promise<string | undefined> {
  const first = firstMessage(history.records);
  if (!first || !redactor) return first?.description;
  const outcome = await log.readOne(first.slot);
  return isFault(outcome) ? undefined : describeEvent(redactor.event(readableEvent(outcome)));
}
