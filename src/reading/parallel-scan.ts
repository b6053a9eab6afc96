import type { ScanOptions } from '../domain/event-source.ts';
import { ENTRY_TRUST, EntryTable } from '../index/entry-table.ts';
import type { EventIndex } from '../index/event-index.ts';
import { statOf } from '../storage/conversation-folder.ts';
import { type FileRead, readFileAsync, readFileBlocking } from '../storage/read-file.ts';
import type { ReadScheduler } from './read-scheduler.ts';
import {
  ENTRY_VERDICT,
  ESCAPE_USE,
  FileScanner,
  SCAN_TASK,
  type ScanJob,
  type ScanJobResult,
} from './scan.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Fewer files than this, or bytes, are read sooner than helpers are up. */
const MIN_FILES = 4_000;
const MIN_BYTES = 24 * 1024 * 1024;
/** Files whose sizes stand for all. */
const SAMPLED_FILES = 16;
/** Fewer files than this are read sooner than their sizes are looked at. */
const MIN_FILES_TO_SAMPLE = 64;
/** Files of a job, and bytes: a few ms of work. */
const JOB_FILES = 256;
const JOB_BYTES = 2 * 1024 * 1024;
/** More where they are read in flight, so that these have room. */
const JOB_FILES_IN_FLIGHT = 1024;
/** Jobs that lie ready for each helper, so that none waits for this thread. */
const QUEUED_JOBS_PER_WORKER = 3;
/** One read in so many is timed. */
const TIMED_EVERY_READS = 8;

/**
 * Looks at the files of a whole pass before it begins, together with a crew: makes entries, compares
 * doubtful ones, and sifts texts. The pass then opens those alone whose events it needs. Files whose events it
 * needs in any case, and all where there are few, are left to it.
 *
 * @returns for each place 1 where the text can't hold what the pass looks for
 */
export async function parallelScan(
  index: EventIndex,
  positions: readonly number[],
  scanOptions: ScanOptions,
  workers: WorkerPool,
  scheduler: ReadScheduler,
): Promise<Uint8Array | undefined> {
  if (workers.size === 0 || positions.length < MIN_FILES_TO_SAMPLE) return undefined;
  const tasks: Task[] = [];
  for (const position of positions) {
    const task = taskOf(index, position, scanOptions);
    if (task !== undefined) tasks.push({ position, task });
  }
  if (tasks.length < MIN_FILES_TO_SAMPLE) return undefined;
  const usual = usualSize(index, tasks);
  if (tasks.length < MIN_FILES && tasks.length * usual < MIN_BYTES) return undefined;
  const shareOf = Math.max(1, Math.min(JOB_FILES, Math.floor(JOB_BYTES / usual)));
  workers.start();
  scheduler.reserve(workers.size);
  const passed = new Uint8Array(index.listing.length);
  let next = 0;
  const take = (most: number) => {
    const share = tasks.slice(next, next + most);
    next += share.length;
    return { share, job: jobOf(index, share, scanOptions) };
  };
  const settle = (share: readonly Task[], scanned: ScanJobResult) => {
    absorb(index, share, scanned, passed);
    scheduler.addStats(scanned.stats);
  };
  const pending: Promise<void>[] = [];
  while (next < tasks.length) {
    while (workers.pendingJobs < QUEUED_JOBS_PER_WORKER * workers.size && next < tasks.length) {
      const { share, job } = take(shareOf);
      const done = workers
        .run<{ scan: ScanJob }, ScanJobResult>({ scan: job })
        .then((scanned) => settle(share, scanned));
      done.catch(() => {}); // it is heard below, once all have been awaited
      pending.push(done);
    }
    if (next < tasks.length) {
      const { share, job } = take(scheduler.isInFlight ? JOB_FILES_IN_FLIGHT : shareOf);
      settle(share, await scanHere(job, scheduler));
    }
    await scheduler.yieldToEventLoop();
  }
  await Promise.all(pending);
  return passed;
}

/** Mean size of a few files all over a pass, in bytes. */
function usualSize({ folder, listing }: EventIndex, tasks: readonly Task[]): number {
  const step = tasks.length / SAMPLED_FILES;
  let sum = 0;
  for (let at = 0; at < SAMPLED_FILES; at++) {
    const { position } = tasks[Math.floor(at * step)] as Task;
    sum += statOf(`${folder.events}/${listing.names.name(position)}`)?.size ?? 0;
  }
  return sum / SAMPLED_FILES + 1;
}

