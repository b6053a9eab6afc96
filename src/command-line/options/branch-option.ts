import type { Command } from 'commander';
import { CoreError } from '../../domain/errors.ts';
import { UsageError } from '../usage-error.ts';

export interface BranchFlags {
  readonly branch?: string;
}

export function addBranchOption(command: Command): void {
  command.option(
    '--branch <which>',
    'active, all, or the event at its end; marks events that are off the active branch or forgotten',
  );
}

/** Does work that selects a branch, and names the option in its errors. @throws UsageError for a branch that does not exist */
export async function namingBranch<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    if (error.code === 'not-in-tree') throw new UsageError(`--branch ${error.message}`);
    const isReference = error.code === 'no-such-event' || error.code === 'ambiguous-event';
    throw isReference ? new UsageError(`--branch ${error.message} (or active, or all)`) : error;
  }
}
