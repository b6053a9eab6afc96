import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/history/outcome/outcome.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  writeState,
} from '../../helpers/conversation.ts';
import { endingOf } from '../../helpers/ending.ts';
import { idOf, stampAt } from '../../helpers/memory.ts';

const at = (index: number) => ({ id: idOf(index), timestamp: stampAt(index * 1_000_000) });

const user = (index: number) => messageEvent(index);
const agent = (index: number) => ({ ...messageEvent(index), source: 'agent' });
const call = (index: number, command = 'ls', tool_name = 'terminal') => ({
  ...at(index),
  source: 'agent',
  thought: [],
  action: { kind: 'TerminalAction', command },
  tool_name,
  tool_call_id: `call-${index}`,
  kind: 'ActionEvent',
});
const result = (index: number, text = 'ok', tool_name = 'terminal') => ({
  ...at(index),
  source: 'environment',
  tool_name,
  tool_call_id: `call-${index - 1}`,
  action_id: idOf(index - 1),
  observation: { kind: 'TerminalObservation', content: [{ type: 'text', text }] },
  kind: 'ObservationEvent',
});
const agentError = (index: number) => ({
  ...at(index),
  source: 'agent',
  tool_name: 'terminal',
  tool_call_id: `call-${index - 1}`,
  error: `no such tool ${index}`,
  kind: 'AgentErrorEvent',
});
const rejection = (index: number) => ({
  ...at(index),
  source: 'environment',
  tool_name: 'terminal',
  tool_call_id: `call-${index - 1}`,
  action_id: idOf(index - 1),
  rejection_reason: 'no',
  kind: 'UserRejectObservation',
});
const conversationError = (index: number) => ({
  ...at(index),
  source: 'environment',
  code: 'MaxIterationsReached',
  detail: 'Agent reached\nmaximum iterations limit (2).',
  kind: 'ConversationErrorEvent',
});
const plain = (index: number, kind: string, source = 'user') => ({ ...at(index), source, kind });
const status = (index: number, value: string) => ({
  ...at(index),
  source: 'environment',
  key: 'execution_status',
  value,
  kind: 'ConversationStateUpdateEvent',
});
const systemPrompt = (index: number) => ({
  ...at(index),
  source: 'agent',
  system_prompt: { type: 'text', text: 'x' },
  tools: [],
  kind: 'SystemPromptEvent',
});

const LONG_AFTER = new Date('2030-01-01T00:00:00Z');
/** Just after the events, which helpers stamp with times of one day. */
const JUST_AFTER = new Date(`${stampAt(60_000_000).slice(0, 19)}Z`);

const repeated = (times: number, answer: (index: number) => object) =>
  Array.from({ length: times }, (_, n) => [call(1 + 2 * n), answer(2 + 2 * n)]).flat();
const rounds = (times: number) =>
  Array.from({ length: 2 * times }, (_, n) => [
    call(1 + 2 * n, n % 2 === 0 ? 'a' : 'b'),
    result(2 + 2 * n, n % 2 === 0 ? 'A' : 'B'),
  ]).flat();

type Case = readonly [
  what: string,
  events: readonly object[],
  state: object | 'none' | 'damaged',
  outcome: Outcome,
  reason: RegExp,
];

const says = (value: string) => ({ execution_status: value });

