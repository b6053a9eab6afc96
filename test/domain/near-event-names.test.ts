import { expect, test } from 'vitest';
import {
  canonicalEventFileName,
  hasEventIndex,
  idInEventFileName,
  indexInEventFileName,
  parseEventFileName,
} from '../../src/domain/event-file-name.ts';

const ID = 'aaaaaaaa-0000-4000-8000-00000000000a';

// What re.match does in Python with the SDK's own expression.
test.each([
  [`event-00001-${ID}.json\n`, 1],
  [`event-٠٠٠٠٢-${ID}.json`, 2],
  [`event-０００１３-${ID}.json`, 13],
  [`event-0000٣-${ID}.json`, 3],
  [`event-𝟎𝟎𝟎𝟎𝟗-${ID}.json`, 9],
  [`event-𝟬𝟬𝟬𝟬𝟴-${ID}.json\n`, 8],
  [`event-०००१०-${ID}.json`, 10],
])('%j is an event to the SDK', (name, index) => {
  expect(parseEventFileName(name)).toEqual({ index, id: ID });
  expect(indexInEventFileName(name)).toBe(index);
  expect(idInEventFileName(name)).toBe(ID);
  expect(hasEventIndex(name)).toBe(true);
  expect(canonicalEventFileName(name)).toBe(`event-${String(index).padStart(5, '0')}-${ID}.json`);
});

test.each([
  `event-00001-${ID}.json\n\n`,
  `event-00001-${ID}.json\r`,
  `event-00001-${ID}.json\u2028`,
  `event-00001-${ID}\n.json`,
  `\nevent-00001-${ID}.json`,
  `event-0000²-${ID}.json`,
  `event-0000Ⅳ-${ID}.json`,
  `event-0001-${ID}.json`,
  `event-00001-ａaaaaaaa.json`,
  `event-00001‐${ID}.json`,
  `ｅvent-00001-${ID}.json`,
  `event-00001-${ID}.JSON`,
])('%j is none', (name) => {
  expect(parseEventFileName(name)).toBeUndefined();
  expect(indexInEventFileName(name)).toBeUndefined();
});
