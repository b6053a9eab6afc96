import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { eventName, idOf, stampAt } from './memory.ts';

/** A folder of the test's own, gone when it ends. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'convoscope-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function messageEvent(index: number, text = `message ${index}`): Record<string, unknown> {
  return {
    id: idOf(index),
    timestamp: stampAt(index * 1_000_000),
    source: 'user',
    llm_message: { role: 'user', content: [{ type: 'text', text }] },
    kind: 'MessageEvent',
  };
}

/** Path of the event file of an index. */
export function eventPath(conversation: string, index: number, id = idOf(index)): string {
  return join(conversation, 'events', eventName(index, id));
}

export function writeEvent(conversation: string, index: number, event: object): void {
  writeFileSync(eventPath(conversation, index), JSON.stringify(event));
}

/** A state that goes with a conversation; fields of a test's own replace or join its. */
export function writeState(conversation: string, fields: object = {}): void {
  const id = basename(conversation).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  // An ACPAgent can do without a system prompt, which these conversations do not have.
  const agent = { kind: 'ACPAgent', acp_command: ['agent'], llm: { model: 'x' }, tools: [] };
  const state = {
    id,
    agent,
    workspace: { kind: 'LocalWorkspace', working_dir: '/work' },
    ...fields,
  };
  writeFileSync(join(conversation, 'base_state.json'), JSON.stringify(state));
}

/** A conversation with so many messages, or these events, in a temporary root. */
export function makeConversation(
  events: number | readonly object[],
  id = 'c0ffee00c0ffee00c0ffee00c0ffee00',
  root = temporaryFolder(),
): string {
  const path = join(root, id);
  mkdirSync(join(path, 'events'), { recursive: true });
  const list =
    typeof events === 'number' ? Array.from({ length: events }, (_, i) => messageEvent(i)) : events;
  for (const [index, event] of list.entries()) writeEvent(path, index, event);
  writeState(path);
  return path;
}
