import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;

/** Makes one temporary folder for all tests of a run. The test processes inherit the variable. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'convoscope-tests-'));
  chmodSync(folder, 0o755); // one test runs as another user
  process.env.TMPDIR = folder;
}

/** Removes the folder, whatever became of the tests. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
