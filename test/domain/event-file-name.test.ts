import { expect, test } from 'vitest';
import { parseEventFileName } from '../../src/domain/event-file-name.ts';

test.each([
  ['event-00000-0a1b2c3d.json', { index: 0, id: '0a1b2c3d' }],
  ['event-100000-0a1b2c3d-ffff.json', { index: 100_000, id: '0a1b2c3d-ffff' }],
  ['event-0000-0a1b2c3d.json', undefined],
  ['event-00000-short.json', undefined],
  // As the SDK does: `$` of Python matches before a line feed at the end.
  ['event-00000-0a1b2c3d.json\n', { index: 0, id: '0a1b2c3d' }],
  ['event-00000-0a1b2c3d.json.tmp', undefined],
  ['.eventlog.lock', undefined],
  ['event-99999999999999999999-0a1b2c3d.json', { index: 1e20, id: '0a1b2c3d' }],
])('the file name %j is parsed', (name, parsed) => {
  expect(parseEventFileName(name)).toEqual(parsed);
});
