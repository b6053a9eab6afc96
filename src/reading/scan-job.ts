import { lstatSync } from 'node:fs';
import { isFault } from '../domain/event.ts';
import { EntryTable } from '../index/entry-table.ts';
import { decodeEvent } from '../storage/decode-event.ts';
import { type FileRead, type FileStamp, readFileBlocking } from '../storage/read-file.ts';
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
  /** Sizes and times of the files when their entries were made, for those that have an entry. */
  readonly sizes: Float64Array;
  readonly mtimes: Float64Array;
  /** One of ESCAPE_USE for each file. */
  readonly escapes: Uint8Array;
  readonly prefilters: readonly LiteralPrefilter[];
  readonly wantsStamps: boolean;
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

/** Makes the entries of files, and keeps nothing else of them. */
export class FileScanner {
  readonly #verdicts: Uint8Array;
  readonly #passed: Uint8Array;
  readonly #escapes: Uint8Array;
  readonly #table: EntryTable;
  readonly #stats = noReads();

  constructor(readonly job: ScanJob) {
    const { length } = job.names;
    this.#table = new EntryTable(length);
    this.#verdicts = new Uint8Array(length);
    this.#passed = new Uint8Array(length);
    this.#escapes = job.escapes.slice();
  }

  pathOf(at: number): string {
    return `${this.job.folder}/${this.job.names[at]}`;
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
      const slot = { index: 0, id: '', name: names[at] as string, type: 'file' } as const;
      const outcome = decodeEvent(slot, bytes);
      if (isFault(outcome)) return;
      this.#stats.parsed++;
      this.#table.put(at, outcome.entry, stamp);
      this.#verdicts[at] = ENTRY_VERDICT.made;
    }
    this.#stats.opened++;
    this.#stats.read++;
    this.#stats.bytes += bytes.length;
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

  #isOld(at: number, { size, mtimeMs }: FileStamp): boolean {
    return size === this.job.sizes[at] && mtimeMs === this.job.mtimes[at];
  }
}

/** Does a scan job, one file after another. */
export function runScanJob(job: ScanJob): ScanJobResult {
  const scanner = new FileScanner(job);
  for (let at = 0; at < job.names.length; at++) {
    if (scanner.needsReading(at)) {
      scanner.takeFile(at, readFileBlocking(scanner.pathOf(at), job.wantsStamps));
    }
  }
  return scanner.result;
}
