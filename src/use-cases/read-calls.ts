import { EACH_EVENT, type EventSource } from '../domain/scan.ts';
import type { Call } from '../history/calls.ts';
import { type CallDetails, detailsOf, inputOf } from '../history/sections/call-details.ts';

/** Calls that are read at a time. Only their details stay in memory. */
const BATCH_CALLS = 64;

/**
 * Reads the details of calls as they are taken, in the order of the calls.
 *
 * @param sourceOf returns the source that the positions of a call's events are from
 * @throws ConversationGone
 */
export async function* readCalls(
  calls: readonly Call[],
  sourceOf: (call: Call) => EventSource,
): AsyncGenerator<{ readonly call: Call; readonly details: CallDetails }> {
  for (let next = 0; next < calls.length; next += BATCH_CALLS) {
    const batch = calls.slice(next, next + BATCH_CALLS);
    const details = new Map<Call, CallDetails>();
    for (const source of new Set(batch.map(sourceOf))) {
      const part = batch.filter((call) => sourceOf(call) === source);
      await readPart(part, source, details);
    }
    for (const call of batch) yield { call, details: details.get(call) as CallDetails };
  }
}

async function readPart(
  calls: readonly Call[],
  source: EventSource,
  found: Map<Call, CallDetails>,
): Promise<void> {
  const read = new Map<number, CallDetails>();
  const wanted = calls.flatMap((call) => [call.action.position, inputOf(call).position]);
  const positions = [...new Set(wanted)].sort((a, b) => a - b);
  await source.scan(positions, EACH_EVENT, {
    entry(_, event, position) {
      if (event) read.set(position, detailsOf(event));
      return undefined;
    },
    fault: () => undefined, // the reading of the conversation has reported it
  });
  for (const call of calls) {
    found.set(call, {
      arguments: read.get(inputOf(call).position)?.arguments,
      timestamp: read.get(call.action.position)?.timestamp,
    });
  }
}
