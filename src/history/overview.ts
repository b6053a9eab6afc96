import { type Fault, isFault, own, ownString } from '../domain/event.ts';
import type { EventSource } from '../domain/event-source.ts';
import { modelOf, type StateFile, statusOf, titleOf } from '../domain/state-file.ts';
import { blockTexts, detachString } from '../text/visible-text.ts';
import { parseTimestamp } from '../time/timestamp.ts';
import { toInstant, type Zone } from '../time/zone.ts';
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

const ENTRIES_ONLY = { needsBody: () => false, mayNeedBodies: false, readsAll: true };
/** Characters of a title. */
const MAX_TITLE_CHARS = 200;

/** What a list tells of a conversation: from its entries, its state, and its first message. @throws ConversationGone */
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
  const positions = Array.from({ length: source.slots.length }, (_, position) => position);
  await source.scan(positions, ENTRIES_ONLY, (seen, _, position) => {
    if (isFault(seen)) {
      faults.push(seen);
      return undefined;
    }
    const { stamp, failed, kind, source: from_ } = seen;
    if (failed) errors++;
    if (kind === 'MessageEvent' && from_ === 'user') messages.push(position);
    if (stamp) {
      const time = toInstant(stamp, zone);
      if (time < from) from = time;
      if (time > to) to = time;
    }
    return undefined;
  });
  const isTimed = from <= to;
  const usages = usageOf(state);
  return {
    title: titleOf(meta)?.slice(0, MAX_TITLE_CHARS) ?? (await readFirstWords(source, messages)),
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

function updatedAt(meta: StateFile, zone: Zone): number | undefined {
  const fields = meta.kind === 'valid' ? ownString(meta.value, 'updated_at') : undefined;
  const stamp = parseTimestamp(fields ?? '');
  return stamp && toInstant(stamp, zone);
}

/** The first message of the user's that says anything, of a conversation that was read. */
export function firstMessage(records: readonly EventRecord[]): EventRecord | undefined {
  return records.find(
    ({ entry, description }) =>
      entry.kind === 'MessageEvent' && entry.source === 'user' && description !== '',
  );
}

/** The same from its first messages alone. */
async function readFirstWords(
  source: EventSource,
  messages: readonly number[],
): Promise<string | undefined> {
  let words: string | undefined;
  const scanOptions = { needsBody: () => true, mayNeedBodies: true, isLastPass: true };
  await source.scan(messages.slice(0, 3), scanOptions, (_, event) => {
    const text = blockTexts(own(own(event?.value, 'llm_message'), 'content'))
      .join(' ')
      .trim();
    if (text !== '') words = detachString(text.slice(0, MAX_TITLE_CHARS));
    return words !== undefined;
  });
  return words;
}
