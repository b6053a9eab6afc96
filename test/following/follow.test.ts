import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Followed, follow } from '../../src/following/follow.ts';
import { EventLog } from '../../src/reading/event-log.ts';
import { ReadScheduler } from '../../src/reading/read-scheduler.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';

test('polls where the folder cannot be watched', async () => {
  const path = makeConversation(1);
  const log = new EventLog(conversationAt(path)!, new ReadScheduler(1));
  const seen = new Set([...log.slots].map(({ name }) => name));
  const followed: Followed[] = [];
  setTimeout(() => {
    writeEvent(path, 1, messageEvent(1));
    writeFileSync(eventPath(path, 2), '');
  }, 50);
  setTimeout(() => appendFileSync(eventPath(path, 2), JSON.stringify(messageEvent(2))), 400);
  for await (const one of follow(log, seen, { poll: true })) if (followed.push(one) === 2) break;
  expect(followed.map((one) => 'outcome' in one && one.outcome.slot.index)).toEqual([1, 2]);
});

test('a new event joins the index and the memory', async () => {
  const path = makeConversation(1);
  const log = new EventLog(conversationAt(path)!, new ReadScheduler(1));
  const seen = new Set([...log.slots].map(({ name }) => name));
  setTimeout(() => writeEvent(path, 1, messageEvent(1)), 50);
  for await (const one of follow(log, seen)) {
    expect(log.slots).toHaveLength(2);
    expect('outcome' in one && one.outcome).toBe(await log.readOne(log.slots.at(1)!));
    break;
  }
});
