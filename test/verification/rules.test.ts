import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CODES } from '../../src/verification/verify.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  writeEvent,
  writeState,
} from '../helpers/conversation.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { idOf } from '../helpers/memory.ts';
import { codesOf, findingsOf } from '../helpers/verify.ts';

type Damage = (path: string) => unknown;

const old = (file: string) => utimesSync(file, 1e9, 1e9);
const rename = (path: string, from: number, name: string) =>
  renameSync(eventPath(path, from), join(path, 'events', name));

/** For each code: damage to a conversation of four events that produces this code and no other. */
const CASES: Record<string, Damage> = {
  'empty-file': (path) => truncateSync(eventPath(path, 1), 0),
  'truncated-json': (path) => truncateSync(eventPath(path, 1), 30),
  'invalid-json': (path) => writeFileSync(eventPath(path, 1), '{"a":nope}'),
  'trailing-bytes': (path) => writeFileSync(eventPath(path, 1), '{}\n{}'),
  'invalid-utf8': (path) => writeFileSync(eventPath(path, 1), Buffer.from([0x7b, 0xff, 0x7d])),
  'not-an-object': (path) => writeFileSync(eventPath(path, 1), '"text"'),
  'unreadable-file': (path) => [
    rmSync(eventPath(path, 1)),
    symlinkSync('nowhere', eventPath(path, 1)),
  ],
  'not-a-file': (path) => [
    rmSync(eventPath(path, 1)),
    execFileSync('mkfifo', [eventPath(path, 1)]),
  ],
  'linked-file': (path) => [rename(path, 1, '../kept'), symlinkSync('../kept', eventPath(path, 1))],
  'oversized-file': (path) => truncateSync(eventPath(path, 1), 65 * 1024 * 1024),
  'too-complex': (path) =>
    writeFileSync(eventPath(path, 1), `{"a":[${Array(2_000_000).fill('[]').join()}]}`),
  'in-flight-write': (path) => truncateSync(eventPath(path, 3), 30),
  'unrecognized-name': (path) => writeFileSync(join(path, 'events', 'event-4.json'), '{}'),
  'padded-index': (path) => rename(path, 1, `event-000001-${idOf(1)}.json`),
  'index-gap': (path) => rmSync(eventPath(path, 1)),
  'duplicate-index': (path) =>
    writeFileSync(
      eventPath(path, 1, 'abcdef01'),
      JSON.stringify({ ...messageEvent(1), id: 'abcdef01' }),
    ),
  'duplicate-id': (path) => [
    rmSync(eventPath(path, 3)),
    writeFileSync(eventPath(path, 3, idOf(1)), JSON.stringify({ ...messageEvent(3), id: idOf(1) })),
  ],
  'id-mismatch': (path) => change(path, 1, { id: idOf(9) }),
  // A file name cannot contain the id, so the case has two codes.
  'reserved-id': (path) => writeEvent(path, 1, { ...messageEvent(1), id: '__root__' }),
  'missing-field': (path) => change(path, 1, { source: undefined }),
  'bad-field': (path) => change(path, 1, { source: 'robot' }),
  'bad-timestamp': (path) => change(path, 1, { timestamp: 'soon' }),
  'unknown-kind': (path) => change(path, 1, { kind: 'FutureEvent' }),
  'unknown-field': (path) => change(path, 1, { from_the_future: 1 }),
  'legacy-shape': (path) => change(path, 1, { kind: 'openhands.sdk.event.MessageEvent' }),
  'timestamp-regression': (path) => change(path, 2, { timestamp: '2025-12-31T23:59:59' }),
  // The first event after the jump is earlier than the one before it, too.
  'clock-jump': (path) => [
    change(path, 2, { timestamp: '2025-12-31T23:00:00' }),
    change(path, 3, { timestamp: '2025-12-31T23:00:01' }),
  ],
  'forgotten-unknown-id': (path) =>
    writeEvent(path, 2, {
      ...base(2),
      kind: 'Condensation',
      forgotten_event_ids: [idOf(0), 'gone'],
      llm_response_id: 'r',
    }),
  'mixed-timezones': (path) => change(path, 2, { timestamp: '2026-01-01T00:00:02Z' }),
  'missing-parent': (path) => change(path, 2, { parent_id: 'ffffffff-0000' }),
  'parent-cycle': (path) => change(path, 1, { parent_id: idOf(1) }),
  'missing-leaf': (path) => writeState(path, { leaf_event_id: 'ffffffff-0000' }),
  'unexpected-root': (path) => change(path, 2, { parent_id: '__root__' }),
  'stale-leaf': (path) => [writeState(path, { leaf_event_id: idOf(1) }), old(eventPath(path, 3))],
  'parent-after-child': (path) => [
    change(path, 1, { parent_id: idOf(2) }),
    change(path, 2, { parent_id: idOf(0) }),
    change(path, 3, { parent_id: idOf(1) }),
  ],
  'orphan-observation': (path) => writeEvent(path, 2, observation(2, 'gone')),
  'duplicate-observation': (path) => [
    writeEvent(path, 1, action(1)),
    writeEvent(path, 2, observation(2, idOf(1))),
    writeEvent(path, 3, observation(3, idOf(1))),
  ],
  'tool-call-mismatch': (path) => [
    writeEvent(path, 1, action(1)),
    writeEvent(path, 2, { ...observation(2, idOf(1)), tool_call_id: 'other' }),
  ],
  'unmatched-action': (path) => writeEvent(path, 3, action(3)),
  'missing-state': (path) => rmSync(join(path, 'base_state.json')),
  'corrupt-state': (path) => writeFileSync(join(path, 'base_state.json'), '{"id":'),
  'state-id-mismatch': (path) => writeState(path, { id: '11111111-2222-4333-8444-555555555555' }),
  'corrupt-meta': (path) => writeFileSync(join(path, 'meta.json'), '[]'),
  'meta-mismatch': (path) =>
    writeFileSync(join(path, 'meta.json'), JSON.stringify({ id: '1'.repeat(32) })),
  'stale-lease': (path) =>
    writeFileSync(join(path, 'owner_lease.json'), '{"expires_at":1000000000}'),
  'live-lease': (path) =>
    writeFileSync(join(path, 'owner_lease.json'), '{"expires_at":100000000000}'),
  'not-resumable': (path) => writeState(path, { max_iterations: 0 }),
  'other-sdk-version': (path) =>
    writeState(path, { agent: { ...AGENT, mcp_config: OLD_MCP_CONFIG } }),
};

