import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StatusWatch } from '../../src/following/status-watch.ts';
import { LiveLog } from '../../src/reading/live-log.ts';
import { makeConversation, writeEvent, writeState } from '../helpers/conversation.ts';
import { openLog } from '../helpers/open-log.ts';
import { call, update, work } from '../helpers/steps.ts';

const watchOf = (path: string) => {
  const log = new LiveLog(openLog(path).reader);
  const watch = new StatusWatch(log);
  /** Writes an event and lets the watch know. */
  const land = (index: number, event: object) => {
    writeEvent(path, index, event);
    log.refresh();
    watch.note(log.read(log.slots.at(-1)!));
  };
  return { watch, land };
};

test('a status in the state counts at once, and is reported when it changes', () => {
  const path = makeConversation(work(1));
  writeState(path, { execution_status: 'running' });
  const { watch } = watchOf(path);
  expect(watch.look(false)).toMatchObject({ value: 'running', source: { kind: 'state' } });
  expect(watch.look(true)).toBeUndefined();
  writeState(path, { execution_status: 'finished' });
  expect(watch.look(false)).toMatchObject({ value: 'finished' });
});

test('a status that only an event gives counts when nothing more is written', () => {
  const path = makeConversation([...work(1), update(4, 'execution_status', 'finished')]);
  rmSync(join(path, 'base_state.json'));
  const { watch, land } = watchOf(path);
  expect(watch.look(true)).toBeUndefined();
  land(5, update(5, 'execution_status', 'running'));
  expect(watch.look(false)).toBeUndefined();
  expect(watch.look(true)).toBeUndefined();
  expect(watch.look(true)).toMatchObject({ value: 'running', source: { kind: 'event' } });
});

test('a state that is being written does not make an old event count', () => {
  const path = makeConversation([...work(1), update(4, 'execution_status', 'finished')]);
  writeState(path, { execution_status: 'finished' });
  const { watch, land } = watchOf(path);
  expect(watch.look(true)).toMatchObject({ value: 'finished', source: { kind: 'state' } });
  land(5, call(5));
  writeFileSync(join(path, 'base_state.json'), '{"execution_st');
  expect(watch.look(false)).toBeUndefined();
  writeState(path, { execution_status: 'running' });
  expect(watch.look(false)).toMatchObject({ value: 'running', source: { kind: 'state' } });
});

test('a missing status is reported once', () => {
  const { watch, land } = watchOf(makeConversation(work(1)));
  const looks = [watch.look(true), watch.look(true), watch.look(true)];
  land(4, call(4));
  expect([...looks, watch.look(true), watch.look(true)]).toEqual([
    undefined,
    'no-status',
    undefined,
    undefined,
    undefined,
  ]);
});
