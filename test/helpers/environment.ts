import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/convoscope.js', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Used by all runs of one test process, and removed with the suite's temporary folder. */
const CACHE = join(tmpdir(), `convoscope-cache-${process.pid}`);

/** No known root, no colour settings, one time zone: the output of a run depends on its arguments alone. */
export function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  const CONVOSCOPE_CACHE_DIR = CACHE;
  return { PATH, TMPDIR, HOME: '/nonexistent', TZ: 'UTC', CONVOSCOPE_CACHE_DIR, ...extra };
}

/** As `cleanEnv`, on a terminal that can show everything, and without a pager. */
export function terminalEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return cleanEnv({ TERM: 'xterm-256color', PAGER: 'cat', ...extra });
}

/** Rows of every terminal in the tests. */
export const TERMINAL_ROWS = 40;

const PROGRESS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the line is erased by escapes
  /(?:\u001b\[A)?\r(?:reading [\d,]+ of [\d,]+ events\u001b\[K\r?\n|\u001b\[K)/g;

/**
 * Takes the line that shows progress out of a terminal's output. It appears where the machine is slow, and
 * says nothing about the result.
 */
export function withoutProgress(output: string): string {
  return output.replaceAll(PROGRESS, '');
}
