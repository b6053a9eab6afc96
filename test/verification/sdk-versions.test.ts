import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import { type DamagedCopy, shortVerdict, verdictsOf } from '../helpers/sdk-verdict.ts';
import { sample } from '../helpers/sweep.ts';

interface Case extends DamagedCopy {
  /** The verdict of each version of the SDK. */
  sdk: Record<string, string>;
}

const { versions, cases } = JSON.parse(
  readFileSync(join(ROOT, 'fixtures/sdk-versions.json'), 'utf8'),
) as { versions: string[]; cases: Case[] };

const NEWER = ['1.58.2', '1.54.0', '1.43.1'];

/** The cases, by number from 0, in which convoscope and some versions differ, by reason. In all others they agree. */
const DIFFERENCES: { reason: string; of: string[]; numbers: number[] }[] = [
  {
    reason:
      'an application that gives an agent gets another exception than the judge, which gives none',
    of: NEWER,
    numbers: [162, 173],
  },
  { reason: 'an application can have a tool of this name', of: versions, numbers: [96] },
  {
    reason: 'up to 1.19.0, a folder under the name of an event counted as no event',
    of: ['1.17.0'],
    numbers: [126, 156],
  },
];

test.each(versions)(
  'verify --sdk %s agrees with that version',
  async (version) => {
    const chosen = sample([...cases.keys()], 25);
    const verdicts = await verdictsOf(
      chosen.map((number) => cases[number] as Case),
      '--sdk',
      version,
    );
    const differ = chosen.flatMap((number, position) => {
      const { conversation, sdk, damage } = cases[number] as Case;
      const ours = verdicts[position] as string;
      const theirs = sdk[version] as string;
      return ours === shortVerdict(theirs) ? [] : [{ number, conversation, ours, theirs, damage }];
    });
    const named = DIFFERENCES.filter(({ of }) => of.includes(version)).flatMap(
      ({ numbers }) => numbers,
    );
    expect(versions.length).toBeGreaterThanOrEqual(5);
    expect(cases.length).toBeGreaterThanOrEqual(100);
    expect(differ.filter(({ number }) => !named.includes(number))).toEqual([]);
    expect(differ.map(({ number }) => number)).toEqual(
      chosen.filter((number) => named.includes(number)),
    );
  },
  120_000,
);
