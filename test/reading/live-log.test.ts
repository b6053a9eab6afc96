import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { idOf, outcomesOf } from '../helpers/memory.ts';
import { openLiveLog } from '../helpers/open-log.ts';

const _BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function _codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

test('a live log looks again at the files that are named', () => {
  const path = makeConversation(3);
  const log = openLiveLog(path);
  writeEvent(path, 3, messageEvent(3));
  rmSync(eventPath(path, 1));
  const names = [0, 1, 3].map((index) => eventPath('', index).slice('events/'.length));
  expect(log.update(names)).toMatchObject({ removed: 1, added: [{ index: 3 }] });
  log.refresh();
  expect([...log.slots].map(({ id }) => id)).toEqual([0, 2, 3].map(idOf));
  expect([...log.slots].map((slot) => isFault(log.read(slot)))).toEqual([false, false, false]);
});
