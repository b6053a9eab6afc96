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

test('randomly damaged conversations: verdict, exception and event agree with the released SDK', async () => {
  const chosen = sample([...cases.keys()], 60);
  const verdicts = await verdictsOf(chosen.map((number) => cases[number] as Case));
  const differ = chosen.flatMap((number, position) => {
    const { sdk, damage } = cases[number] as Case;
    const ours = verdicts[position] as string;
    return ours === shortVerdict(sdk) ? [] : [{ number, ours, sdk, damage }];
  });
  expect(cases.length).toBeGreaterThanOrEqual(1000);
  expect(differ.map(({ number }) => number)).toEqual([]);
}, 120_000);
