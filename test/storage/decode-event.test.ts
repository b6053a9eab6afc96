import { utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { eventPath, makeConversation, messageEvent } from '../helpers/conversation.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { openLog } from '../helpers/open-log.ts';
import { sample } from '../helpers/sweep.ts';

const _BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

/** Makes a file look as if it was written long ago, so that no write can be under way. */
const age = (path: string) => utimesSync(path, 1e9, 1e9);

test('reports where a text is invalid, in bytes, lines and characters', async () => {
  const path = makeConversation(4);
  writeFileSync(eventPath(path, 0), '{\n  "ü": "é",\n  "a" 1}');
  writeFileSync(
    eventPath(path, 1),
    Buffer.concat([Buffer.from('{"ü":"'), Buffer.from([0xed, 0xa0, 0x80, 0x22])]),
  );
  writeFileSync(eventPath(path, 2), Buffer.from('{"a":"ü').subarray(0, 7));
  const [json, utf8, cut] = await all(openLog(path));
  expect(json).toMatchObject({ code: 'invalid-json', offset: 22, line: 3, column: 7 });
  expect(utf8).toMatchObject({ code: 'invalid-utf8', offset: 7, line: 1, column: 7 });
  expect(cut).toMatchObject({ code: 'truncated-json', offset: 6 });
});

test('a file cut at any byte is an empty or a truncated file', async () => {
  const path = makeConversation(1);
  const file = eventPath(path, 0);
  const bytes = Buffer.from(JSON.stringify({ ...messageEvent(0), text: 'ü漢🎉 \\u00e9 "\\n"' }));
  for (const end of sample([...bytes.keys()], 40)) {
    writeFileSync(file, bytes.subarray(0, end));
    age(file);
    expect(await codes(openLog(path))).toEqual([end === 0 ? 'empty-file' : 'truncated-json']);
  }
});
