import type { Fault } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Branches } from '../../history/branches.ts';

export interface TreeReport {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly branches: Branches;
  readonly skipped: readonly Fault[];
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}