/** Scans files in this thread, at the pool's pace. */
async function scanHere(job: ScanJob, scheduler: ReadScheduler): Promise<ScanJobResult> {
  const scanner = new FileScanner(job);
  const { length } = job.names;
  const start = performance.now();
  let at = 0;
  const readNow = (position: number) =>
    scheduler.timed(() => readFileBlocking(scanner.pathOf(position), job.wantsStamps));
  for (; at < length && !scheduler.isInFlight; at++) {
    if (!scanner.needsReading(at)) continue;
    // To look at the clock takes as long as a tenth of a read.
    const isTimed = at % TIMED_EVERY_READS === 0;
    scanner.takeFile(
      at,
      isTimed ? readNow(at) : readFileBlocking(scanner.pathOf(at), job.wantsStamps),
    );
  }
  scheduler.noteReads(performance.now() - start, at);
  const rest = Array.from({ length: length - at }, (_, more) => at + more);
  const work = {
    known: (at: number) => (scanner.needsReading(at) ? undefined : NOTHING_TO_READ),
    now: readNow,
    later: (at: number) => readFileAsync(scanner.pathOf(at), job.wantsStamps),
  };
  await scheduler.each<number, FileRead | typeof NOTHING_TO_READ>(rest, work, (file, at) => {
    if (file !== NOTHING_TO_READ) scanner.takeFile(at, file);
    return undefined;
  });
  return scanner.result;
}

const NOTHING_TO_READ = Symbol('nothing to read');

interface Task {
  readonly position: number;
  readonly task: number;
}

/** What to do with a file ahead of the pass; undefined where that would be done again by the pass itself. */
function taskOf(index: EventIndex, position: number, scanOptions: ScanOptions): number | undefined {
  if (index.listing.names.type(position) !== 'file') return undefined;
  const state = index.trustOf(position);
  if (state === ENTRY_TRUST.unknown)
    return scanOptions.mayNeedBodies && !scanOptions.prefilters ? undefined : SCAN_TASK.read;
  if (scanOptions.mayNeedBodies && scanOptions.needsBody(index.entryAt(position)))
    return scanOptions.prefilters ? SCAN_TASK.sift : undefined;
  return state === ENTRY_TRUST.doubtful ? SCAN_TASK.compare : undefined;
}

function jobOf(index: EventIndex, share: readonly Task[], scanOptions: ScanOptions): ScanJob {
  const { length } = share;
  const job = {
    folder: index.folder.events,
    names: new Array<string>(length),
    tasks: new Uint8Array(length),
    sizes: new Float64Array(length),
    mtimes: new Float64Array(length),
    escapes: new Uint8Array(length),
    prefilters: scanOptions.prefilters ?? [],
    wantsStamps: index.isKept,
  };
  for (let at = 0; at < length; at++) {
    const { position, task } = share[at] as Task;
    job.names[at] = index.listing.names.name(position);
    job.tasks[at] = task;
    if (task === SCAN_TASK.read) continue;
    const { size, mtimeMs } = index.stampAt(position);
    job.sizes[at] = size;
    job.mtimes[at] = mtimeMs;
    const escapes = index.escapesOf(position);
    if (escapes !== undefined) job.escapes[at] = escapes ? ESCAPE_USE.some : ESCAPE_USE.none;
  }
  return job;
}

function absorb(
  index: EventIndex,
  share: readonly Task[],
  { verdicts, ruledOut, escapes, words, rows }: ScanJobResult,
  into: Uint8Array,
): void {
  const made: { position: number; row: number }[] = [];
  for (const [row, { position }] of share.entries()) {
    if (verdicts[row] === ENTRY_VERDICT.none) index.forget(position);
    else if (verdicts[row] === ENTRY_VERDICT.same)
      index.checkStamp(position, index.stampAt(position));
    else made.push({ position, row });
    into[position] = ruledOut[row] as number;
  }
  index.takeRows(new EntryTable(share.length, words, rows), made);
  for (const [row, { position }] of share.entries()) {
    const known = verdicts[row] !== ENTRY_VERDICT.none && escapes[row] !== ESCAPE_USE.unknown;
    if (known) index.noteEscapes(position, escapes[row] === ESCAPE_USE.some);
  }
}
