import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';

/** An event that could not be read, as JSON answers tell of it. */
export function skippedJson(
  fault: Fault,
  fileOf: (slot: Slot) => string,
): { file: string; index: number; code: string; message: string } {
  const { slot, code, message } = fault;
  return { file: fileOf(slot), index: slot.index, code, message };
}
