import { expect, test } from 'vitest';
import { contextOf } from '../../src/history/context.ts';
import { readHistory } from '../../src/history/history.ts';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { idOf, loaded, memorySource, slotOf, stampAt } from '../helpers/memory.ts';

const event = (index: number, fields: object) =>
  loaded(slotOf(index), { id: idOf(index), timestamp: stampAt(index * 1_000_000), ...fields });

const message = (index: number, text: string) =>
  event(index, {
    source: 'user',
    llm_message: { role: 'user', content: [{ type: 'text', text }] },
    kind: 'MessageEvent',
  });

const call = (index: number, command: string) =>
  event(index, {
    source: 'agent',
    tool_name: 'file_editor',
    tool_call_id: 'c',
    action: { kind: 'FileEditorAction', command, path: '/w/a' },
    llm_response_id: 'r',
    kind: 'ActionEvent',
  });

const answer = (index: number, content: string, file: string) =>
  event(index, {
    source: 'environment',
    tool_name: 'file_editor',
    tool_call_id: 'c',
    action_id: idOf(1),
    observation: {
      kind: 'FileEditorObservation',
      content: [{ type: 'text', text: content }],
      old_content: file,
      new_content: file,
    },
    kind: 'ObservationEvent',
  });

test('whole files that a tool stores beside its answer are not in the context', async () => {
  const events = [message(0, 'abcde'), call(1, 'view'), answer(2, 'x'.repeat(30), 'y'.repeat(999))];
  const context = contextOf(await readHistory(memorySource(events), { kind: 'absent' }));
  // The name of the tool is text too.
  expect(context.characters).toBe(5 + 'file_editorview/w/a'.length + 'file_editor'.length + 30);
  expect(context.groups.map(({ kind, tool, characters }) => [kind, tool, characters])).toEqual([
    ['ObservationEvent', 'file_editor', 41],
    ['ActionEvent', 'file_editor', 19],
    ['MessageEvent', undefined, 5],
  ]);
  expect(context.largest.map(({ slot }) => slot.index)).toEqual([2, 1, 0]);
  expect(context.unknownPart).toBeUndefined();
});

test('what a condensation forgot is not in the context, but its summary is', async () => {
  const events = [
    message(0, 'a'.repeat(100)),
    message(1, 'b'.repeat(10)),
    event(2, {
      source: 'environment',
      forgotten_event_ids: [idOf(0)],
      summary: 'short',
      summary_offset: 0,
      llm_response_id: 'r9',
      kind: 'Condensation',
    }),
  ];
  const { characters, groups } = contextOf(
    await readHistory(memorySource(events), { kind: 'absent' }),
  );
  expect(characters).toBe(15);
  expect(groups.map(({ kind }) => kind)).toEqual(['MessageEvent', 'Condensation']);
});

test('beyond an event that cannot be read, the context is not known', async () => {
  const events = [decodeEvent(slotOf(0), Buffer.from('{')), message(1, 'b')];
  const context = contextOf(await readHistory(memorySource(events), { kind: 'absent' }));
  expect(context.unknownPart).toMatch(/^not known/);
});
