import { type Call, callsOf } from '../../src/history/calls.ts';
import { readHistory } from '../../src/history/history.ts';
import { findZone } from '../../src/time/zone.ts';
import { idOf, loaded, memorySource, slotOf, stampAt } from './memory.ts';

export interface MadeCall {
  readonly tool: string;
  readonly action: object;
}

const UTC = findZone('UTC')!;

/** Calls as a history has them. Each is answered at once. */
export async function openCalls(made: readonly MadeCall[]): Promise<Call[]> {
  const events = made.flatMap(({ tool, action }, at) => {
    const [call, answer] = [2 * at, 2 * at + 1];
    const common = { tool_name: tool, tool_call_id: `call-${at}` };
    return [
      {
        ...common,
        id: idOf(call),
        timestamp: stampAt(call * 1_000_000),
        source: 'agent',
        action,
        llm_response_id: `response-${at}`,
        kind: 'ActionEvent',
      },
      {
        ...common,
        id: idOf(answer),
        timestamp: stampAt(answer * 1_000_000),
        source: 'environment',
        action_id: idOf(call),
        observation: { kind: 'Observation', content: [{ type: 'text', text: 'done' }] },
        kind: 'ObservationEvent',
      },
    ];
  });
  const source = memorySource(events.map((event, at) => loaded(slotOf(at), event)));
  return callsOf(await readHistory(source, { kind: 'absent' }), UTC);
}
