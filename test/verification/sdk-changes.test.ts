import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFault } from '../../src/domain/event.ts';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { readFields } from '../../src/verification/rule-context.ts';
import { newestVersion, sdkVersion } from '../../src/verification/sdk/known-versions.ts';
import { ROOT } from '../helpers/cli.ts';
import { type Change, edited } from '../helpers/damage.ts';
import { slotOf } from '../helpers/memory.ts';
import { sample } from '../helpers/sweep.ts';

const NEWEST = sdkVersion(newestVersion());

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

function isRefused(text: string): boolean {
  const event = decodeEvent(slotOf(0), Buffer.from(text));
  return isFault(event) || readFields(event, [NEWEST]).schema.isRefused;
}

/** Whether a change is within what a tool defines itself: its action or observation, below the common fields. */
function isOfATool({ set, unset, turn, rename, raw }: Change): boolean {
  const paths = [set, turn, rename, raw].flatMap((part) => Object.keys(part ?? {}));
  return [...paths, ...(unset ?? [])].every((path) => /^(action|observation)\./.test(path));
}

test('events with one changed field: the released SDK and convoscope refuse the same ones', () => {
  const differ = {
    'only the SDK refuses': [] as string[],
    'only convoscope refuses': [] as string[],
  };
  const counts = { read: 0, refused: 0, 'parts of tools that only the SDK refuses': 0 };
  for (const [base, change, error] of sample(changes, 2000)) {
    const ours = isRefused(edited(texts[base] as string, change));
    const shown = `${base} ${JSON.stringify(change)} ${error}`;
    if (ours && error === 0) differ['only convoscope refuses'].push(shown);
    else if (ours) counts.refused++;
    else if (error === 0) counts.read++;
    else if (isOfATool(change)) counts['parts of tools that only the SDK refuses']++;
    else differ['only the SDK refuses'].push(shown);
  }
  expect(changes.length).toBeGreaterThanOrEqual(10_000);
  expect(differ).toEqual({ 'only the SDK refuses': [], 'only convoscope refuses': [] });
});
