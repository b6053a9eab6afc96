import type { ScanOptions } from '../domain/scan.ts';
import { EntryTable } from '../index/entry-table.ts';
import { ENTRY_TRUST } from '../index/entry-trust.ts';
import type { EventIndex } from '../index/event-index.ts';
import { type FileRead, readFileAsync } from '../storage/read-file.ts';
import { monotonicMs } from '../time/monotonic.ts';
import { READ_AT_ITS_TURN, type ReadScheduler } from './read-scheduler.ts';
import {
  ENTRY_VERDICT,
  ESCAPE_USE,
  FileScanner,
  loadKernel,
  packStamp,
  SCAN_TASK,
  type ScanJob,
  type ScanJobResult,
  STAMP_NUMBERS,
} from './scan-job.ts';
import type { WorkerPool } from './worker-pool.ts';

/** With fewer files, and fewer bytes, the scan would be over before the workers have started. */
const MIN_FILES = 4_000;
const MIN_BYTES = 24 * 1024 * 1024;
/** Files whose mean size stands for all. */
const SAMPLED_FILES = 16;
/** With fewer files, reading them takes less time than looking at the sizes of a sample. */
const MIN_FILES_TO_SAMPLE = 64;
/** Files and bytes of a job: a few ms of work. */
const JOB_FILES = 256;
const JOB_BYTES = 2 * 1024 * 1024;
/** A job has more files when they are read in flight, so that many reads can overlap. */
const JOB_FILES_IN_FLIGHT = 1024;
/** Jobs queued for each worker, so that none waits for this thread. */
const QUEUED_JOBS_PER_WORKER = 3;
/** One read in this many is timed. */
const TIMED_EVERY_READS = 8;

/** What to do with one file before the scan. */
interface Task {
  readonly position: number;
  /** One of SCAN_TASK. */
  readonly task: number;
}

/**
 * Prepares a scan of many files with the help of worker threads: makes entries, compares doubtful ones, and applies
 * the prefilters. The scan itself then opens only the files whose events it needs. Files that it needs in any case are
 * left to it, and so are all files if there are few.
 *
 * @returns 1 for each position whose text can't contain what the scan looks for; undefined if nothing was prepared
 */
export async function parallelScan(
  index: EventIndex,
  positions: readonly number[],
  options: ScanOptions,
  workers: WorkerPool,
  scheduler: ReadScheduler,
): Promise<Uint8Array | undefined> {
  const { directory } = index.storage;
  if (directory === undefined || workers.size === 0 || positions.length < MIN_FILES_TO_SAMPLE) {
    return undefined;
  }
  const tasks = tasksOf(index, positions, options);
  if (tasks.length < MIN_FILES_TO_SAMPLE) return undefined;
  const meanBytes = sampledSize(index, tasks);
  if (tasks.length < MIN_FILES && tasks.length * meanBytes < MIN_BYTES) return undefined;
  const jobFiles = Math.max(1, Math.min(JOB_FILES, Math.floor(JOB_BYTES / meanBytes)));
  workers.start();
  scheduler.reserve(workers.size);
  const ruledOut = new Uint8Array(index.listing.length);
  let next = 0;
  const takeJob = (maxFiles: number) => {
    const share = tasks.slice(next, next + maxFiles);
    next += share.length;
    return { share, job: jobOf(index, directory, share, options) };
  };
  const takeResult = (share: readonly Task[], result: ScanJobResult) => {
    storeResult(index, share, result, ruledOut);
    scheduler.addStats(result.stats);
  };
  const pending: Promise<void>[] = [];
  while (next < tasks.length) {
    while (workers.pendingJobs < QUEUED_JOBS_PER_WORKER * workers.size && next < tasks.length) {
      const { share, job } = takeJob(jobFiles);
      const done = workers
        .run<ScanWorkerJob, ScanJobResult>({ kind: 'scan', job })
        .then((result) => takeResult(share, result));
      done.catch(() => {}); // `Promise.all` below reports the error
      pending.push(done);
    }
    if (next < tasks.length) {
      const { share, job } = takeJob(scheduler.isInFlight ? JOB_FILES_IN_FLIGHT : jobFiles);
      takeResult(share, await scanOnThisThread(job, scheduler));
    }
    await scheduler.yieldToEventLoop();
  }
  await Promise.all(pending);
  return ruledOut;
}

/** A scan job as it is sent to a worker. */
export interface ScanWorkerJob {
  readonly kind: 'scan';
  readonly job: ScanJob;
}

/** Mean size in bytes of a few files, spread evenly over the scan. */
function sampledSize({ storage, listing }: EventIndex, tasks: readonly Task[]): number {
  const step = tasks.length / SAMPLED_FILES;
  let sum = 0;
  for (let at = 0; at < SAMPLED_FILES; at++) {
    const { position } = tasks[Math.floor(at * step)] as Task;
    sum += storage.stat(listing.names.name(position))?.size ?? 0;
  }
  return sum / SAMPLED_FILES + 1;
}

