/**
 * ms by a clock that never goes back, to measure how long something takes. The same as `performance.now()`, which Node
 * takes 1 ms to load.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