const CASES: readonly Case[] = [
  [
    'finish',
    [user(0), call(1, '', 'finish'), result(2, 'ok', 'finish')],
    says('finished'),
    'finished',
    /called finish \(#2\)/,
  ],
  ['an answer', [user(0), agent(1)], 'none', 'finished', /answered \(#1\)/],
  [
    'a status that is finished',
    [user(0), call(1), result(2)],
    says('finished'),
    'finished',
    /says finished; the log ends with the result of terminal \(#2\)/,
  ],
  [
    'a message after the end',
    [user(0), agent(1), user(2)],
    says('finished'),
    'lost',
    /message #2 was never answered, although base_state.json says finished/,
  ],
  [
    'an error',
    [user(0), call(1), result(2), conversationError(3)],
    says('error'),
    'error',
    /MaxIterationsReached: Agent reached maximum iterations limit \(2\)\. \(#3\)/,
  ],
  [
    'an error without a status',
    [user(0), conversationError(1)],
    'none',
    'error',
    /MaxIterationsReached/,
  ],
  ['an error without an event', [user(0), call(1)], says('error'), 'error', /no event says why/],
  [
    'an error before a new message',
    [user(0), conversationError(1), user(2), agent(3)],
    'none',
    'finished',
    /answered \(#3\)/,
  ],
  [
    'a stuck agent',
    [user(0), ...repeated(4, result)],
    says('stuck'),
    'stuck',
    /same calls from #1 on, with the same answers; base_state.json says stuck/,
  ],
  ['four equal calls', [user(0), ...repeated(4, (n) => result(n))], 'none', 'stuck', /from #1 on/],
  [
    'three equal calls',
    [user(0), ...repeated(3, (n) => result(n))],
    'none',
    'lost',
    /log stops after/,
  ],
  [
    'three equal calls with errors',
    [user(0), ...repeated(3, agentError)],
    'none',
    'stuck',
    /from #1 on/,
  ],
  ['three equal rounds', [user(0), ...rounds(3)], 'none', 'stuck', /from #1 on/],
  ['two equal rounds', [user(0), ...rounds(2)], 'none', 'lost', /log stops after/],
  [
    'equal calls, and a known status',
    [user(0), ...repeated(4, (n) => result(n))],
    says('running'),
    'lost',
    /says running/,
  ],
  [
    'a confirmation',
    [user(0), call(1, 'rm x')],
    says('waiting_for_confirmation'),
    'waiting',
    /the call of terminal \(#1\) waits for the user's confirmation/,
  ],
  [
    'a rejection',
    [user(0), call(1), rejection(2)],
    says('idle'),
    'waiting',
    /rejected a call \(#2\)/,
  ],
  ['no message', [systemPrompt(0)], says('idle'), 'waiting', /no message was sent yet/],
  ['no event', [], says('idle'), 'waiting', /no message was sent yet/],
  [
    'no event, but one that the state names',
    [],
    { ...says('idle'), leaf_event_id: idOf(3) },
    'unknown',
    /events that are not here/,
  ],
  ['nothing at all', [], 'none', 'unknown', /no events; there is no base_state.json/],
  [
    'a pause',
    [user(0), call(1), result(2), plain(3, 'PauseEvent')],
    says('paused'),
    'paused',
    /user paused it \(#3\)/,
  ],
  [
    'an interrupt',
    [user(0), call(1), plain(2, 'InterruptEvent')],
    'none',
    'paused',
    /user interrupted it \(#2\)/,
  ],
  [
    'a status that is paused',
    [user(0), call(1), result(2)],
    says('paused'),
    'paused',
    /says paused; the log ends with the result/,
  ],
  [
    'a status that stays running',
    [user(0), call(1)],
    says('running'),
    'lost',
    /call of terminal \(#1\) has no result; base_state.json says running; nothing was written since/,
  ],
  [
    'a status in an event',
    [user(0), status(1, 'running'), call(2)],
    'none',
    'lost',
    /event #1 says running/,
  ],
  [
    'a finish that the state does not know',
    [user(0), call(1, '', 'finish'), result(2, 'ok', 'finish')],
    says('running'),
    'finished',
    /called finish \(#2\), although base_state.json says running/,
  ],
  [
    'a hook after the end',
    [user(0), agent(1), { ...plain(2, 'HookExecutionEvent', 'hook'), success: true }],
    says('idle'),
    'finished',
    /answered \(#1\)/,
  ],
  [
    'no answer',
    [systemPrompt(0), user(1)],
    says('idle'),
    'lost',
    /user's message #1 was never answered/,
  ],
  [
    'a status of another program',
    [user(0)],
    says('sleeping'),
    'unknown',
    /says sleeping, which is no status/,
  ],
  ['a deletion', [user(0)], says('deleting'), 'unknown', /deleting it/],
  [
    'a damaged state',
    [user(0), call(1), result(2)],
    'damaged',
    'unknown',
    /base_state.json can't be read/,
  ],
  [
    'a damaged state, and an end in the log',
    [user(0), agent(1)],
    'damaged',
    'finished',
    /answered \(#1\)/,
  ],
];

function make(events: readonly object[], state: Case[2]): string {
  const path = makeConversation(events);
  const file = join(path, 'base_state.json');
  if (state === 'damaged') writeFileSync(file, '{"execution_status": "ru');
  else if (state === 'none') rmSync(file);
  else writeState(path, state);
  return path;
}

describe('how a conversation ended', () => {
  test.each(CASES)('%s', async (_, events, state, outcome, reason) => {
    const ending = await endingOf(make(events, state), LONG_AFTER);
    expect(ending.outcome).toBe(outcome);
    expect(ending.reason).toMatch(reason);
    expect(ending.reason).not.toContain('\n');
  });
});

const working = [user(0), call(1)];

describe('whether somebody is at work', () => {
  const written = (path: string, when: Date) => {
    for (const index of working.keys()) utimesSync(eventPath(path, index), when, when);
    return path;
  };
  const lease = (path: string, seconds: number) => {
    const expires_at = JUST_AFTER.getTime() / 1000 + seconds;
    writeFileSync(join(path, 'owner_lease.json'), JSON.stringify({ expires_at }));
    return path;
  };

  test.each(['running', 'idle'])('a young event, and the status %s', async (value) => {
    const path = written(make(working, says(value)), JUST_AFTER);
    expect(await endingOf(path, JUST_AFTER)).toMatchObject({ outcome: 'running' });
  });

  test('an old event in a young copy', async () => {
    const path = written(make(working, says('running')), LONG_AFTER);
    expect(await endingOf(path, LONG_AFTER)).toMatchObject({ outcome: 'lost' });
  });

  test('a lease decides, if its end is known', async () => {
    const old = new Date(0);
    const held = written(lease(make(working, says('running')), 30), old);
    expect(await endingOf(held, JUST_AFTER)).toMatchObject({ outcome: 'running' });
    const given = written(lease(make(working, says('running')), -30), JUST_AFTER);
    const ending = await endingOf(given, JUST_AFTER);
    expect(ending.outcome).toBe('lost');
    expect(ending.reason).toContain('the lease of its server has expired');
  });

  test('a server that holds an idle conversation', async () => {
    const path = written(lease(make([user(0), call(1)], says('idle')), 30), new Date(0));
    expect(await endingOf(path, JUST_AFTER)).toMatchObject({ outcome: 'waiting' });
  });
});

describe('an end that is not known', () => {
  const damage = (path: string, index: number) => {
    writeFileSync(eventPath(path, index), '{"kind": "Act');
    const old = new Date(0);
    utimesSync(eventPath(path, index), old, old);
    return path;
  };

  test('the newest event is damaged, and there is no status', async () => {
    const ending = await endingOf(
      damage(make([user(0), agent(1), user(2)], 'none'), 2),
      LONG_AFTER,
    );
    expect(ending.outcome).toBe('unknown');
    expect(ending.reason).toBe("the event after the agent's message #1, #2, can't be read");
  });

  test('the newest event is damaged, and the status says running', async () => {
    const path = damage(make([user(0), call(1), result(2)], says('running')), 2);
    const ending = await endingOf(path, LONG_AFTER);
    expect(ending.outcome).toBe('lost');
    expect(ending.reason).toMatch(/#2, can't be read; base_state.json says running/);
  });

  test('the newest event is damaged, and the status says finished', async () => {
    const path = damage(make([user(0), call(1), result(2)], says('finished')), 2);
    expect(await endingOf(path, LONG_AFTER)).toMatchObject({ outcome: 'finished' });
  });

  test('equal calls around a damaged event are no loop', async () => {
    const path = damage(make([user(0), ...repeated(4, (n) => result(n))], 'none'), 4);
    expect(await endingOf(path, LONG_AFTER)).toMatchObject({ outcome: 'lost' });
  });
});
