import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent, writeState } from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import { action, answer, calls, PLAIN, screen, second } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  expect(await screen('stats', PLAIN, '--steps')).toMatchInlineSnapshot(`
    "20 events, 14.2 KiB, 1 error, $0.0872, status finished
    2026-03-02 09:14:06 to 2026-03-02 09:15:05, 59s

    usage model             steps tokens in cached out latency    cost
    agent claude-sonnet-4-5     7    24,150   76 % 807     12s $0.0872

    step tokens in cached written out    cost did
    #3       2,400    0 %   2,200  90 $0.0105 $ cd /workspace/project && python -m …
    #5       2,750   80 %     350 107 $0.0118 file_editor: view /workspace/project/…
    #8       3,100   82 %     350 124 $0.0130 file_editor: str_replace /workspace/p…
    #10      3,450   84 %     350 141 $0.0143 $ python -m pytest -q tests/test_slug…
    #12      3,800   86 %     350  98 $0.0155 $ python -m pytest -q
    #14      4,150   87 %     350 115 $0.0105 terminal: (waits for output)
    #17      4,500   88 %     350 132 $0.0118 finish: \`slugify\` left a dash where t…

    waiting for the model 12s 20 % ██████
    in tools              18s 31 % █████████
    neither               29s 49 % ███████████████

             03-02 09:14:06                                          03-02 09:15:05
    events   █··█······██····█·█·█······█·█····██···█·····██····█·█···█·····██····█
    in tools ···········▄████▆·▇██········▂████▇▇███▁·····▆█····▂█▃·········▅█·····
    user               ●
    errors                   ✗

    tool        calls failed no answer median  p95 longest total
    terminal        4      1         0   2.3s 4.3s    4.3s   10s
    file_editor     2      0         0   3.3s 4.3s    4.3s  6.6s
    finish          1      0         0   1.3s 1.3s    1.3s  1.3s

    in the context       events characters share
    terminal observation      4      1,375  42 %
    file_editor observa…      2        458  14 %
    terminal action           4        423  13 %
    file_editor action        2        385  11 %
    system-prompt             1        327  10 %
    finish action             1        193   6 %
    others                    2        124   4 %
    the largest
      #4  848 terminal observation    [exit 1] .F. [100%] =========================…
      #1  327 system-prompt           You are a careful software engineer. Read bef…
      #6  295 file_editor observation Here's the result of running \`cat -n\` on /wor…
      #8  266 file_editor action      str_replace /workspace/project/src/slug.py
      #11 219 terminal observation    ... [100%] 3 passed in 0.02s

    kind          events
    action             7
    observation        7
    state-update       4
    message            1
    system-prompt      1
    exit 0"
  `);
});

test('time spent paused is not time spent waiting for the model', async () => {
  const pause = (index: number, seconds: number, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(seconds * second),
    source: 'user',
    ...fields,
  });
  const path = makeConversation([
    pause(0, 0, { kind: 'MessageEvent' }),
    { ...action(1, 'ls'), timestamp: stampAt(2 * second) },
    { ...answer(2, 'x'), timestamp: stampAt(5 * second) },
    pause(3, 6, { kind: 'PauseEvent' }),
    pause(4, 5000, {
      kind: 'ConversationStateUpdateEvent',
      key: 'execution_status',
      value: 'running',
    }),
    { ...action(5, 'pwd'), timestamp: stampAt(5004 * second) },
  ]);
  const { time } = JSON.parse((await cli(['stats', path, '--json'])).stdout);
  expect(time).toMatchObject({ model_seconds: 6, tools_seconds: 3, other_seconds: 4995 });
});

test('absurdly long lists and large numbers do no harm', async () => {
  const blocks = Array.from({ length: 200_000 }, () => ({ text: 'q' }));
  const path = makeConversation([
    action(0, 'ls'),
    {
      ...answer(1, ''),
      observation: { kind: 'TerminalObservation', content: blocks, exit_code: 1e308 },
    },
  ]);
  const usage = { prompt_tokens: 1.5, completion_tokens: -1, cache_read_tokens: 1e308 };
  const metrics = {
    accumulated_cost: 1e308,
    accumulated_token_usage: usage,
    token_usages: [{ ...usage, response_id: 'r0' }],
  };
  writeState(path, { stats: { usage_to_metrics: { constructor: metrics, __proto__: metrics } } });
  const [call] = await calls(path);
  expect(call).toMatchObject({ outcome: 'ok', exit_code: null });
  const { usage: fields } = JSON.parse((await cli(['stats', path, '--json'])).stdout);
  expect(fields[0]).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, cost: 0 });
});

test('times beyond the year 9999 are printed in full', async () => {
  const late = { ...messageEvent(0), timestamp: '9999-12-31T23:59:59-12:00' };
  const { stdout } = await cli(['stats', makeConversation([late]), '--json']);
  expect(JSON.parse(stdout).time.to).toBe('+010000-01-01T11:59:59.000000+00:00');
});
