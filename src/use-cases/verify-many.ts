import { resolve, sep } from 'node:path';
import { EXIT } from '../command-line/exit-codes.ts';
import { formatOf } from '../command-line/options/common-options.ts';
import { resolveJudgement } from '../command-line/options/rule-options.ts';
import { Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import type { VerifyOptions } from '../commands/verify.ts';
import { UsageError } from '../domain/errors.ts';
import type { Manifest } from '../domain/manifest.ts';
import { discover, expand } from '../locating/discover.ts';
import { findRoots } from '../locating/roots.ts';
import { explainText } from '../report/verify/explain.ts';
import { verifyReporter } from '../report/verify/formats.ts';
import type { Totals, VerifiedConversation } from '../report/verify/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { readManifest } from '../storage/seal.ts';
import type { Severity } from '../verification/rule.ts';
import { RULES } from '../verification/rules/index.ts';
import { CODES } from '../verification/verify.ts';
import {
  type HelperOutcome,
  type HelperTask,
  type HelperVerified,
  type VerifyJob,
  verifyConversation,
} from './verify-conversation.ts';

/** Verifies what the operands name, and reports. @returns the exit code */
export async function runVerify(
  operands: string[],
  options: VerifyOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  if (options.explain !== undefined) return explain(session, options.explain);
  const config = resolveJudgement(options);
  const format = formatOf(options);
  // What could not be verified is told as it comes up, and all else is verified all the same.
  let failures = 0;
  const warn = (message: string) => {
    failures++;
    session.terminal.warn(message);
  };
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      warn(error.message);
      return undefined;
    }
  };
  const folders = new Map<string, ConversationFolder>();
  for (const operand of operandsOf(session, operands, options.all ?? false)) {
    const found = await attempt(() => foldersOf(operand, session, warn));
    for (const folder of found ?? []) folders.set(resolve(folder.path), folder);
  }
  const seals = await sealsOf(options.manifest, [...folders.values()]);
  const assumeIdle = options.assumeIdle ?? false;
  const jobs = [...folders.values()].map((folder) => ({
    folder,
    config,
    assumeIdle,
    manifest: seals.get(folder),
  }));
  const conversations = await verifyAll(session, jobs, attempt);
  const totals = totalsOf(conversations);
  const isStrict = options.strict ?? false;
  const hasProblems = totals.errors > 0 || (isStrict && totals.warnings > 0);
  const report = { ok: failures === 0 && !hasProblems, failures, isStrict, conversations, totals };
  const reporter = await verifyReporter(format);
  await session.terminal.write(reporter(report, session.terminal.style));
  session.printReadStats();
  if (failures > 0) return EXIT.usage;
  return hasProblems ? EXIT.problemsFound : EXIT.done;
}

/** Fewer conversations than this are verified sooner than helpers are up. */
const MANY = 24;
/** Conversations that a helper is given at a time. */
const BATCH = 4;

/** Verifies conversations, many of them together with the crew. @param attempt tells of what fails */
async function verifyAll(
  session: Session,
  jobs: readonly VerifyJob[],
  attempt: (work: () => Promise<VerifiedConversation>) => Promise<VerifiedConversation | undefined>,
): Promise<VerifiedConversation[]> {
  const { crew, pool } = session;
  const verified = new Map<VerifyJob, VerifiedConversation>();
  const todo = [...jobs];
  const keep = async (job: VerifyJob, work: () => Promise<VerifiedConversation>) => {
    const one = await attempt(work);
    if (one) verified.set(job, one);
  };
  const byOurselves = async () => {
    for (let job = todo.shift(); job; job = todo.shift()) {
      const one = job;
      await keep(one, () => verifyConversation(one, pool, (log) => session.source(log)));
      await pool.yieldToEventLoop();
    }
  };
  const byHelper = async () => {
    for (let batch = todo.splice(0, BATCH); batch.length > 0; batch = todo.splice(0, BATCH)) {
      const { stats, outcomes } = await crew.run<HelperTask, HelperVerified>({ verify: batch });
      pool.addStats(stats);
      for (const [at, job] of batch.entries()) {
        await keep(job, async () => resultOf(outcomes[at] as HelperOutcome));
      }
    }
  };
  const hands = [byOurselves()];
  if (jobs.length >= MANY && crew.size > 0) {
    crew.start();
    pool.reserve(crew.size);
    // A batch lies ready for each helper while it is at another.
    for (let hand = 0; hand < 2 * crew.size; hand++) hands.push(byHelper());
  }
  await Promise.all(hands);
  return jobs.flatMap((job) => verified.get(job) ?? []);
}

/** @throws UsageError where it could not be verified */
function resultOf(outcome: HelperOutcome): VerifiedConversation {
  if ('failure' in outcome) throw new UsageError(outcome.failure);
  return outcome.verified;
}

/** Which folder a manifest is for. @throws UsageError where it is for none, or is no manifest */
async function sealsOf(
  file: string | undefined,
  folders: ConversationFolder[],
): Promise<Map<ConversationFolder, Manifest>> {
  if (file === undefined) return new Map();
  const manifest = await readManifest(file);
  const { id } = manifest.conversation;
  const named = folders.filter((folder) => folder.id === id);
  // A copy may have another name: of one conversation, with its subagents, there is no doubt.
  const outermost = folders.filter((folder) => !folders.some((other) => isBelow(folder, other)));
  const [folder, ...others] = named.length > 0 ? named : outermost;
  if (folder && others.length === 0) return new Map([[folder, manifest]]);
  throw new UsageError(
    `--manifest ${file}: seals ${id}, and ${folders.length} conversations are verified`,
  );
}

/** Whether one conversation lies in another's folder. */
function isBelow(folder: ConversationFolder, other: ConversationFolder): boolean {
  return resolve(folder.path).startsWith(`${resolve(other.path)}${sep}`);
}

/** What to look at; undefined stands for the conversation that is taken where none is named. */
function operandsOf(session: Session, operands: string[], all: boolean): (string | undefined)[] {
  const roots = all ? findRoots(session.lookup) : [];
  return roots.length + operands.length > 0 ? [...roots, ...operands] : [undefined];
}

async function foldersOf(
  operand: string | undefined,
  session: Session,
  warn: (message: string) => void,
): Promise<ConversationFolder[]> {
  const isUnnamed = operand === undefined || operand === '@latest';
  const paths = isUnnamed ? [session.locate(operand).path] : await expand(operand, session.lookup);
  const found: ConversationFolder[] = [];
  for (const path of paths) found.push(...discover(path, { warn }));
  return found;
}

async function explain({ terminal }: Session, code: string): Promise<number> {
  const rule = RULES.find((candidate) => candidate.code === code);
  if (!rule) throw new UsageError(`--explain ${code}: no such code; there are ${CODES.join(', ')}`);
  await terminal.write([explainText(rule, terminal.style)]);
  return EXIT.done;
}

function totalsOf(conversations: readonly VerifiedConversation[]): Totals {
  const count = (severity: Severity) =>
    conversations.flatMap(({ findings }) => findings).filter((f) => f.severity === severity).length;
  const sum = (key: 'events' | 'bytes') => conversations.reduce((total, c) => total + c[key], 0);
  return {
    conversations: conversations.length,
    events: sum('events'),
    bytes: sum('bytes'),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
}
