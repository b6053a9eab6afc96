import { type Document, modelOf, statusOf, titleOf } from '../domain/state-file.ts';
import { type Fault, isFault, own, ownString } from '../domain/event.ts';
import type { Source } from '../domain/event-source.ts';
import { blockTexts, detached } from '../text/visible-text.ts';
import { parseTimestamp } from '../time/timestamp.ts';
import { instant, type Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import { usageOf } from './usage.ts';

/** A conversation in a list of them. Undefined is what it does not tell. */
export interface Overview {
  /** Its title, else the first words that the user said; not safe to show as it is. */
  readonly title: string | undefined;
  readonly status: string | undefined;
  /** Of the agent. */
  readonly model: string | undefined;
  /** Event files. */
  readonly events: number;
  /** Events that tell of a failure. */
  readonly errors: number;
  /** Of the earliest event and the latest, in µs since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** In US dollars. */
  readonly cost: number | undefined;
  /** Events that could not be read. */
  readonly faults: readonly Fault[];
}

const ENTRIES = { body: () => false, mayNeedBody: false, isWhole: true };
/** Characters of a title. */
const LONGEST = 200;

/** What a list tells of a conversation: from its entries, its state, and its first message. @throws ConversationGone */
export async function overviewOf(
  source: Source,
  state: Document,
  meta: Document,
  zone: Zone,
): Promise<Overview> {
  const faults: Fault[] = [];
  const messages: number[] = [];
  let errors = 0;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const places = Array.from({ length: source.slots.length }, (_, place) => place);
  await source.visit(places, ENTRIES, (seen, _, place) => {
    if (isFault(seen)) {
      faults.push(seen);
      return undefined;
    }
    const { stamp, failed, kind, source: from_ } = seen;
    if (failed) errors++;
    if (kind === 'MessageEvent' && from_ === 'user') messages.push(place);
    if (stamp) {
      const time = instant(stamp, zone);
      if (time < from) from = time;
      if (time > to) to = time;
    }
    return undefined;
  });
  const isTimed = from <= to;
  const usages = usageOf(state);
  return {
    title: titleOf(meta)?.slice(0, LONGEST) ?? (await readFirstWords(source, messages)),
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

function updatedAt(meta: Document, zone: Zone): number | undefined {
  const told = meta.is === 'sound' ? ownString(meta.value, 'updated_at') : undefined;
  const stamp = parseTimestamp(told ?? '');
  return stamp && instant(stamp, zone);
}

/** The first message of the user's that says anything, of a conversation that was read. */
export function firstMessage(records: readonly EventRecord[]): EventRecord | undefined {
  return records.find(
    ({ entry, about }) => entry.kind === 'MessageEvent' && entry.source === 'user' && about !== '',
  );
}

/** The same from its first messages alone. */
async function readFirstWords(
  source: Source,
  messages: readonly number[],
): Promise<string | undefined> {
  let words: string | undefined;
  const ask = { body: () => true, mayNeedBody: true, once: true };
  await source.visit(messages.slice(0, 3), ask, (_, event) => {
    const text = blockTexts(own(own(event?.value, 'llm_message'), 'content'))
      .join(' ')
      .trim();
    if (text !== '') words = detached(text.slice(0, LONGEST));
    return words !== undefined;
  });
  return words;
}
