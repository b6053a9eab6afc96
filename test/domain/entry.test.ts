import { expect, test } from 'vitest';
import { loaded, slotOf } from '../helpers/memory.ts';

const failed = (event: object) => loaded(slotOf(0), event).entry.failed;

test.each([
  [true, { kind: 'AgentErrorEvent' }],
  [true, { kind: 'ConversationErrorEvent' }],
  [true, { kind: 'UserRejectObservation' }],
  [true, { kind: 'ObservationEvent', observation: { is_error: true } }],
  [true, { kind: 'ObservationEvent', observation: { error: 'no such file' } }],
  [true, { kind: 'ObservationEvent', observation: { error: true } }],
  [true, { kind: 'ObservationEvent', observation: { exit_code: 1 } }],
  [
    true,
    { kind: 'ObservationEvent', observation: { exit_code: null, metadata: { exit_code: 127 } } },
  ],
  [true, { kind: 'HookExecutionEvent', success: false }],
  [false, { kind: 'HookExecutionEvent', success: true }],
  [false, { kind: 'ObservationEvent', observation: { exit_code: -1 } }],
  [
    false,
    { kind: 'ObservationEvent', observation: { exit_code: 0, error: false, is_error: false } },
  ],
  [false, { kind: 'ObservationEvent', observation: { error: '' } }],
  [false, { kind: 'ActionEvent' }],
])('an entry says whether the event failed: %s, %j', (expected, event) => {
  expect(failed(event)).toBe(expected);
});
