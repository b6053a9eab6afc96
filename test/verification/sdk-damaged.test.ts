import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import { type DamagedCopy, shortVerdict, verdictsOf } from '../helpers/sdk-verdict.ts';
import { sample } from '../helpers/sweep.ts';

interface Case extends DamagedCopy {
  /** The verdict of the released SDK, see fixtures/generate/damaged.py. */
  sdk: string;
}

const { cases } = JSON.parse(readFileSync(join(ROOT, 'fixtures/sdk-damaged.json'), 'utf8')) as {
  cases: Case[];
};

/** The numbers of the cases, counted from 0, in which convoscope and the SDK differ, by reason. In all others they agree. */
const DIFFERENCES: Record<string, number[]> = {
  'an application that gives an agent gets an AttributeError; the judge, which gives none, a ValidationError':
    [14, 88, 314, 334, 444, 579, 777, 979],
  'an application can have a tool of this name': [613, 755],
};
const MIN_SHARE_AGREEING = 0.99;

test('randomly damaged conversations: verdict, exception and event agree with the released SDK', async () => {
  const chosen = sample([...cases.keys()], 60);
  const verdicts = await verdictsOf(chosen.map((number) => cases[number] as Case));
  const differ = chosen.flatMap((number, position) => {
    const { sdk, damage } = cases[number] as Case;
    const ours = verdicts[position] as string;
    return ours === shortVerdict(sdk) ? [] : [{ number, ours, sdk, damage }];
  });
  const named = Object.values(DIFFERENCES).flat();
  expect(cases.length).toBeGreaterThanOrEqual(1000);
  expect(1 - named.length / cases.length).toBeGreaterThanOrEqual(MIN_SHARE_AGREEING);
  expect(differ.filter(({ number }) => !named.includes(number))).toEqual([]);
  expect(differ.map(({ number }) => number)).toEqual(
    chosen.filter((number) => named.includes(number)),
  );
}, 300_000);
