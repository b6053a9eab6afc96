import { setImmediate as nextTurn } from 'node:timers/promises';

/*
 * A handler in JavaScript runs only when the event loop turns, so a process that has one hears nothing while it hashes,
 * sorts or matches. Without a handler, the operating system ends the process at once. So this program has handlers
 * only around the few steps that leave something behind, and those steps wait for nothing that takes long.
 */

/** Signals that end a process, unless it handles them. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type EndingSignal = (typeof ENDING_SIGNALS)[number];

const pending = new Set<() => void>();

/**
 * Does work that leaves something behind if it is cut short. If it fails, or the process ends before it is done, the
 * clean-up runs first. The work must leave the event loop free.
 *
 * @param cleanUp must be safe to run at any time, and more than once
 * @param signals those that clean up and end the process
 */
export async function withCleanUp<T>(
  cleanUp: () => void,
  work: () => Promise<T>,
  signals: readonly EndingSignal[] = ENDING_SIGNALS,
): Promise<T> {
  pending.add(cleanUp);
  for (const signal of signals) process.on(signal, cleanUpAndEnd);
  process.on('exit', cleanUp);
  try {
    return await work();
  } catch (error) {
    cleanUp();
    throw error;
  } finally {
    // A signal that arrived during the work reaches its handler in the next turn. Without this wait, it would be lost.
    await nextTurn();
    pending.delete(cleanUp);
    for (const signal of signals) process.off(signal, cleanUpAndEnd);
    process.off('exit', cleanUp);
  }
}

function cleanUpAndEnd(signal: NodeJS.Signals): void {
  for (const cleanUp of pending) cleanUp();
  endBySignal(signal as EndingSignal);
}

/**
 * Ends this process by a signal, as if it had no handler. A shell then sees that it was interrupted, and stops a loop
 * that called it, which it would not do for an exit code of 130. Nothing is printed, and no `exit` listener runs.
 */
export function endBySignal(signal: EndingSignal): never {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Another thread can get the signal, so a moment can pass until the process ends.
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    Atomics.wait(never, 0, 0, 1000);
    process.kill(process.pid, 'SIGKILL');
  }
}
