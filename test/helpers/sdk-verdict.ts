import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './cli.ts';
import { temporaryFolder } from './conversation.ts';
import { apply, type Damage } from './damage.ts';
import { spawnCli } from './spawned.ts';

/** A conversation of the fixtures, and what is done to a copy of it. */
export interface DamagedCopy {
  conversation: string;
  damage: readonly Damage[];
}

/** What `verify --json` prints of a conversation. */
interface Verified {
  path: string;
  reachable: number;
  resumes: 'yes' | 'partly' | 'no' | 'fresh';
  resume_error?: { exception: string; event_id: string | null };
}

/** What `verify` predicts for each of the copies. */
export async function verdictsOf(
  copies: readonly DamagedCopy[],
  ...args: string[]
): Promise<string[]> {
  const root = placeCopies(copies);
  const { stdout } = await spawnCli(['verify', root, '--json', '--assume-idle', ...args]);
  const verdicts = copies.map(() => 'not found');
  for (const verified of JSON.parse(stdout).conversations as Verified[]) {
    verdicts[Number(basename(join(verified.path, '..')))] = verdictText(verified);
  }
  return verdicts;
}

/** Each damaged copy in a folder of its own, named by its number. */
function placeCopies(copies: readonly DamagedCopy[]): string {
  const originals = temporaryFolder();
  const root = temporaryFolder();
  for (const [number, { conversation, damage }] of copies.entries()) {
    const original = join(originals, conversation);
    if (!existsSync(original)) {
      cpSync(join(ROOT, 'fixtures/conversations', conversation), original, { recursive: true });
    }
    const path = join(root, String(number), basename(conversation));
    linkAll(original, path);
    // A file that is written to must not be the original.
    for (const { file } of damage) replaceByCopy(join(original, file), join(path, file));
    apply(path, damage);
  }
  return root;
}

/** Links are made much faster than copies. */
function linkAll(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkAll(source, target);
    else linkSync(source, target);
  }
}

function replaceByCopy(original: string, link: string): void {
  if (!existsSync(original) || !lstatSync(original).isFile()) return;
  rmSync(link);
  copyFileSync(original, link);
}

/** A verdict in short: `yes 20` with the number of events that the SDK sees, or `no KeyError bf79c134`. */
function verdictText({ resumes, reachable, resume_error }: Verified): string {
  if (!resume_error) return `${resumes === 'partly' ? 'yes' : resumes} ${reachable}`;
  const { exception, event_id } = resume_error;
  return `no ${exception} ${event_id?.slice(0, 8) ?? '-'}`;
}

/** The SDK's verdict in the same form, without the step and the place of its first error. */
export function shortVerdict(verdict: string): string {
  const [resumes, what, , event] = verdict.split(' ');
  return resumes === 'no' ? `no ${what} ${event}` : verdict;
}
