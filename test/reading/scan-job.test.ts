import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EntryKernel } from '../../src/kernel/entry-kernel.ts';
import { FileScanner, SCAN_TASK, type ScanJob, STAMP_NUMBERS } from '../../src/reading/scan-job.ts';
import { DEFAULT_LIMITS } from '../../src/storage/read-limits.ts';
import { fixtures } from '../helpers/fixtures.ts';

const folders = fixtures.map(({ path }) => join(path, 'events')).filter(existsSync);

/** A job that makes the entries of all files in a folder. */
function jobOf(folder: string): ScanJob {
  const names = readdirSync(folder);
  return {
    folder,
    names,
    tasks: new Uint8Array(names.length).fill(SCAN_TASK.read),
    stamps: new Float64Array(names.length * STAMP_NUMBERS),
    escapes: new Uint8Array(names.length),
    prefilters: [],
    wantsStamps: true,
    limits: DEFAULT_LIMITS,
  };
}

function resultOf(job: ScanJob, kernel: EntryKernel | undefined) {
  const scanner = new FileScanner(job, kernel);
  for (let at = 0; at < job.names.length; at++) scanner.takeFile(at, scanner.readFile(at));
  return scanner.result;
}

test('a scan job has the same result with the kernel and without it', () => {
  let made = 0;
  const kernel = new EntryKernel();
  for (const folder of folders) {
    const job = jobOf(folder);
    const result = resultOf(job, kernel);
    expect(result, folder).toEqual(resultOf(job, undefined));
    made += result.stats.parsed;
  }
  expect(made).toBeGreaterThan(100);
});

test('with limits that an event exceeds, the kernel does not make its entry either', () => {
  const job = jobOf(folders[0]!);
  const limits = { ...DEFAULT_LIMITS, maxHeapBytes: 100 };
  expect(resultOf({ ...job, limits }, new EntryKernel()).stats.parsed).toBe(0);
  expect(resultOf(job, new EntryKernel()).stats.parsed).toBeGreaterThan(0);
});