/** Does a scan job on this thread, at the scheduler's pace. */
async function scanOnThisThread(job: ScanJob, scheduler: ReadScheduler): Promise<ScanJobResult> {
  const scanner = new FileScanner(job, await loadKernel());
  const { length } = job.names;
  const start = monotonicMs();
  let at = 0;
  const readTimed = (file: number) => scheduler.timed(() => scanner.readFile(file));
  for (; at < length && !scheduler.isInFlight; at++) {
    if (!scanner.needsReading(at)) continue;
    // Looking at the clock takes a tenth of the time of a read.
    const isTimed = at % TIMED_EVERY_READS === 0;
    scanner.takeFile(at, isTimed ? readTimed(at) : scanner.readFile(at));
  }
  scheduler.noteReads(monotonicMs() - start, at);
  const rest = Array.from({ length: length - at }, (_, more) => at + more);
  const task = {
    known: (file: number) => (scanner.needsReading(file) ? undefined : NOTHING_TO_READ),
    now: readTimed,
    later: async (file: number) => {
      const { wantsStamps, limits } = job;
      const read = await readFileAsync(scanner.pathOf(file), wantsStamps, limits.maxFileBytes);
      return read.kind === 'large' ? READ_AT_ITS_TURN : read;
    },
  };
  await scheduler.each<number, FileRead | typeof NOTHING_TO_READ>(rest, task, (read, file) => {
    if (read !== NOTHING_TO_READ) scanner.takeFile(file, read);
    return undefined;
  });
  return scanner.result;
}

const NOTHING_TO_READ = Symbol('nothing to read');

function tasksOf(index: EventIndex, positions: readonly number[], options: ScanOptions): Task[] {
  const tasks: Task[] = [];
  for (const position of positions) {
    const task = taskOf(index, position, options);
    if (task !== undefined) tasks.push({ position, task });
  }
  return tasks;
}

/** What to do with a file before the scan; undefined if the scan itself would do it again. */
function taskOf(index: EventIndex, position: number, options: ScanOptions): number | undefined {
  if (index.listing.names.type(position) !== 'file') return undefined;
  const trust = index.trustOf(position);
  if (trust === ENTRY_TRUST.unknown) {
    return options.mayNeedBodies && !options.prefilters ? undefined : SCAN_TASK.read;
  }
  if (options.mayNeedBodies && options.needsBody(index.entryAt(position))) {
    return options.prefilters ? SCAN_TASK.prefilter : undefined;
  }
  return trust === ENTRY_TRUST.doubtful ? SCAN_TASK.compare : undefined;
}

function jobOf(
  index: EventIndex,
  folder: string,
  share: readonly Task[],
  options: ScanOptions,
): ScanJob {
  const { length } = share;
  const job = {
    folder,
    names: new Array<string>(length),
    tasks: new Uint8Array(length),
    stamps: new Float64Array(length * STAMP_NUMBERS),
    escapes: new Uint8Array(length),
    prefilters: options.prefilters ?? [],
    wantsStamps: index.isKept,
    limits: index.storage.limits,
  };
  for (let at = 0; at < length; at++) {
    const { position, task } = share[at] as Task;
    job.names[at] = index.listing.names.name(position);
    job.tasks[at] = task;
    if (task === SCAN_TASK.read) continue;
    job.stamps.set(packStamp(index.stampAt(position)), at * STAMP_NUMBERS);
    const escapes = index.escapesOf(position);
    if (escapes !== undefined) job.escapes[at] = escapes ? ESCAPE_USE.some : ESCAPE_USE.none;
  }
  return job;
}

/** Stores the entries that a job made, and what its prefilters ruled out. */
function storeResult(
  index: EventIndex,
  share: readonly Task[],
  { verdicts, ruledOut, escapes, words, rows }: ScanJobResult,
  allRuledOut: Uint8Array,
): void {
  const made: { position: number; row: number }[] = [];
  for (const [row, { position }] of share.entries()) {
    if (verdicts[row] === ENTRY_VERDICT.none) index.forget(position);
    else if (verdicts[row] === ENTRY_VERDICT.same) {
      index.checkStamp(position, index.stampAt(position));
    } else made.push({ position, row });
    allRuledOut[position] = ruledOut[row] as number;
  }
  index.takeRows(new EntryTable(share.length, words, rows), made);
  for (const [row, { position }] of share.entries()) {
    const isKnown = verdicts[row] !== ENTRY_VERDICT.none && escapes[row] !== ESCAPE_USE.unknown;
    if (isKnown) index.noteEscapes(position, escapes[row] === ESCAPE_USE.some);
  }
}
