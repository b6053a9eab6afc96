import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';

export interface SubagentsFlags {
  readonly subagents?: boolean;
}

export function addSubagentsOption(command: Command): void {
  command.option('--subagents', 'include the conversations of subagents, at any depth');
}

/** Whether subagents are included. @throws UsageError if one branch is selected that is not in all conversations */
export function resolveSubagents(flags: SubagentsFlags & { readonly branch?: string }): boolean {
  const { subagents = false, branch } = flags;
  if (subagents && ![undefined, 'active', 'all'].includes(branch)) {
    throw new UsageError(
      `--branch ${branch}: with --subagents it can be active or all, because an event is in one conversation only`,
    );
  }
  return subagents;
}
