import type { Ask } from '../model/source.ts';
import type { Crew } from './crew.ts';
import { type FileRead, readFileLater, readFileNow } from './file.ts';
import type { EventIndex } from './index.ts';
import type { ReadPool } from './pool.ts';
import { type Scan, type Scanned, Scanner, TASK, VERDICT } from './scan.ts';
import { EntryTable, STATE } from './table.ts';

/** Fewer files than this are read sooner than helpers are up. */
const MANY = 4_000;
/** Files of a job: a few ms of work. */
const SHARE = 256;
/** Jobs that lie ready for each helper, so that none waits for this thread. */
const READY = 3;

/**
 * Looks at the files of a whole pass before it begins, together with a crew: makes entries, compares
 * doubtful ones, and sifts texts. The pass then opens those alone whose events it needs. Where nothing can be
 * gained by it, or the storage proves slow, it leaves the files to the pass.
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
  if (crew.size === 0 || places.length < MANY) return undefined;
  const tasks = places.flatMap((place) => {
    const task = taskOf(index, place, ask);
    return task === undefined ? [] : { place, task };
  });
  if (tasks.length < MANY) return undefined;
  await crew.start();
  pool.lend(crew.size);
  const passed = new Uint8Array(index.listing.length);
  let next = 0;
  const take = () => {
    const share = tasks.slice(next, next + SHARE);
    next += share.length;
    return { share, job: jobOf(index, share, ask) };
  };
  const settle = (share: readonly Task[], scanned: Scanned) => {
    absorb(index, share, scanned, passed);
    for (const key of ['opened', 'read', 'parsed', 'bytes'] as const) {
      pool.stats[key] += scanned.stats[key];
    }
  };
  const pending: Promise<void>[] = [];
  while (next < tasks.length) {
    while (crew.waiting < READY * crew.size && next < tasks.length) {
      const { share, job } = take();
      pending.push(crew.run<Scan, Scanned>(job).then((scanned) => settle(share, scanned)));
    }
    if (next < tasks.length) {
      const { share, job } = take();
      settle(share, await scanHere(job, pool));
    }
    await pool.breathe();
  }
  await Promise.all(pending);
  return passed;
}

/** Scans files in this thread, at the pool's pace. */
async function scanHere(job: Scan, pool: ReadPool): Promise<Scanned> {
  const scanner = new Scanner(job);
  const work = {
    known: (at: number) => (scanner.needsReading(at) ? undefined : DONE),
    now: (at: number) => pool.timed(() => readFileNow(scanner.pathOf(at), job.wantsStamps)),
    later: (at: number) => readFileLater(scanner.pathOf(at), job.wantsStamps),
  };
  await pool.each<number, FileRead | typeof DONE>(job.names.keys(), work, (file, at) => {
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
  return {
    folder: index.folder.events,
    names: share.map(({ place }) => index.listing.names.name(place)),
    tasks: Uint8Array.from(share, ({ task }) => task),
    sizes: Float64Array.from(share, ({ place }) => index.stampAt(place).size),
    mtimes: Float64Array.from(share, ({ place }) => index.stampAt(place).mtimeMs),
    sieves: ask.sieves ?? [],
    wantsStamps: index.isKept,
  };
}

function absorb(
  index: EventIndex,
  share: readonly Task[],
  { verdicts, passed, words, rows }: Scanned,
  into: Uint8Array,
): void {
  const table = new EntryTable(share.length, words, rows);
  for (const [row, { place }] of share.entries()) {
    if (verdicts[row] === VERDICT.none) index.forget(place);
    else if (verdicts[row] === VERDICT.same) index.hold(place, index.stampAt(place));
    else index.adopt(place, table, row);
    into[place] = passed[row] as number;
  }
}
