import { readFileSync } from 'node:fs';
import { CoreError } from '../domain/errors.ts';
import { statOf } from '../storage/paths.ts';
import { type Baseline, parseBaseline } from '../verification/baseline/baseline.ts';
import { UsageError } from './usage-error.ts';

/** A larger file is not a baseline. In bytes. */
const MAX_BASELINE_BYTES = 256 * 1024 * 1024;

/** Reads the baseline that the user names. @throws UsageError if it can't be read, or is none */
export function readBaseline(file: string): Baseline {
  const stat = statOf(file);
  const problem = (why: string) => new UsageError(`--baseline ${file}: ${why}`);
  if (!stat) throw problem('no such file');
  if (!stat.isFile() && !stat.isFIFO()) throw problem('not a file');
  if (stat.size > MAX_BASELINE_BYTES) throw problem('too large to be a baseline');
  try {
    return parseBaseline(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof CoreError) throw problem(error.message);
    if (syscall !== undefined) throw problem(`can't be read (${code})`);
    throw error;
  }
}
