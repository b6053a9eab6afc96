import { onTestFinished, vi } from 'vitest';

const realNow = Date.now.bind(Date);

/** Until the test ends, this process takes the time for an hour later: whatever exists by then is old. */
export function anHourLater(): void {
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 3_600_000);
  onTestFinished(() => clock.mockRestore());
}

/** Waits without giving the event loop its turn. */
export function waitMs(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
