import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes one temporary folder for the whole suite, and removes it at the end, whatever became of the tests. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'convoscope-tests-'));
  process.env.TMPDIR = folder; // the test processes inherit it
  return () => rmSync(folder, { recursive: true, force: true });
}
