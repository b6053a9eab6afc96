import { mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  writeEvent,
  writeState,
} from '../helpers/conversation.ts';
import { fixtures } from '../helpers/fixtures.ts';
import { idOf, stampAt } from '../helpers/memory.ts';
import { run } from '../helpers/spawned.ts';

const at = (index: number) => ({ id: idOf(index), timestamp: stampAt(index * 1_000_000) });
const call = (index: number, command: string, risk = 'LOW') => ({
  ...at(index),
  source: 'agent',
  thought: [{ type: 'text', text: `I try ${command}` }],
  action: { kind: 'TerminalAction', command },
  tool_name: 'terminal',
  tool_call_id: `call-${index}`,
  tool_call: { id: `call-${index}`, name: 'terminal', arguments: '{}' },
  llm_response_id: `r${index}`,
  security_risk: risk,
  kind: 'ActionEvent',
});
const result = (index: number, text: string, exit_code = 1) => ({
  ...at(index),
  source: 'environment',
  tool_name: 'terminal',
  tool_call_id: `call-${index - 1}`,
  action_id: idOf(index - 1),
  observation: { kind: 'TerminalObservation', content: [{ type: 'text', text }], exit_code },
  kind: 'ObservationEvent',
});
const conversationError = (index: number) => ({
  ...at(index),
  source: 'environment',
  code: 'LLMBadRequestError',
  detail: 'first line\nsecond line\u001b[31m\u202e',
  kind: 'ConversationErrorEvent',
});

async function why(path: string) {
  const { code, stdout, stderr } = await cli(['why', path, '--json']);
  return { code, stderr, answer: JSON.parse(stdout) };
}

function failing(status: string): string {
  const loop = [1, 3, 5].flatMap((n) => [
    call(n, 'make'),
    result(n + 1, 'no rule\nmake: Error 2', 2),
  ]);
  const path = makeConversation([messageEvent(0), ...loop, conversationError(7)]);
  writeState(path, { execution_status: status });
  return path;
}