const AGENT = { kind: 'ACPAgent', acp_command: ['agent'], llm: { model: 'x' }, tools: [] };
/** As versions before 1.31.2 wrote it. */
const OLD_MCP_CONFIG = { mcpServers: { fetch: { command: 'uvx', args: ['mcp-server-fetch'] } } };

const change = (path: string, index: number, fields: object) =>
  writeEvent(path, index, { ...messageEvent(index), ...fields });

const base = (index: number) => {
  const { id, timestamp } = messageEvent(index);
  return { id, timestamp, source: 'agent' };
};

const CALL = { tool_name: 'terminal', tool_call_id: 'call' };

const action = (index: number) => ({
  ...base(index),
  ...CALL,
  kind: 'ActionEvent',
  thought: [],
  action: { kind: 'TerminalAction', command: 'ls' },
  tool_call: { id: 'call', name: 'terminal', arguments: '{}', origin: 'completion' },
  llm_response_id: 'r',
});

const observation = (index: number, action_id: string) => ({
  ...base(index),
  ...CALL,
  source: 'environment',
  kind: 'ObservationEvent',
  action_id,
  observation: { kind: 'TerminalObservation', command: 'ls', content: [] },
});

const CODES_OF_CASE: Record<string, string[]> = {
  'reserved-id': ['id-mismatch', 'reserved-id'],
  // What the SDK does not resume has an error, also where the finding itself is none.
  'padded-index': ['not-resumable', 'padded-index'],
  'unknown-kind': ['not-resumable', 'unknown-kind'],
  'unknown-field': ['not-resumable', 'unknown-field'],
  'legacy-shape': ['legacy-shape', 'not-resumable'],
  // Without the state, the agent is not known to be one that needs no system prompt.
  'missing-state': ['missing-state', 'not-resumable'],
  'clock-jump': ['clock-jump', 'timestamp-regression'],
};

test('every code has a case', () => {
  // The rules about seals are tested in test/commands/seal.test.ts.
  const sealCodes = ['modified-file', 'missing-file', 'inserted-file', 'appended'];
  expect([...Object.keys(CASES), ...sealCodes]).toEqual(CODES);
});

test.each(Object.entries(CASES))(
  '%s is reported once, and a healthy conversation has no finding',
  async (code, damage) => {
    const path = makeConversation(4);
    expect(await codesOf(path)).toEqual([]);
    damage(path);
    expect(await codesOf(path)).toEqual(CODES_OF_CASE[code] ?? [code]);
  },
);

test('lock files and hidden files have no finding', async () => {
  const path = makeConversation(2);
  for (const name of ['.eventlog.lock', 'events.lock', '.DS_Store'])
    writeFileSync(join(path, 'events', name), '');
  expect(await codesOf(path)).toEqual([]);
});

test('--assume-idle reports a write in progress as damage', async () => {
  const path = makeConversation(2);
  truncateSync(eventPath(path, 1), 0);
  expect(await codesOf(path)).toEqual(['in-flight-write']);
  expect(await codesOf(path, '--assume-idle')).toEqual(['empty-file']);
  old(eventPath(path, 1));
  expect(await codesOf(path)).toEqual(['empty-file']);
});

test('at rest, a stale leaf is reported however young the newest event is', async () => {
  const path = makeConversation(4);
  writeState(path, { leaf_event_id: idOf(1) });
  expect(await codesOf(path)).toEqual([]);
  const { stdout } = await runInProcess(['verify', path, '-o', 'sarif']);
  expect(stdout).toContain('"ruleId":"stale-leaf"');
});

test('each gap has one finding, with its range and the number of events after it', async () => {
  const path = makeConversation(9);
  for (const index of [0, 3, 4, 7]) rmSync(eventPath(path, index));
  expect((await findingsOf(path)).map(({ index, message }) => [index, message])).toEqual([
    [
      1,
      'event 0 is missing; 5 events follow the gap; the next append can use index 5, which is already taken',
    ],
    [5, 'events 3–4 are missing; 3 events follow the gap'],
    [8, 'event 7 is missing; 1 event follows the gap'],
  ]);
});
