/** The writer of a file that is younger than this may not be done with it. In ms. */
const YOUNG_MS = 5_000;

/** Whether a file was written to just now. Both in ms since the epoch. */
export function isYoung(mtimeMs: number, now: number): boolean {
  // A clock that is a little ahead of ours stamps files in the future.
  return Math.abs(now - mtimeMs) < YOUNG_MS;
}
