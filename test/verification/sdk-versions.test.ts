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
    expect(versions.length).toBeGreaterThanOrEqual(5);
    expect(cases.length).toBeGreaterThanOrEqual(100);
    expect(differ.map(({ number }) => number)).toEqual([]);
  },
  120_000,
);
