import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation } from '../helpers/conversation.ts';
import { idOf, stampAt } from '../helpers/memory.ts';

/** A command that failed without any output. */
const silent = (observation: object) =>
  makeConversation([
    {
      id: idOf(0),
      kind: 'ActionEvent',
      source: 'agent',
      timestamp: stampAt(0),
      tool_name: 'terminal',
      tool_call_id: 'c0',
      action: { kind: 'TerminalAction', command: 'false' },
    },
    {
      id: idOf(1),
      kind: 'ObservationEvent',
      source: 'environment',
      timestamp: stampAt(1_000_000),
      tool_name: 'terminal',
      tool_call_id: 'c0',
      action_id: idOf(0),
      observation: { kind: 'TerminalObservation', exit_code: 1, command: 'false', ...observation },
    },
  ]);

const METADATA = { working_dir: '/workspace/project', suffix: '[Exit code 1]' };

test.each([
  ['no content', { metadata: METADATA }],
  ['empty content', { content: [], metadata: METADATA }],
  ['blank text', { content: [{ type: 'text', text: '\n' }], metadata: METADATA }],
  ['empty output', { output: '', metadata: METADATA }],
])('a command that failed and printed nothing has no error line: %s', async (_, observation) => {
  const path = silent(observation);
  const { stdout } = await cli(['calls', path, '--json']);
  expect(JSON.parse(stdout).items).toMatchObject([
    { outcome: 'failed', exit_code: 1, error: null },
  ]);
  for (const command of [['calls'], ['why'], ['export', '--format', 'md']]) {
    const [name = '', ...options] = command;
    const shown = (await cli([name, path, ...options])).stdout;
    expect(shown).not.toMatch(/(?:↳|exit 1) .*(?:\/workspace|Exit code)/);
  }
  expect(JSON.parse((await cli(['why', path, '--json'])).stdout).failed_calls).toMatchObject([
    { error: null },
  ]);
});

test('an error beside an empty output is the error line', async () => {
  const path = silent({ output: '', error: 'not found' });
  const { stdout } = await cli(['calls', path, '--json']);
  expect(JSON.parse(stdout).items).toMatchObject([{ error: 'not found' }]);
});
