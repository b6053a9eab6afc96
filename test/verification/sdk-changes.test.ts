import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { ROOT } from '../helpers/cli.ts';
import { type Change, edited } from '../helpers/damage.ts';
import { slotOf } from '../helpers/memory.ts';
import { ruleContextOf } from '../helpers/rule-context.ts';
import { sample } from '../helpers/sweep.ts';

/** An event, or the conversation and file of the fixtures that it is in. */
type Base = [string, string] | Record<string, unknown>;
/** The number of the base, what is changed, and where the SDK finds the first error: 0 if it reads the event. */
type Case = [number, Change, 0 | string];

const { bases, changes } = JSON.parse(
  readFileSync(join(ROOT, 'fixtures/sdk-changes.json'), 'utf8'),
) as { bases: Base[]; changes: Case[] };

const texts = bases.map((base) =>
  Array.isArray(base)
    ? readFileSync(join(ROOT, 'fixtures/conversations', ...base), 'utf8')
    : JSON.stringify(base),
);

/** Changes on which convoscope and the SDK differ, as base and edit, by reason. They agree on all others. */
const DIFFERENCES: Record<string, [number, Change][]> = {
  'an application can have an observation of this name for a tool of its own': [
    [178, { set: { 'observation.kind': 'off' } }],
  ],
};

/** The exception that the SDK raised; undefined if it reads the event. An error that is no ValidationError has its name ahead. */
function exceptionOf(error: 0 | string): string | undefined {
  if (error === 0) return undefined;
  return /^(\w+Error): /.exec(error)?.[1] ?? 'ValidationError';
}

test('events with one changed field: convoscope refuses those that the released SDK refuses, by the same exception', async () => {
  const chosen = sample(changes, 2000);
  const slots = chosen.map((_, index) => slotOf(index));
  const { events } = await ruleContextOf(slots, (slot) => {
    const [base, change] = chosen[slot.index] as Case;
    return decodeEvent(slot, Buffer.from(edited(texts[base] as string, change)));
  });
  const differ: [number, Change, string | undefined, 0 | string][] = [];
  let refused = 0;
  for (const [position, { fault, fields }] of events.entries()) {
    const [base, change, error] = chosen[position] as Case;
    const refusal = fields?.schema.refusals[0];
    const ours = fault && !fields ? 'ValidationError' : refusal?.exception;
    if (ours) refused++;
    if (ours !== exceptionOf(error)) differ.push([base, change, ours, error]);
  }
  expect(changes.length).toBeGreaterThanOrEqual(10_000);
  const keyOf = ([base, change]: readonly [number, Change, ...unknown[]]) =>
    JSON.stringify([base, change]);
  const named = new Set(Object.values(DIFFERENCES).flat().map(keyOf));
  expect(differ.filter((one) => !named.has(keyOf(one)))).toEqual([]);
  expect(differ.map(keyOf)).toEqual(chosen.map(keyOf).filter((key) => named.has(key)));
  // Neither almost all nor almost none, or the changes would show little.
  expect(refused / chosen.length).toBeGreaterThan(0.5);
  expect(refused / chosen.length).toBeLessThan(0.8);
}, 120_000);
