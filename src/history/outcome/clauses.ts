import type { Entry } from '../../domain/entry.ts';
import { isCall, isResult, shortKind } from '../../domain/event-kinds.ts';
import type { Fact } from '../../domain/facts/facts.ts';
import type { StateFile } from '../../domain/state-file.ts';
import { readableText } from '../../text/readable-text.ts';
import { truncateEnd } from '../../text/truncate.ts';

/* The parts of a reason. They can contain text of events, so they are not safe to print as they are. */

/** A part of a reason. */
export interface Clause {
  readonly text: string;
  /** The same in as few words as a list has room for, beside the outcome. */
  readonly brief: string;
}

/** `base_state.json says running`, or what is known instead. */
export function statusClause(status: Fact<string> | undefined, state: StateFile): string {
  if (!status) {
    return state.kind === 'invalid'
      ? "base_state.json can't be read"
      : state.kind === 'absent'
        ? 'there is no base_state.json'
        : 'base_state.json has no status';
  }
  const { source, value } = status;
  const file = source.kind === 'event' ? `event #${source.slot.index}` : 'base_state.json';
  return `${file} says ${shortText(value)}`;
}

/** An event as a reason names it: `the result of terminal (#45)`. */
export function nameOf({ kind, source, tool, slot: { index } }: Entry): string {
  const of = tool === undefined ? '' : ` of ${shortText(tool)}`;
  if (kind === 'MessageEvent')
    return `the ${source === 'user' ? "user's" : "agent's"} message #${index}`;
  if (isCall(kind)) return `the call${of} (#${index})`;
  if (kind === 'AgentErrorEvent') return `an error${of} (#${index})`;
  if (isResult(kind)) return `the result${of} (#${index})`;
  return `the ${shortText(shortKind(kind)) || 'event'} (#${index})`;
}

/** An event in as few words as can be: `terminal (#45)`, `message #3`. */
export function briefNameOf({ kind, tool, slot: { index } }: Entry): string {
  if (kind === 'MessageEvent') return `message #${index}`;
  if (kind === 'AgentErrorEvent') return `an error (#${index})`;
  return `${shortText(tool ?? shortKind(kind)) || 'event'} (#${index})`;
}

/** What is missing after the last step. */
export function openClause(entry: Entry): Clause {
  const [name, brief] = [nameOf(entry), briefNameOf(entry)];
  if (isUserMessage(entry)) {
    return { text: `${name} was never answered`, brief: `no answer to ${brief}` };
  }
  if (entry.kind === 'ActionEvent') {
    return { text: `${name} has no result`, brief: `${brief}: no result` };
  }
  return { text: `the log stops after ${name}`, brief: `after ${brief}` };
}

export const isUserMessage = ({ kind, source }: Entry) =>
  kind === 'MessageEvent' && source === 'user';

/** ` since 2025-09-25 20:11`, as the event's own clock showed it. Empty for an event without a time. */
export function sinceClause(entry: Entry | undefined): string {
  const stamp = entry?.stamp;
  if (!stamp) return '';
  const time = new Date(stamp.us / 1000).toISOString().slice(0, 16).replace('T', ' ');
  return ` since ${time}${stamp.naive ? '' : ' UTC'}`;
}

/** Longer names of tools and statuses are cut. In UTF-16 units. */
const MAX_NAME_CHARS = 60;

const shortText = (text: string) => truncateEnd(readableText(text), MAX_NAME_CHARS);
