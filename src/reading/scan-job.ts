import { lstatSync } from 'node:fs';
import type { Entry } from '../domain/entry.ts';
import { isFault } from '../domain/event.ts';
import { EntryTable, isSameFile } from '../index/entry-table.ts';
import type { EntryKernel } from '../kernel/entry-kernel.ts';
import { decodeEvent } from '../storage/decode-event.ts';
import { type FileRead, type FileStamp, readFileBlocking } from '../storage/read-file.ts';
import type { ReadLimits } from '../storage/read-limits.ts';
import { MAX_COST_PER_BYTE } from '../text/json-cost.ts';
import { applyPrefilters, type LiteralPrefilter } from '../text/literal-prefilter.ts';
import { noReads, type ReadStats } from './read-stats.ts';

/** What to do with a file. */
export const SCAN_TASK = {
  /** Read it, and make its entry. */
  read: 0,
  /** Compare it with its entry. If they differ, make its entry again. */
  compare: 1,
  /** The same, and see whether its text can contain what is searched for. */
  prefilter: 2,
} as const;

/** Files of one folder to be scanned. Plain data, so that it can be sent to other threads. */
export interface ScanJob {
  readonly folder: string;
  readonly names: readonly string[];
  readonly tasks: Uint8Array;
  /** The files when their entries were made, for those that have an entry: STAMP_NUMBERS for each file. */
  readonly stamps: Float64Array;
  /** One of ESCAPE_USE for each file. */
  readonly escapes: Uint8Array;
  readonly prefilters: readonly LiteralPrefilter[];
  readonly wantsStamps: boolean;
  readonly limits: ReadLimits;
}

/** Numbers in a packed stamp. */
export const STAMP_NUMBERS = 4;

/** A stamp as numbers, in the order of ScanJob.stamps. */
export function packStamp({ size, ino, mtimeMs, ctimeMs }: FileStamp): number[] {
  return [size, ino, mtimeMs, ctimeMs];
}

export const ENTRY_VERDICT = {
  /** No entry could be made. Whoever needs the reason reads the file. */
  none: 0,
  /** The entry still holds. */
  same: 1,
  /** A new entry is in the table. */
  made: 2,
} as const;

/** Whether a file can show ASCII text that its bytes do not contain, as far as it is known. */
export const ESCAPE_USE = { unknown: 0, some: 1, none: 2 } as const;

function known(escapes: number | undefined): boolean | undefined {
  return escapes === ESCAPE_USE.unknown ? undefined : escapes === ESCAPE_USE.some;
}

export interface ScanJobResult {
  readonly verdicts: Uint8Array;
  /** 1 for each file whose text can't contain what is searched for. */
  readonly ruledOut: Uint8Array;
  /** One of ESCAPE_USE for each file, after the scan. */
  readonly escapes: Uint8Array;
  readonly words: string[];
  readonly rows: Uint8Array;
  readonly stats: ReadStats;
}

/** The kernel, loaded only where there are many files. */
export async function loadKernel(): Promise<EntryKernel | undefined> {
  return (await import('../kernel/entry-kernel.ts')).entryKernel();
}

/** Makes the entries of files, and keeps nothing else of them. */
export class FileScanner {
  readonly #verdicts: Uint8Array;
  readonly #passed: Uint8Array;
  readonly #escapes: Uint8Array;
  readonly #table: EntryTable;
  readonly #stats = noReads();

  constructor(
    readonly job: ScanJob,
    /** Makes entries without parsing, where it can. */
    readonly kernel: EntryKernel | undefined,
  ) {
    const { length } = job.names;
    this.#table = new EntryTable(length);
    this.#verdicts = new Uint8Array(length);
    this.#passed = new Uint8Array(length);
    this.#escapes = job.escapes.slice();
  }

  pathOf(at: number): string {
    return `${this.job.folder}/${this.job.names[at]}`;
  }

  /** Reads a file on this thread. */
  readFile(at: number): FileRead {
    const { wantsStamps, limits } = this.job;
    return readFileBlocking(this.pathOf(at), wantsStamps, limits.maxFileBytes);
  }

  /** Whether a file has to be read. If not, it is done. */
  needsReading(at: number): boolean {
    if (this.job.tasks[at] !== SCAN_TASK.compare) return true;
    const stat = lstatSync(this.pathOf(at), { throwIfNoEntry: false });
    if (!stat?.isFile() || !this.#isOld(at, stat)) return true;
    this.#verdicts[at] = ENTRY_VERDICT.same;
    return false;
  }

  /** Takes in a file that was read. */
  takeFile(at: number, file: FileRead): void {
    if (file.kind !== 'content') return;
    const { prefilters, tasks, names } = this.job;
    const { bytes, stamp } = file;
    const isSame =
      tasks[at] === SCAN_TASK.prefilter && stamp !== undefined && this.#isOld(at, stamp);
    if (!isSame) this.#escapes[at] = ESCAPE_USE.unknown;
    if (prefilters.length > 0) {
      const { mayHold, escapes } = applyPrefilters(prefilters, bytes, known(this.#escapes[at]));
      if (!mayHold) this.#passed[at] = 1;
      if (escapes !== undefined) this.#escapes[at] = escapes ? ESCAPE_USE.some : ESCAPE_USE.none;
    }
    if (isSame) this.#verdicts[at] = ENTRY_VERDICT.same;
    else {
      const entry = this.#entryOf(names[at] as string, bytes);
      if (!entry) return;
      this.#stats.parsed++;
      this.#table.put(at, entry, stamp);
      this.#verdicts[at] = ENTRY_VERDICT.made;
    }
    this.#stats.opened++;
    this.#stats.read++;
    this.#stats.bytes += bytes.length;
  }

  /** The entry of a file; undefined if it contains no event. */
  #entryOf(name: string, bytes: Buffer): Omit<Entry, 'slot'> | undefined {
    const { limits } = this.job;
    const fits = bytes.length <= limits.maxHeapBytes / MAX_COST_PER_BYTE;
    const entry = fits ? this.kernel?.entryOf(bytes) : undefined;
    if (entry) return entry;
    const slot = { index: 0, id: '', name, type: 'file' } as const;
    const outcome = decodeEvent(slot, bytes, limits);
    return isFault(outcome) ? undefined : outcome.entry;
  }

  get result(): ScanJobResult {
    return {
      verdicts: this.#verdicts,
      ruledOut: this.#passed,
      escapes: this.#escapes,
      words: this.#table.words,
      rows: this.#table.bytes,
      stats: this.#stats,
    };
  }

  #isOld(at: number, file: FileStamp): boolean {
    const [size = 0, ino = 0, mtimeMs = 0, ctimeMs = 0] = this.job.stamps.subarray(
      at * STAMP_NUMBERS,
    );
    return isSameFile({ size, ino, mtimeMs, ctimeMs }, file);
  }
}

/** Does a scan job, one file after another. */
export async function runScanJob(job: ScanJob): Promise<ScanJobResult> {
  const scanner = new FileScanner(job, await loadKernel());
  for (let at = 0; at < job.names.length; at++) {
    if (scanner.needsReading(at)) scanner.takeFile(at, scanner.readFile(at));
  }
  return scanner.result;
}
