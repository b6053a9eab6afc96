import { expect } from 'vitest';
import { idOf } from './memory.ts';
import type { Ended } from './spawned.ts';

/** The file of event 1 of a made conversation. */
export const DAMAGED_NAME = `event-00001-${idOf(1)}.json`;

/** Expects that a run left out event 1, reported it on both streams, and exited with 3. */
export function expectSkipped({ code, stdout, stderr }: Ended, fault: string): void {
  expect(code).toBe(3);
  expect(JSON.parse(stdout).skipped).toMatchObject([
    { file: `events/${DAMAGED_NAME}`, index: 1, code: fault },
  ]);
  expect(stderr).toMatch(
    new RegExp(`^convoscope: skipped events/${DAMAGED_NAME}: ${fault}: [^\\n]*\\n$`),
  );
}
