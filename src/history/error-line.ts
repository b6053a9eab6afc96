import { cutDescription } from '../domain/event-descriptions.ts';
import { truncateStart } from '../text/truncate.ts';

/** Commands print their errors near the end. In UTF-16 units. */
const MAX_TAIL_CHARS = 20_000;

/** Lines that say what failed. Each pattern takes time in proportion to the line. */
const ERROR_LINES = [
  // Python, Java and JavaScript: `ValueError: …`, `E   AssertionError`, `subprocess.CalledProcessError: …`.
  /^(?:E {3})?(?:[\w$]{1,80}\.){0,9}[A-Z][\w$]{0,80}(?:Error|Exception|Failure)(?::|$)/,
  // pytest: `E   assert 1 == 2`, `FAILED test_a.py::test_b - …`.
  /^E {3}\S/,
  /^(?:FAILED|ERROR) \S/,
  // git, compilers, Rust, Go: `fatal: …`, `a.c:3:1: error: …`, `error[E0308]: …`, `panic: …`.
  /^(?:\S{1,200}: ){0,3}(?:fatal(?: error)?|error|panic)(?:\[\w{1,20}\])?:/i,
  // make: `make: *** [all] Error 1`.
  /^make(?:\[\d{1,3}\])?: \*\*\*/,
  // Shells and system calls.
  /: (?:command not found|not found|No such file or directory|Permission denied|Is a directory)$/,
];
/** Lines that only help to read an error. */
const NOTE = /^(?:hint|note|help|info|warning|see also|tip)\b.{0,3}:/i;

/**
 * The line of a failed call's output that says what failed, cut by `cutDescription`: the last line that looks like an
 * error, else the last one that is not blank and is no hint. Not safe to print as it is.
 */
export function errorLineOf(output: string): string {
  const lines = truncateStart(output, MAX_TAIL_CHARS)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const line =
    lines.findLast((one) => ERROR_LINES.some((pattern) => pattern.test(one))) ??
    lines.findLast((one) => !NOTE.test(one.trimStart())) ??
    lines.at(-1) ??
    '';
  return cutDescription(line.replace(/^E {3}/, '').trim());
}
