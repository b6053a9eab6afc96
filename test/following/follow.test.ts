import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Followed, follow } from '../../src/following/follow.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { openLiveLog } from '../helpers/open-log.ts';

test('polls where the folder cannot be watched', async () => {
  const path = makeConversation(1);
  const log = openLiveLog(path);
  const seen = new Set([...log.slots].map(({ name }) => name));
  const followed: Followed[] = [];
  setTimeout(() => {
    writeEvent(path, 1, messageEvent(1));
    writeFileSync(eventPath(path, 2), '');
  }, 50);
  setTimeout(() => appendFileSync(eventPath(path, 2), JSON.stringify(messageEvent(2))), 400);
  for await (const one of follow(log, seen, { stamp: log.storage.stamp(), poll: true }))
    if (followed.push(one) === 2) break;
  expect(followed.map((one) => one.kind === 'outcome' && one.outcome.slot.index)).toEqual([1, 2]);
});

test('a new event joins the listing', async () => {
  const path = makeConversation(1);
  const log = openLiveLog(path);
  const seen = new Set([...log.slots].map(({ name }) => name));
  setTimeout(() => writeEvent(path, 1, messageEvent(1)), 50);
  for await (const one of follow(log, seen, { stamp: log.storage.stamp() })) {
    expect(log.slots).toHaveLength(2);
    expect(one.kind === 'outcome' && one.outcome).toEqual(log.read(log.slots.at(1)!));
    break;
  }
});
