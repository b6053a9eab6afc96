import { describeEvent } from '../domain/describe-event.ts';
import { type Fault, isFault, type LoadedEvent } from '../domain/event.ts';
import type { Fact, Facts } from '../domain/facts/facts.ts';
import { ALL_EVENTS, type EventSource } from '../domain/scan.ts';
import type { StateFile } from '../domain/state-file.ts';
import type { Call } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { ExportedEvent } from '../history/export/exported-event.ts';
import { firstMessage } from '../history/overview.ts';
import type { ConversationStats } from '../history/stats.ts';
import type { Subagents } from '../history/subagents/subagents.ts';
import { itemsOf } from '../query/result-items.ts';
import { KnownSecrets } from '../redaction/known/known-secrets.ts';
import { learnFromState } from '../redaction/known/learn-secrets.ts';
import type { RedactionLog } from '../redaction/redaction-log.ts';
import { type Detector, makeRedactor, type Redactor } from '../redaction/redactor.ts';
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
    facts: cleanFacts(stats.facts, clean),
    tools: stats.tools.map((tool) => ({ ...tool, tool: clean(tool.tool) })),
    usages: stats.usages.map((usage) => ({
      ...usage,
      id: clean(usage.id),
      model: clean(usage.model),
    })),
  };
}

/** The facts without secrets. The usage is replaced in `usages`. */
function cleanFacts(
  { status, model, workspace, ...facts }: Facts,
  clean: (text: string) => string,
) {
  const cleaned = (fact: Fact<string> | undefined) => fact && { ...fact, value: clean(fact.value) };
  return {
    ...facts,
    ...(status && { status: cleaned(status) }),
    ...(model && { model: cleaned(model) }),
    ...(workspace && { workspace: cleaned(workspace) }),
  } as Facts;
}

/** What a redactor of a conversation is made from. */
export interface RedactionSources {
  readonly source: EventSource;
  /** The files next to the events: what they keep as secrets, events can contain. */
  readonly states: readonly StateFile[];
  /** What else to replace. */
  readonly detectors: readonly Detector[];
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
 * A redactor that knows every secret that the state or any event of the conversation reveals: the same secret can be in
 * an earlier event with nothing around it that shows what it is.
 *
 * @param log receives each replacement
 * @throws ConversationGone
 */
export async function trainRedactor(
  { source, states, detectors }: RedactionSources,
  log: RedactionLog,
): Promise<Redactor> {
  const known = new KnownSecrets();
  const scout = makeRedactor({ known, detectors });
  for (const state of states) {
    if (state.kind !== 'valid') continue;
    learnFromState(state.value, known);
    scout.event(state.value);
  }
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
  return makeRedactor({ known, detectors, onReplaced: (rule, path) => log.add(rule, path) });
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
  redaction: Redaction | undefined,
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
        redaction?.log.enter(record.slot.index);
        return redaction ? forReaders(readable, redaction) : readable;
      },
      get text() {
        redaction?.log.enter(record.slot.index);
        return redaction?.redactor.json(event.text) ?? event.text;
      },
    };
  }
}

/**
 * An event for people to read, without its secrets. Where programs read the event, the ids and names that link events
 * to each other stay as they are; here they are text like any other.
 */
function forReaders(value: ReadableEvent, { redactor, log }: Redaction): ReadableEvent {
  const clean = (member: ReadableValue, path: string) =>
    typeof member === 'string' ? log.at(path, () => redactor.text(member)) : member;
  const event = redactor.event(value);
  const call = own(event, 'tool_call');
  const name = ownString(call, 'name');
  const members = Object.entries(event).map(([key, member]) => [key, clean(member, key)] as const);
  const cleaned = Object.fromEntries(members);
  if (name === undefined) return cleaned as ReadableEvent;
  return {
    ...cleaned,
    tool_call: { ...(call as ReadableObject), name: clean(name, 'tool_call.name') },
  } as ReadableObject as ReadableEvent;
}

/** A redactor, and the log of what it replaces. */
export interface Redaction {
  readonly redactor: Redactor;
  readonly log: RedactionLog;
}

/** The user's first words. Secrets are replaced before anything is cut. @throws ConversationGone */
export async function firstWords(
  { log, history }: OpenedHistory,
  redaction: Redaction | undefined,
): Promise<string | undefined> {
  const first = firstMessage(history.records);
  if (!first || !redaction) return first?.description;
  const outcome = await log.readOne(first.slot);
  if (isFault(outcome)) return undefined;
  const event = redaction.log.at('title', () => redaction.redactor.event(readableEvent(outcome)));
  return describeEvent(event);
}
