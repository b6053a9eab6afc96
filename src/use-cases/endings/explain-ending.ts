import { CoreError } from '../../domain/errors.ts';
import { isFault, type LoadedEvent } from '../../domain/event.ts';
import { callsOf, hasFailed } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import { failureText, wordsOf } from '../../history/outcome/event-texts.ts';
import type { EndedSubagent, EventText, Explanation } from '../../history/outcome/explanation.ts';
import { loopsAmong } from '../../history/outcome/loop-summary.ts';
import type { Ending } from '../../history/outcome/outcome.ts';
import type { ReadEnd } from '../../history/outcome/read-end.ts';
import type { Subagent, Subagents } from '../../history/subagents/subagents.ts';
import { conversationAt } from '../../storage/conversation-folder.ts';
import type { Zone } from '../../time/zone.ts';
import type { LogOpener, OpenedHistory } from '../open-history.ts';
import { endingOf, endOfHistory, recordsOfEnd } from './end-of-history.ts';
import { readEnding } from './read-ending.ts';

/**
 * Explains why a conversation ended as it did.
 *
 * @param now µs since the epoch
 * @throws ConversationGone
 */
export async function explainEnding(
  opener: LogOpener,
  opened: OpenedHistory,
  subagents: Subagents,
  { zone, now }: { readonly zone: Zone; readonly now: number },
): Promise<Explanation> {
  const { history } = opened;
  const end = await endOfHistory(opened);
  const records = recordsOfEnd(history, end);
  const calls = callsOf(history, zone, records);
  return {
    ending: endingOf(opened, end, now),
    offBranch: history.records.length - records.length,
    missing: history.lost.within(0).filter(({ kind }) => kind === 'missing'),
    lastError: await lastErrorOf(opened, records, end),
    loops: loopsAmong(calls),
    calls,
    failed: calls.filter(hasFailed),
    unanswered: calls.filter(({ outcome }) => outcome === 'unanswered'),
    undecided: calls.filter(({ outcome }) => outcome === 'unknown'),
    lastWords: await lastWordsOf(opened, records),
    subagentEnds: await badEndsOf(opener, subagents, now),
  };
}

async function lastErrorOf(
  opened: OpenedHistory,
  records: readonly EventRecord[],
  { end }: ReadEnd,
): Promise<EventText | undefined> {
  const record =
    records.find(({ position }) => position === end.error?.position) ??
    records.findLast(({ entry }) => entry.failed);
  if (!record) return undefined;
  const event = await loaded(opened, record);
  return { record, text: event ? failureText(event) : '' };
}

/** So many of the agent's last calls are searched for a word: most models say something before each few of them. */
const MAX_SILENT_CALLS = 30;

async function lastWordsOf(
  opened: OpenedHistory,
  records: readonly EventRecord[],
): Promise<EventText | undefined> {
  const said = records.filter(
    ({ entry }) => entry.source === 'agent' && WORD_KINDS.has(entry.kind),
  );
  for (const record of said.slice(-MAX_SILENT_CALLS).reverse()) {
    const event = await loaded(opened, record);
    const text = event ? wordsOf(event) : '';
    if (text !== '') return { record, text };
  }
  return undefined;
}

const WORD_KINDS = new Set(['MessageEvent', 'ActionEvent']);

/** Undefined if the file has changed since it was read. */
async function loaded(
  { log }: OpenedHistory,
  { slot }: EventRecord,
): Promise<LoadedEvent | undefined> {
  const outcome = await log.readOne(slot);
  return isFault(outcome) ? undefined : outcome;
}

/** Subagents that did not end well, or that can't be opened. */
async function badEndsOf(
  opener: LogOpener,
  { items }: Subagents,
  now: number,
): Promise<EndedSubagent[]> {
  const ended: EndedSubagent[] = [];
  for (const subagent of items) {
    const ending = await endingOfSubagent(opener, subagent, now);
    if (!GOOD_ENDS.has(ending.outcome)) ended.push({ subagent, ending });
  }
  return ended;
}

const GOOD_ENDS = new Set<Ending['outcome']>(['finished', 'running']);

async function endingOfSubagent(
  opener: LogOpener,
  { path, problem }: Subagent,
  now: number,
): Promise<Ending> {
  try {
    const folder = conversationAt(path);
    if (folder) return await readEnding(opener, folder, now);
    return unknownEnding(problem ?? 'it is not a conversation');
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return unknownEnding(error.message);
  }
}

const unknownEnding = (reason: string): Ending => ({ outcome: 'unknown', reason, brief: reason });
