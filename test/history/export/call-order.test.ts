import { expect, test } from 'vitest';
import type { Call } from '../../../src/history/calls.ts';
import type { EventRecord } from '../../../src/history/event-record.ts';
import { inCallOrder } from '../../../src/history/export/call-order.ts';

const records = Array.from({ length: 8 }, (_, index) => ({ position: index }) as EventRecord);
const call = (...events: number[]) =>
  ({ events: events.map((at) => records[at]) }) as unknown as Call;
const positions = (list: readonly EventRecord[]) => list.map(({ position }) => position);

test('the events of a call follow its first one, and others keep their places', () => {
  const calls = [call(1, 4, 6), call(2, 5), call(7)];
  expect(positions(inCallOrder(records, calls))).toEqual([0, 1, 4, 6, 2, 5, 3, 7]);
});

test('where a filter left out the first event of a call, the next one has its place', () => {
  const some = records.filter((_, at) => at !== 1);
  expect(positions(inCallOrder(some, [call(1, 4, 6)]))).toEqual([0, 2, 3, 4, 6, 5, 7]);
});
