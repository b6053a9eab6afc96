import type { Ask } from '../domain/event-source.ts';
import type { Crew } from './worker-pool.ts';
import { type FileRead, readFileLater, readFileNow } from '../storage/read-file.ts';
import { statOf } from '../storage/conversation-folder.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { ReadPool } from './read-scheduler.ts';
import { ESCAPES, type Scan, type Scanned, Scanner, TASK, VERDICT } from './scan.ts';
import { EntryTable, STATE } from '../index/entry-table.ts';

/** Fewer files than this, or bytes, are read sooner than helpers are up. */
const MANY = 4_000;
const MUCH = 24 * 1024 * 1024;
/** Files whose sizes stand for all. */
const SAMPLE = 16;
/** Fewer files than this are read sooner than their sizes are looked at. */
const FEW = 64;
/** Files of a job, and bytes: a few ms of work. */
const SHARE = 256;
const SHARE_BYTES = 2 * 1024 * 1024;
/** More where they are read in flight, so that these have room. */
const SHARE_IN_FLIGHT = 1024;
/** Jobs that lie ready for each helper, so that none waits for this thread. */
const READY = 3;
/** One read in so many is timed. */
const TIMED_EVERY = 8;

/**
 * Looks at the files of a whole pass before it begins, together with a crew: makes entries, compares
 * doubtful ones, and sifts texts. The pass then opens those alone whose events it needs. Files whose events it
 * needs in any case, and all where there are few, are left to it.
 *
 * @returns for each place 1 where the text can't hold what the pass looks for
 */
export async function lookAhead(
  index: EventIndex,
  places: readonly number[],
  ask: Ask,
  crew: Crew,
  pool: ReadPool,
): Promise<Uint8Array | undefined> {
  if (crew.size === 0 || places.length < FEW) return undefined;
  const tasks: Task[] = [];
  for (const place of places) {
    const task = taskOf(index, place, ask);
    if (task !== undefined) tasks.push({ place, task });
  }
  if (tasks.length < FEW) return undefined;
  const usual = usualSize(index, tasks);
  if (tasks.length < MANY && tasks.length * usual < MUCH) return undefined;
  const shareOf = Math.max(1, Math.min(SHARE, Math.floor(SHARE_BYTES / usual)));
  crew.start();
  pool.lend(crew.size);
  const passed = new Uint8Array(index.listing.length);
  let next = 0;
  const take = (most: number) => {
    const share = tasks.slice(next, next + most);
    next += share.length;
    return { share, job: jobOf(index, share, ask) };
  };
  const settle = (share: readonly Task[], scanned: Scanned) => {
    absorb(index, share, scanned, passed);
    pool.count(scanned.stats);
  };
  const pending: Promise<void>[] = [];
  while (next < tasks.length) {
    while (crew.waiting < READY * crew.size && next < tasks.length) {
      const { share, job } = take(shareOf);
      const done = crew
        .run<{ scan: Scan }, Scanned>({ scan: job })
        .then((scanned) => settle(share, scanned));
      done.catch(() => {}); // it is heard below, once all have been awaited
      pending.push(done);
    }
    if (next < tasks.length) {
      const { share, job } = take(pool.isInFlight ? SHARE_IN_FLIGHT : shareOf);
      settle(share, await scanHere(job, pool));
    }
    await pool.breathe();
  }
  await Promise.all(pending);
  return passed;
}

/** Mean size of a few files all over a pass, in bytes. */
function usualSize({ folder, listing }: EventIndex, tasks: readonly Task[]): number {
  const step = tasks.length / SAMPLE;
  let sum = 0;
  for (let at = 0; at < SAMPLE; at++) {
    const { place } = tasks[Math.floor(at * step)] as Task;
    sum += statOf(`${folder.events}/${listing.names.name(place)}`)?.size ?? 0;
  }
  return sum / SAMPLE + 1;
}

/** Scans files in this thread, at the pool's pace. */
async function scanHere(job: Scan, pool: ReadPool): Promise<Scanned> {
  const scanner = new Scanner(job);
  const { length } = job.names;
  const start = performance.now();
  let at = 0;
  const readNow = (place: number) =>
    pool.timed(() => readFileNow(scanner.pathOf(place), job.wantsStamps));
  for (; at < length && !pool.isInFlight; at++) {
    if (!scanner.needsReading(at)) continue;
    // To look at the clock takes as long as a tenth of a read.
    const isTimed = at % TIMED_EVERY === 0;
    scanner.take(at, isTimed ? readNow(at) : readFileNow(scanner.pathOf(at), job.wantsStamps));
  }
  pool.learn(performance.now() - start, at);
  const rest = Array.from({ length: length - at }, (_, more) => at + more);
  const work = {
    known: (at: number) => (scanner.needsReading(at) ? undefined : DONE),
    now: readNow,
    later: (at: number) => readFileLater(scanner.pathOf(at), job.wantsStamps),
  };
  await pool.each<number, FileRead | typeof DONE>(rest, work, (file, at) => {
    if (file !== DONE) scanner.take(at, file);
    return undefined;
  });
  return scanner.result;
}

const DONE = Symbol('nothing to read');

interface Task {
  readonly place: number;
  readonly task: number;
}

/** What to do with a file ahead of the pass; undefined where that would be done again by the pass itself. */
function taskOf(index: EventIndex, place: number, ask: Ask): number | undefined {
  if (index.listing.names.type(place) !== 'file') return undefined;
  const state = index.stateOf(place);
  if (state === STATE.unknown) return ask.mayNeedBody && !ask.sieves ? undefined : TASK.read;
  if (ask.mayNeedBody && ask.body(index.entryAt(place))) return ask.sieves ? TASK.sift : undefined;
  return state === STATE.doubtful ? TASK.compare : undefined;
}

function jobOf(index: EventIndex, share: readonly Task[], ask: Ask): Scan {
  const { length } = share;
  const job = {
    folder: index.folder.events,
    names: new Array<string>(length),
    tasks: new Uint8Array(length),
    sizes: new Float64Array(length),
    mtimes: new Float64Array(length),
    escapes: new Uint8Array(length),
    sieves: ask.sieves ?? [],
    wantsStamps: index.isKept,
  };
  for (let at = 0; at < length; at++) {
    const { place, task } = share[at] as Task;
    job.names[at] = index.listing.names.name(place);
    job.tasks[at] = task;
    if (task === TASK.read) continue;
    const { size, mtimeMs } = index.stampAt(place);
    job.sizes[at] = size;
    job.mtimes[at] = mtimeMs;
    const escapes = index.escapesOf(place);
    if (escapes !== undefined) job.escapes[at] = escapes ? ESCAPES.some : ESCAPES.none;
  }
  return job;
}

function absorb(
  index: EventIndex,
  share: readonly Task[],
  { verdicts, passed, escapes, words, rows }: Scanned,
  into: Uint8Array,
): void {
  const made: { place: number; row: number }[] = [];
  for (const [row, { place }] of share.entries()) {
    if (verdicts[row] === VERDICT.none) index.forget(place);
    else if (verdicts[row] === VERDICT.same) index.hold(place, index.stampAt(place));
    else made.push({ place, row });
    into[place] = passed[row] as number;
  }
  index.adopt(new EntryTable(share.length, words, rows), made);
  for (const [row, { place }] of share.entries()) {
    const known = verdicts[row] !== VERDICT.none && escapes[row] !== ESCAPES.unknown;
    if (known) index.noteEscapes(place, escapes[row] === ESCAPES.some);
  }
}
