import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readFields } from '../src/verification/rule-context.ts';
import { ROOT } from './helpers/cli.ts';
import { temporaryFolder } from './helpers/conversation.ts';
import { apply, type Damage, edited } from './helpers/damage.ts';
import { loaded, slotOf } from './helpers/memory.ts';
import { spawnCli } from './helpers/spawned.ts';

interface Case {
  name: string;
  conversation: string;
  damage: Damage[];
  index: number;
  resume: { ok?: true; fresh?: true; exception?: string; step?: string; event_id?: string | null };
}

/** A change to one field of one event, and what reading the event then raises. */
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

/*
 * Where convoscope's verdict differs from that of the SDK, and why. All else must be the same.
 */
const DIFFERENCES: Record<string, string[]> = {
  'only the tools and policies of an application know their own models': [
    'unknown observation kind',
    'unknown action kind',
    'unknown field in an observation',
    'unknown field in an action',
    'legacy shape, error a string',
    'state agent of unknown kind',
    'state agent with a tool that is gone',
    'state workspace of unknown kind',
    'state unknown confirmation policy',
    'state tags of the wrong shape',
  ],
  'which of two files with one index is seen depends on the order in which the folder lists them': [
    'duplicate index on the path, the stranger sorts first, listed reversed',
    'duplicate index on the path, the stranger sorts last, listed reversed',
  ],
  'digits of other scripts are no event name to us': ['digits of another script'],
  'this is no conversation, or one that cannot be listed: exit code 2': [
    'events a file',
    'state missing, no events',
  ],
  'JSON has no NaN': ['state NaN'],
  'it is loaded, and fails when it is saved again': ['state lone surrogate'],
  'the lock is not looked at': ['lock a folder'],
};

interface Verdict {
  path: string;
  reachable: number;
  resumes: string;
  resume_error?: { exception: string; event_id: string | null };
}

test('what resuming comes to is what the released SDK makes of it', async () => {
  const root = temporaryFolder();
  for (const [number, { conversation, damage }] of cases.entries()) {
    const path = join(root, String(number).padStart(3, '0'), basename(conversation));
    cpSync(join(ROOT, 'fixtures/conversations', conversation), path, { recursive: true });
    apply(path, damage);
  }
  const { stdout } = await spawnCli(['verify', root, '--json', '--assume-idle']);
  const verdicts = new Map<number, Verdict>();
  for (const verdict of JSON.parse(stdout).conversations as Verdict[]) {
    verdicts.set(Number(basename(join(verdict.path, '..'))), verdict);
  }
  const differ = cases.filter(({ index, resume }, number) => {
    const ours = verdicts.get(number);
    return (
      ours?.reachable !== index ||
      ours.resume_error?.exception !== resume.exception ||
      (ours.resume_error?.event_id ?? null) !== (resume.event_id ?? null) ||
      (ours.resumes === 'fresh') !== (resume.fresh ?? false)
    );
  });
  expect(cases.length).toBeGreaterThan(400);
  expect(differ.map(({ name }) => name).sort()).toEqual(Object.values(DIFFERENCES).flat().sort());
});

test('no field is an error that the released SDK reads without complaint', () => {
  const counts = { 'both refuse': 0, 'both read': 0, 'the SDK alone refuses': 0 };
  const onlyOurs: string[] = [];
  for (const { kind, what, conversation, damage, exception } of reads) {
    const [{ file, ...change }] = damage;
    const path = join(ROOT, 'fixtures/conversations', conversation, file);
    const { schema } = readFields(loaded(slotOf(0), edited(readFileSync(path, 'utf8'), change)));
    if (schema.isRefused && exception) counts['both refuse']++;
    else if (exception) counts['the SDK alone refuses']++;
    else if (schema.isRefused) onlyOurs.push(`${kind}: ${what}`);
    else counts['both read']++;
  }
  expect(onlyOurs).toEqual([]);
  // Nulls that exports write, parts of tools' own models, and what versions disagree on.
  expect(counts).toMatchInlineSnapshot(`
    {
      "both read": 159,
      "both refuse": 324,
      "the SDK alone refuses": 75,
    }
  `);
});
