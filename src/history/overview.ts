import { lastActivity, updatedAt } from '../domain/clock/last-activity.ts';
import { LogClock } from '../domain/clock/log-clock.ts';
import { describeEvent } from '../domain/describe-event.ts';
import type { Entry } from '../domain/entry.ts';
import type { Fault } from '../domain/event.ts';
import { isCall, isMain } from '../domain/event-kinds.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { stateWithLeaf } from '../domain/facts/known-facts.ts';
import { ALL_ENTRIES, EACH_EVENT, type EventSource } from '../domain/scan.ts';
import { ownString } from '../text/json-value.ts';
import { readableEvent } from '../text/readable-event.ts';
import { readableText } from '../text/readable-text.ts';
import { truncateEnd } from '../text/truncate.ts';
import { detachString, messageTexts } from '../text/visible-text.ts';
import type { Timestamp } from '../time/timestamp.ts';
import type { Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import { type FactFiles, readFacts } from './facts/log-facts.ts';
import { type ReadEnd, readEnd } from './outcome/read-end.ts';
import { type UsageCoverage, usageCoverageOf } from './totals/usage-coverage.ts';
import { type Usage, usageOf } from './usage.ts';

/** What a list shows of a conversation. What is not known is undefined. */
export interface Overview {
  /** The title, else the user's first words. Not safe to print as it is. */
  readonly title: string | undefined;
  /** The same, with more of the user's words: many prompts begin alike. */
  readonly longTitle: string | undefined;
  /** How many messages of the user can be read. */
  readonly userMessages: number;
  /** Without a title: what the first call or message of the agent is about. Not safe to print as it is. */
  readonly firstStep: string | undefined;
  /** Status, model, usage …, and where each is from. */
  readonly facts: Facts;
  /** How many event files there are. */
  readonly events: number;
  /** Events that report a failure. */
  readonly errors: number;
  /** Times of the first and the last event, in µs since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Time of the newest event, in µs since the epoch: see lastActivity. */
  readonly active: number | undefined;
  /** From the first event to the last, in µs, without what is lost in jumps of the clock. */
  readonly took: number | undefined;
  /** How many jumps of the clock there are. */
  readonly jumps: number;
  readonly usages: readonly Usage[];
  readonly usageCoverage: UsageCoverage;
  /** How the log ends, see outcomeOf. */
  readonly end: ReadEnd;
  /** Events that can't be read. */
  readonly faults: readonly Fault[];
}

/** Longer titles are cut. In UTF-16 units. */
const MAX_TITLE_CHARS = 200;
const MAX_LONG_TITLE_CHARS = 2000;

/**
 * Makes an overview from the entries, the state and the first message of a conversation, and from the few events that
 * give facts.
 *
 * @throws ConversationGone
 */
export async function overviewOf(
  source: EventSource,
  files: FactFiles,
  zone: Zone,
): Promise<Overview> {
  const faults: Fault[] = [];
  const messages: number[] = [];
  const entries: (Entry | undefined)[] = new Array(source.slots.length);
  let errors = 0;
  await source.scan([...source.slots.keys()], ALL_ENTRIES, {
    entry(entry, _, position) {
      if (entry.failed) errors++;
      if (entry.kind === 'MessageEvent' && entry.source === 'user') messages.push(position);
      entries[position] = entry;
      return undefined;
    },
    fault(fault) {
      faults.push(fault);
      return undefined;
    },
  });
  const { from, to, total, jumps } = new LogClock(entries, zone);
  const facts = await readFacts(source, files, ['status', 'model', 'stats', 'workspace', 'leaf']);
  const usages = usageOf(facts.stats);
  const title = facts.title?.value;
  const longTitle =
    title === undefined
      ? await readFirstWords(source, messages)
      : truncateEnd(readableText(title), MAX_LONG_TITLE_CHARS);
  return {
    title: longTitle && detachString(truncateEnd(longTitle, MAX_TITLE_CHARS)),
    longTitle,
    userMessages: messages.length,
    firstStep: longTitle === undefined ? await readFirstStep(source, entries) : undefined,
    facts,
    events: source.slots.length,
    errors,
    from,
    to: to ?? updatedAt(files.meta, zone),
    active: lastActivity(stampsBack(entries), () => files.meta, zone),
    took: total,
    jumps: jumps.length,
    usages,
    usageCoverage: usageCoverageOf(
      await readResponses(source, entries, usages),
      usages,
      facts.stats,
    ),
    end: await readEnd(source, {
      entries,
      faults,
      status: facts.status?.value,
      treeState: stateWithLeaf(files.state, facts, -1).state,
      writtenAt: files.writtenAt,
    }),
    faults,
  };
}

function* stampsBack(entries: readonly (Entry | undefined)[]): Generator<Timestamp | undefined> {
  for (let at = entries.length - 1; at >= 0; at--) yield entries[at]?.stamp;
}

/**
 * The responses of the model, by their events; but if so many are listed in the usage as the log can have, and the first,
 * the middle and the last of the log are among them, those of the usage, because then nothing more has to be read.
 */
async function readResponses(
  source: EventSource,
  entries: readonly (Entry | undefined)[],
  usages: readonly Usage[],
): Promise<Map<string, number>> {
  const listed = usages.flatMap(({ steps }) => steps.map(({ responseId }) => responseId));
  const positions: number[] = [];
  let turns = 0;
  let wasCall = false;
  for (const [position, entry] of entries.entries()) {
    if (!entry || !isMain(entry.kind)) continue;
    const isResponse = RESPONSE_KINDS.has(entry.kind) && entry.source !== 'user';
    if (isResponse) positions.push(position);
    // Calls that follow each other are usually from one response.
    const isCall = entry.kind === 'ActionEvent';
    if (isResponse && !(isCall && wasCall)) turns++;
    wasCall = isCall;
  }
  if (listed.length >= turns) {
    const sample = [positions[0], positions[positions.length >> 1], positions.at(-1)];
    const known = new Set(listed);
    const found = await responsesAt(source, [...new Set(sample.flatMap((at) => at ?? []))]);
    if ([...found.keys()].every((id) => known.has(id))) {
      return new Map(listed.map((id) => [id, -1]));
    }
  }
  return responsesAt(source, positions);
}

/** Id of a response → index of its first event. @param positions where to look, in order */
async function responsesAt(
  source: EventSource,
  positions: readonly number[],
): Promise<Map<string, number>> {
  const responses = new Map<string, number>();
  await source.scan(
    positions,
    { ...EACH_EVENT, readsAll: true },
    {
      entry({ slot }, event) {
        const id = ownString(event?.value, 'llm_response_id');
        if (id && !responses.has(id)) responses.set(id, slot.index);
        return undefined;
      },
      fault: () => undefined,
    },
  );
  return responses;
}

/** Kinds of events that come from responses of a model. */
const RESPONSE_KINDS = new Set(['ActionEvent', 'MessageEvent', 'Condensation']);

/** The user's first message that contains any text. @param records all events, in index order */
export function firstMessage(records: readonly EventRecord[]): EventRecord | undefined {
  return records.find(
    ({ entry, description }) =>
      entry.kind === 'MessageEvent' && entry.source === 'user' && description !== '',
  );
}

/**
 * The user's first words. Only the first few user messages are read.
 *
 * @param messages positions of the user's messages
 */
async function readFirstWords(
  source: EventSource,
  messages: readonly number[],
): Promise<string | undefined> {
  let words: string | undefined;
  await source.scan(messages.slice(0, MAX_MESSAGES_READ), EACH_EVENT, {
    entry(_, event) {
      const text = messageTexts(event && readableEvent(event))
        .join(' ')
        .trim();
      if (text !== '') words = detachString(truncateEnd(text, MAX_LONG_TITLE_CHARS));
      return words !== undefined;
    },
    fault: () => undefined, // the scan of all entries has reported it
  });
  return words;
}

/** What the agent does first, in its own words. One event is read. */
async function readFirstStep(
  source: EventSource,
  entries: readonly (Entry | undefined)[],
): Promise<string | undefined> {
  const first = entries.findIndex(
    (entry) => entry?.source === 'agent' && (entry.kind === 'MessageEvent' || isCall(entry.kind)),
  );
  if (first === -1) return undefined;
  let step: string | undefined;
  await source.scan([first], EACH_EVENT, {
    entry(_, event) {
      const text = event && describeEvent(readableEvent(event)).trim();
      if (text) step = detachString(truncateEnd(text, MAX_TITLE_CHARS));
      return undefined;
    },
    fault: () => undefined, // the scan of all entries has reported it
  });
  return step;
}

const MAX_MESSAGES_READ = 3;
