import {
  type Fault,
  isFault,
  type JsonObject,
  type JsonValue,
  type LoadedEvent,
  own,
  ownString,
} from '../domain/event.ts';
import { describeEvent } from '../domain/event-description.ts';
import type { EventSource } from '../domain/event-source.ts';
import type { Call } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import { firstMessage } from '../history/overview.ts';
import type { Stats } from '../history/stats.ts';
import { itemsOf } from '../query/result-items.ts';
import { KnownSecrets } from '../redaction/detectors/known-secrets.ts';
import { makeRedactor, type Redactor } from '../redaction/redactor.ts';
import type { Exported } from '../report/export/types.ts';
import type { OpenedHistory } from './open-history.ts';

/* What is exported of a conversation, with its secrets replaced where that is asked for. */

/** Numbers keep company with names, which events and states choose. */
export function redactStats(stats: Stats, clean: (text: string) => string): Stats {
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

/** One that knows what any event of the conversation gives away: it may stand bare in an earlier one. */
export async function trainRedactor(source: EventSource): Promise<Redactor> {
  const known = new KnownSecrets();
  const scout = makeRedactor(known);
  const scanOptions = { needsBody: () => true, mayNeedBodies: true, readsAll: true };
  await source.scan([...source.slots.keys()], scanOptions, (_, event) => {
    if (event) scout.event(event.value);
    return undefined;
  });
  return makeRedactor(known);
}

/** The events, read as they are taken. @param skipped takes in what can't be read any more */
export async function* exportedEvents(
  source: EventSource,
  records: readonly EventRecord[],
  calls: readonly Call[],
  skipped: Fault[],
  redactor: Redactor | undefined,
): AsyncGenerator<Exported> {
  const callOf = new Map<EventRecord, Call>();
  for (const call of calls) {
    callOf.set(call.action, call);
    if (call.answer) callOf.set(call.answer, call);
  }
  const lines = records.map(({ position }) => ({ position, isHit: true, afterGap: false }));
  const byName = new Map(records.map((record) => [record.slot.name, record]));
  const items = itemsOf(source, lines, (event: LoadedEvent) => event, skipped);
  for await (const { slot, row: event } of items) {
    const record = byName.get(slot.name) as EventRecord;
    // A format asks for one of the two, and what is replaced is counted.
    yield {
      record,
      call: callOf.get(record),
      get value() {
        return redactor ? readable(event.value, redactor) : event.value;
      },
      get text() {
        return redactor?.json(event.text) ?? event.text;
      },
    };
  }
}

/**
 * An event to be read by people. What links events to each other is left as it is where programs read
 * them; here it is text as any other.
 */
function readable(value: JsonObject, redactor: Redactor): JsonObject {
  const clean = (member: JsonValue) =>
    typeof member === 'string' ? redactor.text(member) : member;
  const event = redactor.event(value);
  const call = own(event, 'tool_call');
  const name = ownString(call, 'name');
  const members = Object.entries(event).map(([key, member]) => [key, clean(member)] as const);
  const cleaned = Object.fromEntries(members);
  if (name === undefined) return cleaned;
  return { ...cleaned, tool_call: { ...(call as JsonObject), name: clean(name) } };
}

/** What the user said first. With secrets to be replaced, these go before anything is cut. */
export async function firstWords(
  { log, history }: OpenedHistory,
  redactor: Redactor | undefined,
): Promise<string | undefined> {
  const first = firstMessage(history.records);
  if (!first || !redactor) return first?.description;
  const outcome = await log.readOne(first.slot);
  return isFault(outcome) ? undefined : describeEvent(redactor.event(outcome.value));
}
