import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readFields } from '../../src/verification/rule-context.ts';
import { newestVersion, sdkVersion } from '../../src/verification/sdk/known-versions.ts';
import { ROOT } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { apply, type Damage, edited } from '../helpers/damage.ts';
import { loaded, slotOf } from '../helpers/memory.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { sample } from '../helpers/sweep.ts';

interface Case {
  name: string;
  conversation: string;
  damage: Damage[];
  index: number;
  resume: { ok?: true; fresh?: true; exception?: string; step?: string; event_id?: string | null };
}

/** A change to one field of one event, and what the SDK raises when it then reads the event. */
interface Read {
  kind: string;
  what: string;
  conversation: string;
  damage: [{ file: string; set?: Record<string, unknown>; unset?: string[] }];
  exception: string | null;
}

const { cases, reads } = JSON.parse(
  readFileSync(join(ROOT, 'fixtures/sdk-verdicts.json'), 'utf8'),
) as { cases: Case[]; reads: Read[] };

/** The cases in which convoscope and the SDK differ, by reason. In all other cases they must agree. */
const DIFFERENCES: Record<string, string[]> = {
  'an application can have a tool of this name': ['state agent with a tool that is gone'],
  'which of two files with one index is seen depends on the order in which the folder lists them': [
    'duplicate index on the path, the stranger sorts first, listed reversed',
    'duplicate index on the path, the stranger sorts last, listed reversed',
  ],
  'the folder is not a conversation, or cannot be listed: exit code 2': [
    'events a file',
    'state missing, no events',
  ],
  'convoscope does not look at the lock': ['lock a folder'],
};

interface Verdict {
  path: string;
  reachable: number;
  resumes: string;
  resume_error?: { exception: string; event_id: string | null };
}

test('the prediction for resuming agrees with the released SDK', async () => {
  const root = temporaryFolder();
  const chosen = sample(cases, 100);
  for (const [number, { conversation, damage }] of chosen.entries()) {
    const path = join(root, String(number).padStart(3, '0'), basename(conversation));
    cpSync(join(ROOT, 'fixtures/conversations', conversation), path, { recursive: true });
    apply(path, damage);
  }
  const { stdout } = await spawnCli(['verify', root, '--json', '--assume-idle']);
  const verdicts = new Map<number, Verdict>();
  for (const verdict of JSON.parse(stdout).conversations as Verdict[]) {
    verdicts.set(Number(basename(join(verdict.path, '..'))), verdict);
  }
  const differ = chosen.filter(({ index, resume }, number) => {
    const ours = verdicts.get(number);
    return (
      ours?.reachable !== index ||
      ours.resume_error?.exception !== resume.exception ||
      (ours.resume_error?.event_id ?? null) !== (resume.event_id ?? null) ||
      (ours.resumes === 'fresh') !== (resume.fresh ?? false)
    );
  });
  expect(cases.length).toBeGreaterThan(400);
  const isChosen = (name: string) => chosen.some((one) => one.name === name);
  const expected = Object.values(DIFFERENCES).flat().filter(isChosen);
  expect(differ.map(({ name }) => name).sort()).toEqual(expected.sort());
});

test('no event is refused that the released SDK reads', () => {
  const counts = { 'both refuse': 0, 'both read': 0, 'the SDK alone refuses': 0 };
  const onlyOurs: string[] = [];
  for (const { kind, what, conversation, damage, exception } of reads) {
    const [{ file, ...change }] = damage;
    const path = join(ROOT, 'fixtures/conversations', conversation, file);
    const event = loaded(slotOf(0), edited(readFileSync(path, 'utf8'), change));
    const { schema } = readFields(event, [sdkVersion(newestVersion())]);
    if (schema.isRefused && exception) counts['both refuse']++;
    else if (exception) counts['the SDK alone refuses']++;
    else if (schema.isRefused) onlyOurs.push(`${kind}: ${what}`);
    else counts['both read']++;
  }
  expect(onlyOurs).toEqual([]);
  expect(counts).toMatchInlineSnapshot(`
    {
      "both read": 159,
      "both refuse": 399,
      "the SDK alone refuses": 0,
    }
  `);
});