describe('why', () => {
  test('gives the outcome, its reason, and what led to it', async () => {
    const path = failing('error');
    const { code, answer } = await why(path);
    const [verified] = JSON.parse((await cli(['verify', path, '--json'])).stdout).conversations;
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      format_version: 1,
      conversation: { id: basename(path) },
      status: 'error',
      outcome: 'error',
      reason: 'LLMBadRequestError: first line second line\u202e (#7)',
      last_error: { index: 7, text: expect.stringMatching(/^LLMBadRequestError: first line\n/) },
      loops: [{ kind: 'same-calls', first: 1, last: 5, period: 1, times: 3, same_answers: true }],
      failed: 3,
      calls: 3,
      unanswered: [],
      last_words: 'I try make',
      resumes: verified.resumes,
      resume_error: verified.resume_error,
      ended_subagents: [],
      skipped: [],
    });
    expect(answer.failed_calls).toHaveLength(3);
    expect(answer.failed_calls[2]).toMatchObject({
      index: 5,
      exit_code: 2,
      error: 'make: Error 2',
    });
  });

  test('the commands that it names work when they are pasted', async () => {
    const old = failing('error');
    const path = join(dirname(old), "it's a\t$folder `x`");
    renameSync(old, path);
    const { answer } = await why(path);
    expect(answer.next.length).toBeGreaterThan(2);
    for (const command of answer.next) {
      const script = `convoscope() { printf '%s\\n' "$2" | od -An -tx1 | tr -d ' \\n'; }; ${command}`;
      const { stdout } = await run('bash', ['-c', script]);
      expect([command, Buffer.from(stdout, 'hex').toString()]).toEqual([command, `${path}\n`]);
    }
  });

  test('a terminal gets the outcome first, and text of events only as text', async () => {
    const { output } = await terminal(['why', failing('error'), '--color', 'never']);
    const lines = output.split(/\r?\n/);
    expect(lines[0]).toBe('error: LLMBadRequestError: first line second line\\u202e (#7)');
    expect(output).toContain('  3× the same call with the same answer (#1 to #5): $ make');
    expect(output).toContain('look further\n  convoscope show ');
    expect(output).not.toContain('\u202e');
    expect(output).not.toContain('\u001b[31m');
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  test('a call that waits for confirmation is named, with its risk', async () => {
    const path = makeConversation([messageEvent(0), call(1, 'rm -r x', 'HIGH')]);
    writeState(path, { execution_status: 'waiting_for_confirmation' });
    const { stdout } = await cli(['why', path]);
    expect(stdout).toMatch(
      /^waiting: the call of terminal \(#1\) waits for the user's confirmation\n/,
    );
    expect(stdout).toMatch(
      /calls that wait for confirmation\n {2}#1 terminal unanswered \$ rm -r x\n.*risk: HIGH/,
    );
  });

  test('what can be read decides, and the exit code says that something is missing', async () => {
    const path = makeConversation([messageEvent(0), call(1, 'make'), result(2, 'x')]);
    writeFileSync(eventPath(path, 2), '{}x');
    const { code, stderr, answer } = await why(path);
    expect(code).toBe(3);
    expect(stderr).toContain('skipped events/event-00002');
    expect(answer).toMatchObject({ outcome: 'unknown', skipped: [{ index: 2 }] });
    expect(answer.unanswered).toEqual([
      { index: 1, tool: 'terminal', about: '$ make', known: false },
    ]);
  });

  test('subagents that did not finish are named', async () => {
    const path = failing('finished');
    const names = ['5ab00000000000000000000000000000', '5ab10000000000000000000000000000'];
    for (const [at, name] of names.entries()) {
      const subagent = join(path, 'subagents', name);
      mkdirSync(join(subagent, 'events'), { recursive: true });
      writeEvent(subagent, 0, messageEvent(0));
      writeEvent(subagent, 1, { ...messageEvent(1), source: 'agent' });
      writeState(subagent, { execution_status: at === 0 ? 'stuck' : 'finished' });
    }
    const { answer } = await why(path);
    expect(answer.ended_subagents).toEqual([
      {
        id: names[0],
        path: join(path, 'subagents', names[0] as string),
        outcome: 'stuck',
        reason: 'the agent repeated itself; base_state.json says stuck',
      },
    ]);
    const { stdout } = await cli(['why', path]);
    expect(stdout).toContain('1 of 2 subagents did not finish\n  5ab00000 stuck: the agent');
  });

  test('a conversation that does not exist', async () => {
    const { code, stderr } = await cli(['why', '/nowhere']);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  });
});

describe('reading', () => {
  /** How many event files a run opened. */
  const openedBy = async (path: string) => {
    const { stderr } = await cli(['why', path, '--json', '-v', '--no-cache']);
    return Number(/event files: (\d+) opened/.exec(stderr)?.[1]);
  };

  test('opens each event file once, however many parts of the answer need it', async () => {
    for (const { path, events } of fixtures)
      expect([path, await openedBy(path)]).toEqual([path, events]);
  });

  test('opens only the shown events again if the log is larger than the memory', async () => {
    const text = 'x'.repeat(1024 * 1024);
    const calls = Array.from({ length: 6 }, (_, n) => [
      call(2 * n + 1, text),
      result(2 * n + 2, text),
    ]);
    const path = makeConversation([messageEvent(0), ...calls.flat()]);
    expect(await openedBy(path)).toBe(13 + 2);
  });

  test('the verdict is that of verify, for every fixture', async () => {
    for (const { path } of fixtures) {
      const [verified] = JSON.parse((await cli(['verify', path, '--json'])).stdout).conversations;
      const { answer } = await why(path);
      expect([path, answer.resumes, answer.resume_error]).toEqual([
        path,
        verified.resumes,
        verified.resume_error,
      ]);
    }
  });
});

test('events that are missing are named', async () => {
  const path = makeConversation([messageEvent(0), call(1, 'ls'), result(2, 'no'), call(3, 'make')]);
  unlinkSync(eventPath(path, 1));
  expect((await why(path)).answer.missing).toEqual([{ first: 1, last: 1 }]);
  expect((await cli(['why', path])).stdout).toMatch(/3 events, #1 is missing, /);
  writeState(path, { leaf_event_id: idOf(9) });
  expect((await why(path)).answer.missing).toEqual([
    { first: 1, last: 1 },
    { first: 4, last: null },
  ]);
});
