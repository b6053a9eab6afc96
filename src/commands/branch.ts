import type { Command } from 'commander';
import type { History } from '../history/history.ts';
import { Standings } from '../history/standing.ts';
import { UsageError } from '../model/errors.ts';
import type { Slot, Slots } from '../model/slot.ts';
import { findEvent } from '../query/reference.ts';

export interface BranchOptions {
  branch?: string;
}

export function addBranchOption(command: Command): Command {
  return command.option(
    '--branch <which>',
    'active, all, or an event whose branch counts; marks what is off it or forgotten',
  );
}

/** A branch that was asked for. */
export interface Branch {
  readonly standings: Standings;
  /** Whether events off the branch are left out. */
  readonly isOnly: boolean;
}

/** @throws UsageError for what is no event, or has no place in the tree */
export function resolveBranch(history: History, slots: Slots, which: string): Branch {
  if (which === 'active') return { standings: new Standings(history), isOnly: true };
  if (which === 'all') return { standings: new Standings(history), isOnly: false };
  const { id, index, name } = slots.at(findLeaf(slots, which)) as Slot;
  if (history.tree.events[index]?.slot.name !== name) {
    throw new UsageError(`--branch ${which}: it lies beyond a gap in the index, on no branch`);
  }
  return { standings: new Standings(history, id), isOnly: true };
}

function findLeaf(slots: Slots, which: string): number {
  try {
    return findEvent(slots, which);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--branch ${error.message} (or active, or all)`);
  }
}
