import type { Fault } from '../domain/event.ts';
import { ALL_ENTRIES, type EventSource, type ScanOptions } from '../domain/scan.ts';
import { modelOf, type StateFile, statusOf, titleOf } from '../domain/state-file.ts';
import { own, ownString } from '../text/json-value.ts';
import { readableEvent } from '../text/readable-event.ts';
import { readableText } from '../text/readable-text.ts';
import { truncateEnd } from '../text/truncate.ts';
import { blockTexts, detachString } from '../text/visible-text.ts';
import { parseTimestamp } from '../time/timestamp.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import { usageOf } from './usage.ts';

/** The facts about a conversation that a list shows. A fact that is not known is undefined. */
export interface Overview {
  /** The title, else the user's first words. Not safe to print as it is. */
  readonly title: string | undefined;
  readonly status: string | undefined;
  /** The agent's model. */
  readonly model: string | undefined;
  /** How many event files there are. */
  readonly events: number;
  /** Events that report a failure. */
  readonly errors: number;
  /** Times of the earliest and the latest event, in µs since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** In US dollars. */
  readonly cost: number | undefined;
  /** Events that can't be read. */
  readonly faults: readonly Fault[];
}

/** Longer titles are cut. In UTF-16 units. */
const MAX_TITLE_CHARS = 200;

/** Makes an overview from the entries, the state and the first message of a conversation. @throws ConversationGone */
export async function overviewOf(
  source: EventSource,
  state: StateFile,
  meta: StateFile,
  zone: Zone,
): Promise<Overview> {
  const faults: Fault[] = [];
  const messages: number[] = [];
  let errors = 0;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  await source.scan([...source.slots.keys()], ALL_ENTRIES, {
    entry({ stamp, failed, kind, source: sender }, _, position) {
      if (failed) errors++;
      if (kind === 'MessageEvent' && sender === 'user') messages.push(position);
      if (!stamp) return undefined;
      const time = toInstant(stamp, zone);
      if (time < from) from = time;
      if (time > to) to = time;
      return undefined;
    },
    fault(fault) {
      faults.push(fault);
      return undefined;
    },
  });
  const isTimed = from <= to;
  const usages = usageOf(state);
  const title = titleOf(meta);
  return {
    title:
      title === undefined
        ? await readFirstWords(source, messages)
        : truncateEnd(readableText(title), MAX_TITLE_CHARS),
    status: statusOf(state),
    model: modelOf(state),
    events: source.slots.length,
    errors,
    from: isTimed ? from : undefined,
    to: isTimed ? to : updatedAt(meta, zone),
    cost: usages.length > 0 ? usages.reduce((sum, { cost }) => sum + cost, 0) : undefined,
    faults,
  };
}

/** The time in meta.json, in µs since the epoch, for conversations without timed events. */
function updatedAt(meta: StateFile, zone: Zone): number | undefined {
  const text = meta.kind === 'valid' ? ownString(meta.value, 'updated_at') : undefined;
  const stamp = parseTimestamp(text ?? '');
  return stamp && toInstant(stamp, zone);
}

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
  await source.scan(messages.slice(0, MAX_MESSAGES_READ), FIRST_EVENTS, {
    entry(_, event) {
      const message = event && own(readableEvent(event), 'llm_message');
      const text = blockTexts(own(message, 'content')).join(' ').trim();
      if (text !== '') words = detachString(truncateEnd(text, MAX_TITLE_CHARS));
      return words !== undefined;
    },
    fault: () => undefined, // the scan of all entries has reported it
  });
  return words;
}

const MAX_MESSAGES_READ = 3;
const FIRST_EVENTS: ScanOptions = { needsBody: () => true, mayNeedBodies: true, isLastPass: true };
