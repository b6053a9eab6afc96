import { CoreError } from '../domain/errors.ts';
import type { EventSource } from '../domain/scan.ts';
import type { EventLog } from '../reading/event-log.ts';
import { ReadScheduler } from '../reading/read-scheduler.ts';
import type { ReadStats } from '../reading/read-stats.ts';
import type { WorkerPool } from '../reading/worker-pool.ts';
import type { VerifiedConversation } from '../verification/verified-conversation.ts';
import { type VerifyJob, verifyConversation } from './verify-conversation.ts';

/** With fewer conversations, the work would be over before the workers are up. */
const MIN_CONVERSATIONS = 24;
/** Conversations that a worker gets at a time. */
const BATCH_CONVERSATIONS = 4;

/** What verifying many conversations needs of a run. */
export interface VerifyResources {
  readonly workers: WorkerPool;
  readonly scheduler: ReadScheduler;
  source(log: EventLog): EventSource;
  /** Reports why a conversation can't be verified. The others are still verified. */
  fail(message: string): void;
}

/**
 * Verifies conversations. If there are many, worker threads help.
 *
 * @returns the results, in the order of the jobs, without those that failed
 */
export async function verifyMany(
  jobs: readonly VerifyJob[],
  { workers, scheduler, source, fail }: VerifyResources,
): Promise<VerifiedConversation[]> {
  const results = new Map<VerifyJob, VerifiedConversation>();
  const queue = [...jobs];
  const keep = (job: VerifyJob, outcome: VerifyOutcome) => {
    if (outcome.kind === 'verified') results.set(job, outcome.result);
    else fail(outcome.message);
  };
  const onThisThread = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      keep(job, await tryToVerify(job, scheduler, source));
      await scheduler.yieldToEventLoop();
    }
  };
  const onWorker = async () => {
    const take = () => queue.splice(0, BATCH_CONVERSATIONS);
    for (let batch = take(); batch.length > 0; batch = take()) {
      const job: VerifyWorkerJob = { kind: 'verify', jobs: batch };
      const { stats, outcomes } = await workers.run<VerifyWorkerJob, VerifyWorkerResult>(job);
      scheduler.addStats(stats);
      for (const [at, one] of batch.entries()) keep(one, outcomes[at] as VerifyOutcome);
    }
  };
  const work = [onThisThread()];
  if (jobs.length >= MIN_CONVERSATIONS && workers.size > 0) {
    workers.start();
    scheduler.reserve(workers.size);
    // While a worker is busy with one batch, the next one is already queued for it.
    for (let queued = 0; queued < 2 * workers.size; queued++) work.push(onWorker());
  }
  await Promise.all(work);
  return jobs.flatMap((job) => results.get(job) ?? []);
}

/** A batch as it is sent to a worker. */
export interface VerifyWorkerJob {
  readonly kind: 'verify';
  readonly jobs: readonly VerifyJob[];
}

/** What became of one conversation. Errors lose their class between threads, so a failure is data. */
type VerifyOutcome =
  | { readonly kind: 'verified'; readonly result: VerifiedConversation }
  | { readonly kind: 'failed'; readonly message: string };

export interface VerifyWorkerResult {
  readonly stats: ReadStats;
  readonly outcomes: readonly VerifyOutcome[];
}

/** Does a batch on a worker thread, reading one file at a time. */
export async function verifyOnWorker({ jobs }: VerifyWorkerJob): Promise<VerifyWorkerResult> {
  const scheduler = new ReadScheduler(1);
  const outcomes: VerifyOutcome[] = [];
  for (const job of jobs) outcomes.push(await tryToVerify(job, scheduler));
  return { stats: scheduler.stats, outcomes };
}

async function tryToVerify(
  job: VerifyJob,
  scheduler: ReadScheduler,
  sourceOf?: (log: EventLog) => EventSource,
): Promise<VerifyOutcome> {
  try {
    return { kind: 'verified', result: await verifyConversation(job, scheduler, sourceOf) };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return { kind: 'failed', message: error.message };
  }
}
