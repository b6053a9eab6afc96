import type { LoadedEvent } from '../domain/event.ts';
import { bareId } from '../domain/ids.ts';
import { EACH_EVENT, type EventSource } from '../domain/scan.ts';
import type { Call } from '../history/calls.ts';
import type { Subagent, Subagents } from '../history/subagents/subagents.ts';
import { own, ownString } from '../text/json-value.ts';

/** Names of tools, actions and observations that start a subagent, or hand something to one. */
const DELEGATING = /task|delegat|agent|child|workflow/i;
/** Ids of conversations, with or without dashes. */
const IDS = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/**
 * The subagents that calls started, or handed something to: those whose id is in the call or in its answer. The SDK's
 * own tools do not write the id, so for them nothing is known.
 *
 * @returns call → its subagents; calls without any are left out
 * @throws ConversationGone
 */
export async function subagentsOfCalls(
  source: EventSource,
  calls: readonly Call[],
  { items }: Subagents,
): Promise<ReadonlyMap<Call, readonly Subagent[]>> {
  const found = new Map<Call, Subagent[]>();
  if (items.length === 0) return found;
  const byId = new Map(items.map((item) => [bareId(item.id), item]));
  const callAt = new Map<number, Call>();
  for (const call of calls) for (const { position } of call.events) callAt.set(position, call);
  const positions = [...callAt.keys()].sort((a, b) => a - b);
  await source.scan(positions, EACH_EVENT, {
    entry(_, event, position) {
      const call = callAt.get(position);
      if (!event || !call || !isDelegating(event)) return undefined;
      const known = found.get(call) ?? [];
      for (const [id] of event.text.matchAll(IDS)) {
        const item = byId.get(bareId(id));
        if (item && !known.includes(item)) known.push(item);
      }
      if (known.length > 0) found.set(call, known);
      return undefined;
    },
    fault: () => undefined, // the reading of the conversation has reported it
  });
  return found;
}

function isDelegating({ value, entry }: LoadedEvent): boolean {
  const names = [
    entry.tool,
    ownString(own(value, 'action'), 'kind'),
    ownString(own(value, 'observation'), 'kind'),
  ];
  return names.some((name) => name !== undefined && DELEGATING.test(name));
}
