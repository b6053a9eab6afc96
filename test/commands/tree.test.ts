import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { screen, TREE } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  expect(await screen('tree', TREE)).toMatchInlineSnapshot(`
    "● #0 system-prompt  You are a careful software engineer. Read before you edit, …
    │ … 1 event
    ├ #2 message  \`sluggish\`, say?
    ├─○ #3 message  Too slow. Another?
    │ └ #4 message  \`slugline\`.
    └─● #5 message  ← leaf  Too slow. Something from the garden?
      ├─○ #6 action  $ pip index versions lettuce
      │ │ … 1 event
      │ └ #9 message  \`lettuce\` is taken; \`romaine\` is free.
      └─○ #10 message  \`romaine\`, without looking.
        └ #11 message  Taken it is.
    ○ #12 message  Start over: a name from the sea.
    │ … 2 events
    └ #15 observation  [exit 1] ERROR: No matching distribution found for nudibranch
    4 branches; leaf 203b318e-f0e0-5871-991c-fc2eab22a0dd; 1 state update or error
    on no branch
    exit 0"
  `);
});

const at = (index: number, id: number, parent: string) => ({
  ...messageEvent(index),
  id: idOf(id),
  parent_id: parent,
});

test('events whose ids form a cycle are all counted', async () => {
  const path = makeConversation(0);
  const events = [at(0, 0, '__root__'), at(1, 1, idOf(0)), at(2, 0, idOf(1)), at(3, 3, '__root__')];
  for (const [index, event] of events.entries()) {
    writeFileSync(eventPath(path, index, event.id), JSON.stringify(event));
  }
  const { segments } = JSON.parse((await cli(['tree', path, '--json'])).stdout);
  const counts = segments.map((segment: { events: number }) => segment.events);
  expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(4);
});

test('an event that is its own parent is on no branch', async () => {
  const path = makeConversation([at(0, 0, '__root__'), at(1, 1, idOf(1))]);
  const { stdout } = await cli(['tree', path]);
  expect(stdout).toContain('1 event on no branch: the parents form a cycle');
});
