import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, ROOT } from '../../helpers/cli.ts';
import { makeConversation, messageEvent, writeState } from '../../helpers/conversation.ts';
import { endingOf } from '../../helpers/ending.ts';
import { idOf, stampAt } from '../../helpers/memory.ts';

/** An event with its own parent: the index of the event that it follows, or null for a root. */
type Made = readonly [event: (index: number) => object, parent: number | null];

const at = (index: number) => ({ id: idOf(index), timestamp: stampAt(index * 1_000_000) });
const user = (index: number) => messageEvent(index);
const agent = (index: number) => ({ ...messageEvent(index, `answer ${index}`), source: 'agent' });
const error = (index: number) => ({
  ...at(index),
  source: 'environment',
  code: 'LLMError',
  detail: `failure ${index}`,
  kind: 'ConversationErrorEvent',
});
const call =
  (command: string) =>
  (index: number): object => ({
    ...at(index),
    source: 'agent',
    thought: [],
    action: { kind: 'TerminalAction', command },
    tool_name: 'terminal',
    tool_call_id: `call-${index}`,
    llm_response_id: `r${index}`,
    kind: 'ActionEvent',
  });
/** The answer of the call just before it. */
const result =
  (exit_code = 0) =>
  (index: number): object => ({
    ...at(index),
    source: 'environment',
    tool_name: 'terminal',
    tool_call_id: `call-${index - 1}`,
    action_id: idOf(index - 1),
    observation: {
      kind: 'TerminalObservation',
      content: [{ type: 'text', text: `code ${exit_code}` }],
      exit_code,
    },
    kind: 'ObservationEvent',
  });

function make(events: readonly Made[], state: object): string {
  const path = makeConversation(
    events.map(([event, parent], index) => ({
      ...event(index),
      ...(index > 0 && { parent_id: parent === null ? '__root__' : idOf(parent) }),
    })),
  );
  writeState(path, state);
  return path;
}

/** What `why` says; `ls` must say the same. */
async function why(path: string) {
  const answer = JSON.parse((await cli(['why', path, '--json'])).stdout);
  const { outcome, reason } = answer;
  expect(await endingOf(path)).toMatchObject({ outcome, reason });
  return answer;
}

/** A turn that failed, and after going back to #0 one that the agent answered. */
const ANSWERED_AGAIN: readonly Made[] = [
  [user, null],
  [call('make'), 0],
  [result(2), 1],
  [error, 2],
  [call('ls'), 0],
  [result(0), 4],
  [agent, 5],
];

describe('a conversation with several branches', () => {
  test('ends as the branch of the leaf does, not as the log does', async () => {
    const answer = await why(
      join(ROOT, 'fixtures/conversations/1.58.2/37fc476772f355508283708aa6b55188'),
    );
    expect(answer).toMatchObject({
      outcome: 'waiting',
      last_error: null,
      last_words: '`sluggish`, say?',
      calls: 0,
      failed: 0,
      off_branch: 12,
    });
    expect(answer.reason).toMatch(
      /^the conversation went back to the user's message #5; .*; the log goes on to .*#15.* on another branch$/,
    );
    expect(answer.next[0]).toMatch(/tree/);
  });

  test('an answer that somebody went back to is the end', async () => {
    const path = make(
      [
        [user, null],
        [agent, 0],
        [user, 1],
        [call('ls'), 2],
      ],
      {
        execution_status: 'idle',
        leaf_event_id: idOf(1),
      },
    );
    const answer = await why(path);
    expect(answer).toMatchObject({ outcome: 'finished', unanswered: [], last_words: 'answer 1' });
    expect(answer.reason).toMatch(
      /answered \(#1\).*goes on to the call of terminal \(#3\) on another/,
    );
  });

  test('what failed on another branch is not named', async () => {
    const path = make(ANSWERED_AGAIN, { execution_status: 'finished', leaf_event_id: idOf(6) });
    expect(await why(path)).toMatchObject({
      outcome: 'finished',
      reason: 'the agent answered (#6) and called no more tools',
      last_error: null,
      failed: 0,
      calls: 1,
      off_branch: 3,
    });
    const { stdout } = await cli(['export', path, '-o', 'md']);
    expect(stdout).toContain('the agent answered (#6)');
    expect(stdout).not.toMatch(/last error/i);
  });

  test('an error of another branch is not the end, although the status is error', async () => {
    const path = make([...ANSWERED_AGAIN.slice(0, 6), [error, 5]], {
      execution_status: 'error',
      leaf_event_id: idOf(5),
    });
    expect(await why(path)).toMatchObject({ outcome: 'error', last_error: { index: 6 } });
    const other = make(ANSWERED_AGAIN.slice(0, 6), {
      execution_status: 'error',
      leaf_event_id: idOf(5),
    });
    const answer = await why(other);
    expect(answer.reason).toMatch(/no event says why/);
    expect(answer.last_error).toBeNull();
  });

  test('calls of another branch make no loop', async () => {
    const again = (parent: number, from: number): Made[] => [
      [call('make'), parent],
      [result(2), from],
    ];
    const events: Made[] = [
      [user, null],
      ...again(0, 1),
      ...again(2, 3),
      ...again(0, 5),
      ...again(6, 7),
    ];
    const status = { leaf_event_id: idOf(8) };
    const answer = await why(make(events, status));
    expect(answer).toMatchObject({ outcome: 'lost', loops: [], calls: 2 });
    const longer = make([...events, ...again(8, 9), ...again(10, 11)], {
      leaf_event_id: idOf(12),
    });
    const looping = await why(longer);
    expect(looping).toMatchObject({ outcome: 'stuck', loops: [{ first: 5, last: 11, times: 4 }] });
    expect(looping.reason).toMatch(/from #5 on/);
  });

  test('a call without an answer is one of the branch', async () => {
    const path = make(
      [
        [user, null],
        [call('ls'), 0],
        [call('make'), 0],
        [result(0), 2],
      ],
      {
        execution_status: 'idle',
        leaf_event_id: idOf(3),
      },
    );
    expect(await why(path)).toMatchObject({ outcome: 'lost', unanswered: [], calls: 1 });
  });

  test('a running agent writes events before it saves the state', async () => {
    const path = make(
      [
        [user, null],
        [call('ls'), 0],
        [result(0), 1],
        [call('make'), 2],
      ],
      {
        execution_status: 'running',
        leaf_event_id: idOf(1),
      },
    );
    const answer = await why(path);
    expect(answer).toMatchObject({ outcome: 'lost', calls: 2, off_branch: 0 });
    expect(answer.reason).toMatch(/^the call of terminal \(#3\) has no result/);
  });

  test('somebody went back to before the first event', async () => {
    const path = make(
      [
        [user, null],
        [agent, 0],
      ],
      { execution_status: 'idle', head_is_empty: true },
    );
    const answer = await why(path);
    expect(answer).toMatchObject({ outcome: 'waiting', last_words: null, off_branch: 2 });
    expect(answer.reason).toMatch(/went back to before the first event/);
  });

  test('without a state, the leaf that an event names counts', async () => {
    const leaf = (index: number) => ({
      ...at(index),
      source: 'environment',
      key: 'leaf_event_id',
      value: idOf(1),
      kind: 'ConversationStateUpdateEvent',
    });
    const path = make(
      [
        [user, null],
        [agent, 0],
        [user, 1],
        [leaf, 1],
      ],
      {},
    );
    rmSync(join(path, 'base_state.json'));
    expect(await why(path)).toMatchObject({ outcome: 'finished', last_words: 'answer 1' });
  });
});
